"""Replacing the secret key: moving what can be moved to the key of now, and knowing what still needs one of before."""
