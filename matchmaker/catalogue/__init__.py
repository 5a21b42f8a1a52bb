"""What the engine knows and how it weighs: crosswalk and weights, in the database, in versions."""
