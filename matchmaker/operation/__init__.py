"""Running the product: what is ready, what is slow, what the log says, and the figures a monitor asks for."""
