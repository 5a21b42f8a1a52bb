"""The calendar of an organisation: everything with a date that someone there may see, and its secret address."""
