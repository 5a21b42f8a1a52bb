"""A form sent twice is one change: the key in the form is remembered with where the answer led."""
