"""Signing in by the provider of the own organisation (OpenID Connect), and what ties someone there to an account."""
