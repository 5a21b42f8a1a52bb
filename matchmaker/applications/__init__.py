"""Applications: a student answers an offer, and hears. In order of arrival, never ranked."""
