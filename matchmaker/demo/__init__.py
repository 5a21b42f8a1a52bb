"""The demo: one real region, with made-up people and content, played through the product's own actions."""
