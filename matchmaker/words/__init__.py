"""Codes and values of the domain turned into words for pages, letters, documents and the command line."""
