"""Dates: slots to choose from, the appointment that follows, its calendar files and feeds."""
