"""Guest lectures and visits: materials, series, what came of each, and what both sides say of it."""
