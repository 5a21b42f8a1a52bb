"""The presentation of a group assignment, as it stands in the calendars of both sides."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.accounts.models import Account
from matchmaker.appointments.entries import CalendarEntry, Wording
from matchmaker.appointments.models import AppointmentStatus
from matchmaker.appointments.queries import FEED_KEEPS
from matchmaker.assignments.models import Assignment
from matchmaker.assignments.states import AssignmentState
from matchmaker.clock import at, local, now
from matchmaker.database import db
from matchmaker.matches.models import Match
from matchmaker.matches.queries import part_of
from matchmaker.organisations.models import Membership


def entry_of(assignment: Assignment, *, wording: Wording) -> CalendarEntry:
    """The entry of a presentation that was planned; one calendar keeps it under one uid, whatever changes."""
    start = assignment.presentation_at
    assert start is not None
    return CalendarEntry(
        noun="presentation",
        id=assignment.id,
        sequence=assignment.version,
        title=assignment.match.need.title,
        day=local(start).date(),
        starts_at=start,
        ends_at=start + timedelta(minutes=assignment.presentation_minutes),
        location=assignment.presentation_place,
        path=assignment_path(assignment),
        status=_status(assignment, start),
        wording=wording,
    )


def assignment_path(assignment: Assignment) -> str:
    """The page both sides see."""
    return f"/samen/{assignment.match_id}/opdracht"


def presentations_of(account: Account, *, since: date, until: date) -> Sequence[Assignment]:
    """Those of one person from one day up to another, earliest first; not those that were called off."""
    return _found(_mine(account), _between(since, until))


def presentations_here(membership: Membership, *, since: date, until: date) -> Sequence[Assignment]:
    """The same of every match someone may see."""
    return _found(part_of(membership), _between(since, until))


def presentations_for_feed(account: Account) -> Sequence[Assignment]:
    """What a subscribed calendar shows: everything to come and half a year back, called off ones included."""
    return _found(_mine(account), Assignment.presentation_at >= now() - FEED_KEEPS)


def _mine(account: Account) -> ColumnElement[bool]:
    """Who asked, the colleague who said yes, and who has it at the desk."""
    return or_(Match.school_contact_id == account.id, Match.colleague_id == account.id, Match.owner_id == account.id)


def _between(since: date, until: date) -> ColumnElement[bool]:
    days = Assignment.presentation_at.between(at(since, time(0)), at(until, time(0)))
    return days & (Assignment.state != AssignmentState.STOPPED)


def _found(*conditions: ColumnElement[bool]) -> Sequence[Assignment]:
    return db.session.scalars(
        select(Assignment)
        .join(Assignment.match)
        .where(*conditions)
        .order_by(Assignment.presentation_at, Assignment.id)
        .options(
            contains_eager(Assignment.match).options(
                joinedload(Match.need), joinedload(Match.municipality), joinedload(Match.school)
            )
        )
    ).all()


def _status(assignment: Assignment, start: datetime) -> AppointmentStatus:
    if assignment.state is AssignmentState.STOPPED:
        return AppointmentStatus.CANCELLED
    return AppointmentStatus.AGREED if start > now() else AppointmentStatus.DONE
