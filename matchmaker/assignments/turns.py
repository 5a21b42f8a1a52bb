"""Who is next in an assignment and by when, in Dutch working days."""

from datetime import datetime

from matchmaker.assignments.models import Assignment
from matchmaker.assignments.states import AssignmentState
from matchmaker.reference.holidays import due_moment
from matchmaker.vocabulary import Party

PLAN_DAYS = 10
HAND_IN_DAYS = 5
"""After the presentation."""
DECIDE_DAYS = 15
"""A college or council must be asked sometimes."""


def whose_turn(state: AssignmentState) -> Party | None:
    """The side that acts next; None once it has ended."""
    return {
        AssignmentState.PLANNING: Party.SCHOOL,
        AssignmentState.RUNNING: Party.SCHOOL,
        AssignmentState.PRESENTED: Party.MUNICIPALITY,
    }.get(state)


def due_after(assignment: Assignment, moment: datetime) -> datetime | None:
    """When the turn that starts at `moment` ends; while it runs that is counted from the presentation."""
    if assignment.state is AssignmentState.PLANNING:
        return due_moment(moment, PLAN_DAYS)
    if assignment.state is AssignmentState.RUNNING and assignment.presentation_at is not None:
        return due_moment(assignment.presentation_at, HAND_IN_DAYS)
    if assignment.state is AssignmentState.PRESENTED:
        return due_moment(moment, DECIDE_DAYS)
    return None
