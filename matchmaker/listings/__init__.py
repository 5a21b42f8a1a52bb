"""Offers and needs: what one side has and the other side looks for."""
