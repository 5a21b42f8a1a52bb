"""A made-up national load: offers and needs of every municipality and school, to measure with. Never for real use."""
