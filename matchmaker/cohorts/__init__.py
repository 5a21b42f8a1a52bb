"""Rounds for a cohort: places that desks lend, wishes of students, one published lottery, and everyone can check it."""
