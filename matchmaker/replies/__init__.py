"""Answers by mail: reply addresses, letters that came in, and what was done with them."""
