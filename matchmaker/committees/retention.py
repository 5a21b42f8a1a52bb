"""A year after a term the name goes and the counted fact stays; who said no is forgotten within four weeks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import joinedload

from matchmaker.audit.actions import record
from matchmaker.clock import at, local, now
from matchmaker.committees.days import KEEP_MONTHS, months_on
from matchmaker.committees.dossier import KEEP_YEARS, throw_away
from matchmaker.committees.meeting_models import Invitee, Meeting
from matchmaker.committees.models import Dossier, Seat, Term
from matchmaker.committees.states import TermState
from matchmaker.database import db
from matchmaker.holds.queries import held_people, held_subjects
from matchmaker.links.actions import revoke_links
from matchmaker.links.models import Purpose

REFUSED_DAYS = 28


def terms_to_forget(day: date) -> Sequence[Term]:
    """Terms that ended more than a year ago and still hold a name, by committee."""
    return db.session.scalars(
        select(Term)
        .join(Term.seat)
        .where(
            Term.state == TermState.ENDED,
            Term.forgotten_at.is_(None),
            Term.ends_on < months_on(day, -KEEP_MONTHS),
            *_free(),
        )
        .order_by(Seat.committee_id, Term.id)
        .options(joinedload(Term.seat).joinedload(Seat.committee))
    ).all()


def _free() -> tuple[ColumnElement[bool], ...]:
    """Neither the member nor the committee is held."""
    return (
        or_(Term.account_id.is_(None), Term.account_id.not_in(held_people())),
        Seat.committee_id.not_in(held_subjects("Committee")),
    )


def is_sealed(term: Term) -> bool:
    """Whether a sealed dossier holds the whole term."""
    found = select(Dossier.id).where(
        Dossier.committee_id == term.committee.id,
        Dossier.first_day <= term.starts_on,
        Dossier.last_day >= term.ends_on,
    )
    return db.session.scalar(found.limit(1)) is not None


def forget(term: Term) -> None:
    """Name, address, function and account go; seat, organisation, field of work and days stay."""
    term.account, term.name, term.address, term.job_title, term.note = None, "", "", "", ""
    term.forgotten_at = now()
    db.session.flush()
    db.session.execute(update(Invitee).where(Invitee.term_id == term.id).values(answer_note=""))
    record("term.forgotten", about=term, by=None, organisation=term.committee.organisation)


def forget_refused(moment: datetime) -> int:
    """Who said no, or was never answered for, is gone four weeks later; returns how many."""
    before = moment - timedelta(days=REFUSED_DAYS)
    found = db.session.scalars(
        select(Term)
        .join(Term.seat)
        .where(Term.state.in_((TermState.DECLINED, TermState.WITHDRAWN)), Term.closed_at < before, *_free())
        .order_by(Term.id)
        .options(joinedload(Term.seat).joinedload(Seat.committee))
    ).all()
    for term in found:
        record("term.forgotten", about=term, by=None, organisation=term.committee.organisation)
        revoke_links(Purpose.SEAT, subject_id=term.id)
    db.session.execute(delete(Term).where(Term.id.in_([term.id for term in found])))
    return len(found)


def forget_minutes(moment: datetime) -> int:
    """Minutes, agenda and notes of meetings of seven years ago; that it was held, and on which day, stays.

    Returns how many meetings lost something. Those of a committee that is held stay.
    """
    before = at(months_on(local(moment).date(), -12 * KEEP_YEARS), time())
    found = db.session.scalars(
        select(Meeting)
        .where(
            Meeting.ends_at < before,
            or_(Meeting.minutes != "", Meeting.agenda != "", Meeting.cancelled_because != ""),
            Meeting.committee_id.not_in(held_subjects("Committee")),
        )
        .order_by(Meeting.id)
        .options(joinedload(Meeting.committee))
    ).all()
    for meeting in found:
        meeting.minutes = meeting.agenda = meeting.cancelled_because = ""
        db.session.flush()
        record("meeting.forgotten", about=meeting, by=None, organisation=meeting.committee.organisation)
    return len(found)


def throw_away_dossiers(moment: datetime) -> int:
    """Sealed dossiers whose time is over; returns how many. Those of a committee that is held stay."""
    found = db.session.scalars(
        select(Dossier)
        .where(Dossier.keep_until < local(moment).date(), Dossier.committee_id.not_in(held_subjects("Committee")))
        .order_by(Dossier.id)
    ).all()
    for dossier in found:
        throw_away(dossier)
    return len(found)
