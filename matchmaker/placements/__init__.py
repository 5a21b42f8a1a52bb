"""A student at a municipality, from the first arrangement to what comes after it."""
