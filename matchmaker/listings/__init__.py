"""Offers and needs: what one side has and the other side looks for."""

from matchmaker.listings import analysis, changes

__all__ = ["analysis", "changes"]
"""Loaded with the package, whatever part of it is used: both listen to what is written to a listing."""
