"""Students: what someone looks for, and what a programme asks of a placement. Never public, never ranked."""
