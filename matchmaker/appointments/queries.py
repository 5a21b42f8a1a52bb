"""Questions about slots and appointments. Who may ask is decided by the match they hang on."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Attendee,
    SlotProposal,
    SlotStatus,
)
from matchmaker.clock import at, local, now, today
from matchmaker.database import db
from matchmaker.reference.holidays import add_working_days

FEED_KEEPS = timedelta(days=180)
CONFIRM_DAYS = 2


def open_slots(match_id: int) -> Sequence[SlotProposal]:
    """The slots that can be chosen now, earliest first."""
    return db.session.scalars(_open_slots(), {"match": match_id}).all()


@cache
def _open_slots() -> Select[tuple[SlotProposal]]:
    return (
        select(SlotProposal)
        .where(SlotProposal.match_id == bindparam("match"), SlotProposal.status == SlotStatus.OPEN)
        .order_by(SlotProposal.starts_at, SlotProposal.id)
    )


def proposed_by(match_ids: Sequence[int]) -> dict[int, str]:
    """The side whose open slots wait for a choice, by match; matches without any are left out."""
    return dict(db.session.execute(_proposed_by(), {"matches": list(match_ids)}).all())


@cache
def _proposed_by() -> Select[tuple[int, str]]:
    of_these = SlotProposal.match_id.in_(bindparam("matches", expanding=True))
    return (
        select(SlotProposal.match_id, func.max(SlotProposal.party))
        .where(of_these, SlotProposal.status == SlotStatus.OPEN)
        .group_by(SlotProposal.match_id)
    )


def slot_of(match_id: int, slot_id: int) -> SlotProposal | None:
    """A slot of this match, whatever became of it."""
    return db.session.scalar(select(SlotProposal).where(SlotProposal.id == slot_id, SlotProposal.match_id == match_id))


def latest_round(match_id: int) -> int:
    """How many rounds of slots there have been."""
    found = db.session.scalar(select(func.max(SlotProposal.round)).where(SlotProposal.match_id == match_id))
    return found or 0


def _whole() -> Select[tuple[Appointment]]:
    return select(Appointment).options(selectinload(Appointment.people).joinedload(Attendee.account))


def appointment_of(match_id: int) -> Appointment | None:
    """The appointment of a match, with its people."""
    return db.session.scalar(_of_match(), {"match": match_id})


@cache
def _of_match() -> Select[tuple[Appointment]]:
    return _whole().where(Appointment.match_id == bindparam("match"))


def agreed_for(match_ids: Sequence[int]) -> dict[int, Appointment]:
    """The appointments that stand, by match; matches without one are left out."""
    rows = db.session.scalars(_agreed_for(), {"matches": list(match_ids)})
    return {each.match_id: each for each in rows}


@cache
def _agreed_for() -> Select[tuple[Appointment]]:
    of_these = Appointment.match_id.in_(bindparam("matches", expanding=True))
    return select(Appointment).where(of_these, Appointment.status != AppointmentStatus.CANCELLED)


def attendee_by_id(attendee_id: int) -> Attendee | None:
    """Someone invited, with the appointment."""
    return db.session.scalar(
        select(Attendee)
        .where(Attendee.id == attendee_id)
        .options(joinedload(Attendee.account), joinedload(Attendee.appointment).selectinload(Appointment.people))
    )


def _mine(account: Account) -> Select[tuple[Appointment]]:
    attended = select(Attendee.appointment_id).where(Attendee.account_id == account.id)
    return _whole().where(Appointment.id.in_(attended))


def in_calendar_of(account: Account, *, since: date, until: date) -> Sequence[Appointment]:
    """What stands in someone's calendar from one day up to another, in order of time."""
    rows = db.session.scalars(_mine(account).where(stands_between(since, until))).all()
    return sorted(rows, key=_when)


def stands_between(since: date, until: date) -> ColumnElement[bool]:
    """Whether an appointment that was not cancelled is, or begins, from one day up to another."""
    moments = Appointment.starts_at.between(at(since, time(0)), at(until, time(0)))
    days = Appointment.first_day.between(since, until - timedelta(days=1))
    return and_(or_(moments, days), Appointment.status != AppointmentStatus.CANCELLED)


def next_in_calendar_of(account: Account) -> Appointment | None:
    """The first appointment that is still to come."""
    rows = db.session.scalars(
        _mine(account)
        .where(
            or_(Appointment.starts_at >= now(), Appointment.first_day >= today()),
            Appointment.status.in_((AppointmentStatus.AGREED, AppointmentStatus.MOVING)),
        )
        .order_by(func.coalesce(Appointment.starts_at, Appointment.first_day), Appointment.id)
        .limit(50)
    ).all()
    return min(rows, key=_when, default=None)


def for_feed(account: Account) -> Sequence[Appointment]:
    """What a subscribed calendar shows: everything to come and half a year back, cancelled ones included."""
    since = now() - FEED_KEEPS
    return db.session.scalars(
        _mine(account)
        .where(or_(Appointment.starts_at >= since, Appointment.first_day >= since.date()))
        .order_by(Appointment.id)
    ).all()


def asked_until(day: date, kind: AppointmentKind) -> date:
    """The last day whose appointments of a kind are asked about on a day.

    A session two days ahead. A place or a seat two working days: most begin on a Monday, and what is wrong has to be
    heard while people are at work.
    """
    if kind is AppointmentKind.SESSION:
        return day + timedelta(days=CONFIRM_DAYS)
    return add_working_days(day, CONFIRM_DAYS)


def awaiting_confirmation(moment: datetime) -> Sequence[Appointment]:
    """Agreed sessions, first days and terms that come within two days and were not asked about yet, earliest first."""
    day = local(moment).date()
    session_before = at(asked_until(day, AppointmentKind.SESSION) + timedelta(days=1), time(0))
    rows = db.session.scalars(
        _whole().where(
            Appointment.status == AppointmentStatus.AGREED,
            Appointment.confirmation_asked_at.is_(None),
            or_(
                and_(Appointment.starts_at > moment, Appointment.starts_at < session_before),
                and_(Appointment.first_day > day, Appointment.first_day <= asked_until(day, AppointmentKind.START)),
            ),
        )
    ).all()
    return sorted(rows, key=_when)


def _when(appointment: Appointment) -> tuple[datetime, int]:
    return appointment.starts_at or at(appointment.day, time(0)), appointment.id
