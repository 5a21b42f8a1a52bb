"""Committees as a table: one row for each seat and who sits or sat there."""
