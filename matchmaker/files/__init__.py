"""The file store: bytes under random names outside the served folders."""
