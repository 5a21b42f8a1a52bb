"""Conversations between two sides, without anyone's address."""
