"""Questions about sessions. Who may see one is decided by the match it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from matchmaker.clock import at
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.matches.models import Match
from matchmaker.matches.queries import part_of, whole
from matchmaker.organisations.models import Membership
from matchmaker.sessions.models import Session, SessionMaterial, SessionView
from matchmaker.sessions.states import State
from matchmaker.vocabulary import Party

ASK_DAYS = 7
"""A session that ended longer ago is not asked about any more."""


def session_for(match_id: int) -> Session | None:
    """What belongs to a session beside its date, with what both sides said; None while there is nothing yet."""
    return db.session.scalar(select(Session).where(Session.match_id == match_id).options(selectinload(Session.views)))


def session_by_id(session_id: int) -> Session:
    """The session behind a link; raises NotFound."""
    found = db.session.get(Session, session_id)
    if found is None:
        raise NotFound("session")
    return found


def materials_of(session: Session | None) -> Sequence[SessionMaterial]:
    """The files of a session, in the order in which they were added."""
    if session is None:
        return []
    return db.session.scalars(
        select(SessionMaterial)
        .where(SessionMaterial.session_id == session.id)
        .order_by(SessionMaterial.id)
        .options(joinedload(SessionMaterial.file))
    ).all()


def material_in(session: Session | None, material_id: int) -> SessionMaterial:
    """A file of this session; raises NotFound for one of another."""
    found = next((each for each in materials_of(session) if each.id == material_id), None)
    if found is None:
        raise NotFound("material")
    return found


def in_series_with(session: Session | None) -> Sequence[tuple[Match, Appointment | None]]:
    """Every match of the series with its date, earliest first, those without a date last; none outside a series."""
    if session is None or session.series_id is None:
        return []
    rows = db.session.execute(
        select(Match, Appointment)
        .join(Session, Session.match_id == Match.id)
        .outerjoin(Appointment, Appointment.match_id == Match.id)
        .where(Session.series_id == session.series_id)
        .order_by(Appointment.starts_at.is_(None), Appointment.starts_at, Match.id)
        .options(joinedload(Match.need), joinedload(Match.municipality))
    )
    return [(match, appointment) for match, appointment in rows]


def to_ask_about(moment: datetime) -> Sequence[tuple[Appointment, Session | None]]:
    """Sessions that have ended and whose people were not asked since how it went, earliest first."""
    rows = db.session.execute(
        select(Appointment, Session)
        .outerjoin(Session, Session.match_id == Appointment.match_id)
        .where(
            Appointment.kind == AppointmentKind.SESSION,
            Appointment.status.in_((AppointmentStatus.AGREED, AppointmentStatus.DONE)),
            Appointment.ends_at <= moment,
            Appointment.ends_at > moment - timedelta(days=ASK_DAYS),
            or_(Session.asked_at.is_(None), Session.asked_at < Appointment.ends_at),
        )
        .order_by(Appointment.ends_at, Appointment.id)
        .options(selectinload(Appointment.people))
    )
    return [(appointment, session) for appointment, session in rows]


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of the sessions of a period. `untold` took place, or not: nobody said."""

    held: int
    not_held: int
    untold: int
    students: int
    answers: dict[tuple[Party, str, str], int]


def figures(membership: Membership, *, first: date, last: date) -> Figures:
    """The sessions in which someone has a part, by day, with both days included. Answers are counted, never joined to
    a person."""
    mine = _ended_between(membership, first, last)
    rows = db.session.execute(
        select(Session.state, func.count(), func.sum(Session.students))
        .select_from(Appointment)
        .join(Match, Match.id == Appointment.match_id)
        .outerjoin(Session, Session.match_id == Match.id)
        .where(Appointment.id.in_(mine))
        .group_by(Session.state)
    ).all()
    by_state = {state or State.EXPECTED: (number, students or 0) for state, number, students in rows}
    answers: dict[tuple[Party, str, str], int] = {}
    for side, fit, again in db.session.execute(
        select(SessionView.side, SessionView.fit, SessionView.again)
        .join(Session, Session.id == SessionView.session_id)
        .join(Appointment, Appointment.match_id == Session.match_id)
        .where(Appointment.id.in_(mine))
    ):
        for question, answer in (("fit", fit.value), ("again", again.value)):
            answers[side, question, answer] = answers.get((side, question, answer), 0) + 1
    nothing = (0, 0)
    return Figures(
        held=by_state.get(State.HELD, nothing)[0],
        not_held=by_state.get(State.NOT_HELD, nothing)[0],
        untold=sum(number for state, (number, _) in by_state.items() if state is State.EXPECTED),
        students=by_state.get(State.HELD, nothing)[1],
        answers=answers,
    )


def sessions_page(
    membership: Membership, *, limit: int, offset: int = 0
) -> tuple[Sequence[tuple[Match, Appointment, Session | None]], int]:
    """Sessions in which someone has a part, latest first, and how many there are."""
    mine = (
        select(Appointment.id)
        .join(Match, Match.id == Appointment.match_id)
        .where(part_of(membership), Appointment.kind == AppointmentKind.SESSION)
    )
    total = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    rows = db.session.execute(
        whole(select(Match))
        .join(Appointment, Appointment.match_id == Match.id)
        .outerjoin(Session, Session.match_id == Match.id)
        .add_columns(Appointment, Session)
        .where(Appointment.id.in_(mine))
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
        .limit(limit)
        .offset(offset)
    ).unique()
    return [(match, appointment, session) for match, appointment, session in rows], total


def _ended_between(membership: Membership, first: date, last: date) -> Select[tuple[int]]:
    return (
        select(Appointment.id)
        .join(Match, Match.id == Appointment.match_id)
        .where(
            part_of(membership),
            Appointment.kind == AppointmentKind.SESSION,
            Appointment.status.in_((AppointmentStatus.AGREED, AppointmentStatus.DONE)),
            Appointment.starts_at >= at(first, time(0)),
            Appointment.ends_at < at(last + timedelta(days=1), time(0)),
        )
    )
