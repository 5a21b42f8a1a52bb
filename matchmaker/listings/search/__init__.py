"""Finding listings: what a visitor filters on, the words a listing is found by, and what is open that answers."""
