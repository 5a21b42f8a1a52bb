"""Figures over the whole: counted from what is there now, never kept beside it."""
