"""How often a network may use what is open to everyone, counted in the database so that it holds over all processes."""
