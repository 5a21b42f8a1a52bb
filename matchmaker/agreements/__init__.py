"""Agreements: what student, school and municipality sign for a placement, and every change to it after that."""
