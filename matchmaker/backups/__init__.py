"""Database and files in one file, checked, and back again. See docs/operation.md."""
