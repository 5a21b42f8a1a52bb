"""Tokens with which a program reads for someone, without signing in."""
