"""The clock: one reminder on the day of a deadline, one report after it, and the end of what lost its match."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.assignments.letters import call_off_presentation, tell_municipality, tell_overseers, tell_school
from matchmaker.assignments.models import Assignment
from matchmaker.assignments.states import OPEN, AssignmentAction
from matchmaker.assignments.step import step
from matchmaker.assignments.turns import whose_turn
from matchmaker.clock import at, local
from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.states import ENDED, State
from matchmaker.reference.holidays import CLOSES
from matchmaker.vocabulary import Party

MOST_AT_ONCE = 500


def remind_assignments(moment: datetime) -> int:
    """Remind whoever is next on the morning their turn ends, once per turn. Returns how many."""
    until = at(local(moment).date(), CLOSES)
    due = _open(Assignment.due_at >= moment, Assignment.due_at <= until, Assignment.reminded_at.is_(None))
    for each in due:
        step(each, AssignmentAction.REMIND, by=None, as_party=Party.SYSTEM)
        each.reminded_at = moment
        _ask(each, late=False)
    db.session.flush()
    return len(due)


def report_late_assignments(moment: datetime) -> int:
    """Tell who oversees that a side is late, once per turn, and ask that side again. Returns how many."""
    late = _open(Assignment.due_at < moment, Assignment.escalated_at.is_(None))
    for each in late:
        step(each, AssignmentAction.ESCALATE, by=None, as_party=Party.SYSTEM)
        each.escalated_at = moment
        _ask(each, late=True)
        if whose_turn(each.state) is Party.MUNICIPALITY:
            tell_overseers("assignment_late", each)
        else:
            tell_municipality("assignment_late", each)
    db.session.flush()
    return len(late)


def end_without_match(_moment: datetime) -> int:
    """Stop what is still open while its match has ended. Returns how many."""
    lost = _open(Match.state.in_(ENDED - {State.DONE}))
    for each in lost:
        step(each, AssignmentAction.STOP, by=None, as_party=Party.SYSTEM)
        call_off_presentation(each)
    return len(lost)


def _ask(assignment: Assignment, *, late: bool) -> None:
    tell = tell_municipality if whose_turn(assignment.state) is Party.MUNICIPALITY else tell_school
    tell("assignment_due", assignment, late=late, turn=assignment.state.value)


def _open(*conditions: ColumnElement[bool]) -> Sequence[Assignment]:
    return db.session.scalars(
        select(Assignment)
        .join(Assignment.match)
        .where(Assignment.state.in_(OPEN), *conditions)
        .order_by(Assignment.due_at, Assignment.id)
        .limit(MOST_AT_ONCE)
        .options(
            contains_eager(Assignment.match).options(
                joinedload(Match.need), joinedload(Match.municipality), joinedload(Match.school)
            )
        )
    ).all()
