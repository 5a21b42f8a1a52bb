"""One step in an assignment with what belongs to it: the state, the clock and one line in the log."""

from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.assignments.models import Assignment, AssignmentEvent
from matchmaker.assignments.states import AssignmentAction
from matchmaker.assignments.turns import due_after
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.matches.step import side_of
from matchmaker.vocabulary import Party

KEEPS_THE_CLOCK = frozenset({AssignmentAction.CHANGE, AssignmentAction.REACH})
WATCHES = frozenset({AssignmentAction.REMIND, AssignmentAction.ESCALATE})


def step(
    assignment: Assignment, action: AssignmentAction, *, by: Account | None, as_party: Party, note: str = "",
    **values: Any,
) -> AssignmentEvent:  # fmt: skip
    """Take one step; raises InvalidMove when it does not exist from here, before anything has changed."""
    event = assignment.move(action, by=by, as_party=as_party, note=note, **values)
    if action not in KEEPS_THE_CLOCK | WATCHES:
        restart_clock(assignment)
    db.session.flush()
    record(
        f"assignment.{action.value}", about=assignment, by=by, organisation=side_of(assignment.match, as_party),
        assignment=assignment.state.value,
    )  # fmt: skip
    return event


def restart_clock(assignment: Assignment) -> None:
    """A new turn, or a presentation on another day: reminders start afresh."""
    assignment.due_at = due_after(assignment, now())
    assignment.reminded_at = assignment.escalated_at = None
