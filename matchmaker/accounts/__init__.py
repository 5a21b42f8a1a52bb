"""People: how they sign in and what the product remembers of them."""
