"""Group assignments: groups of students work on a case of a municipality, from plan to decision."""
