"""Listings as a table: an uploaded file becomes listings, listings become a file that can be read in again."""
