"""What happened: one event per change, written in the same transaction."""
