"""Questions about committees: who keeps them, who sits in them, what is due. Always ordered, always scoped."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Appointment
from matchmaker.committees.days import WARN_MONTHS, months_on
from matchmaker.committees.models import Committee, CommitteeEvent, Dossier, Seat, Term
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Faculty, Membership
from matchmaker.vocabulary import Kind, Role

KEEPERS = frozenset({Role.LECTURER, Role.COORDINATOR, Role.ORG_ADMIN})
_WHOLE = (
    joinedload(Committee.organisation),
    joinedload(Committee.faculty),
    joinedload(Committee.programme),
    joinedload(Committee.owner),
    selectinload(Committee.seats).selectinload(Seat.terms).joinedload(Term.account),
    selectinload(Committee.seats).joinedload(Seat.need),
)


def keeps(membership: Membership | None) -> ColumnElement[bool]:
    """The committees someone may manage: all of the school for a coordinator and its administrator, those of the own
    faculty for a lecturer."""
    if membership is None or membership.role not in KEEPERS:
        return false()
    own = Committee.organisation_id == membership.organisation_id
    if membership.role is Role.LECTURER:
        return and_(own, Committee.faculty_id == membership.faculty_id) if membership.faculty_id else false()
    return own


def kept_faculties(membership: Membership | None) -> list[Faculty]:
    """The faculties in which someone may keep a committee, by name."""
    if membership is None or membership.role not in KEEPERS:
        return []
    every = membership.organisation.faculties
    return [each for each in every if membership.role is not Role.LECTURER or each.id == membership.faculty_id]


def sits_somewhere(account: Account) -> bool:
    """Whether someone sits in a committee now, of whatever school."""
    return db.session.scalar(select(exists().where(Term.account_id == account.id, Term.state == TermState.RUNNING)))


def sits_in(account: Account) -> ColumnElement[bool]:
    """The committees in which someone has a term that runs."""
    mine = select(Seat.committee_id).join(Term, Term.seat_id == Seat.id)
    return Committee.id.in_(mine.where(Term.account_id == account.id, Term.state == TermState.RUNNING))


def committees_of(membership: Membership | None, account: Account) -> Sequence[Committee]:
    """What someone keeps or sits in, by name, those that were closed last."""
    return db.session.scalars(
        select(Committee)
        .where(or_(keeps(membership), sits_in(account)))
        .order_by(Committee.closed_at.is_not(None), Committee.name, Committee.id)
        .options(*_WHOLE)
    ).all()


def kept_committees(membership: Membership | None) -> Sequence[Committee]:
    """All that someone keeps, with seats and terms, by name."""
    return db.session.scalars(
        select(Committee).where(keeps(membership)).order_by(Committee.name, Committee.id).options(*_WHOLE)
    ).all()


def kept_committee(committee_id: int, membership: Membership | None, *, lock: bool = False) -> Committee:
    """One that this person manages; raises NotFound for every other."""
    query = select(Committee).where(Committee.id == committee_id, keeps(membership)).options(*_WHOLE)
    found = db.session.scalar(query.with_for_update(of=Committee) if lock else query)
    if found is None:
        raise NotFound("committee")
    return found


def committee_to_read(committee_id: int, membership: Membership | None, account: Account) -> tuple[Committee, bool]:
    """One that this person keeps or sits in, and whether they keep it; raises NotFound for every other."""
    kept = keeps(membership)
    found = db.session.execute(
        select(Committee, kept.label("kept"))
        .where(Committee.id == committee_id, or_(kept, sits_in(account)))
        .options(*_WHOLE)
    ).first()
    if found is None:
        raise NotFound("committee")
    return found[0], bool(found[1])


def kept_seat(seat_id: int, membership: Membership | None, *, lock: bool = False) -> Seat:
    """A seat of a committee this person manages; raises NotFound."""
    query = (
        select(Seat)
        .join(Seat.committee)
        .where(Seat.id == seat_id, keeps(membership), Seat.state != SeatState.REMOVED)
        .options(contains_eager(Seat.committee), selectinload(Seat.terms).joinedload(Term.account))
    )
    found = db.session.scalar(query.with_for_update(of=Seat) if lock else query)
    if found is None:
        raise NotFound("seat")
    return found


def kept_term(term_id: int, membership: Membership | None) -> Term:
    """A term in a committee this person manages; raises NotFound."""
    found = db.session.scalar(
        select(Term)
        .join(Term.seat)
        .join(Seat.committee)
        .where(Term.id == term_id, keeps(membership))
        .options(contains_eager(Term.seat).contains_eager(Seat.committee))
    )
    if found is None:
        raise NotFound("term")
    return found


def term_by_id(term_id: int, *, lock: bool = False) -> Term | None:
    """A term with its seat and committee, for who holds a link."""
    query = select(Term).where(Term.id == term_id).options(joinedload(Term.seat).joinedload(Seat.committee))
    return db.session.scalar(query.with_for_update(of=Term) if lock else query)


def term_of_match(match_id: int) -> Term | None:
    return db.session.scalar(select(Term).where(Term.match_id == match_id))


def seat_of_need(need_id: int) -> Seat | None:
    """The seat a posting looks for someone for."""
    return db.session.scalars(select(Seat).where(Seat.need_id == need_id).order_by(Seat.id)).first()


def matches_to_seat() -> Sequence[Match]:
    """Matches that their seat does not show yet: agreed and not filled, moved, or withdrawn after it was filled."""
    agreed = and_(
        Match.state.in_((State.AGREED, State.DONE)),
        or_(
            and_(Term.id.is_(None), Seat.state != SeatState.FILLED, Seat.state != SeatState.REMOVED),
            and_(
                Term.state == TermState.RUNNING,
                or_(Term.starts_on != Appointment.first_day, Term.ends_on != Appointment.last_day),
                Term.renewed == 0,
            ),
        ),
    )
    gone = and_(Match.state == State.WITHDRAWN, Term.state == TermState.RUNNING)
    return (
        db.session.scalars(
            select(Match)
            .join(Seat, Seat.need_id == Match.need_id)
            .join(Appointment, Appointment.match_id == Match.id)
            .outerjoin(Term, Term.match_id == Match.id)
            .where(Match.kind == Kind.SEAT, or_(agreed, gone))
            .order_by(Match.id)
        )
        .unique()
        .all()
    )


def unanswered(before: datetime, *, reminded: bool = True) -> Sequence[Term]:
    """Invitations from before this moment that nobody answered, oldest first; without `reminded` those about which no
    reminder went out."""
    fresh = true() if reminded else Term.reminded_at.is_(None)
    return db.session.scalars(
        select(Term)
        .where(Term.state == TermState.PROPOSED, Term.created_at < before, fresh)
        .order_by(Term.created_at, Term.id)
        .options(joinedload(Term.seat).joinedload(Seat.committee))
    ).all()


def terms_ending(day: date) -> Sequence[Term]:
    """Terms that run, end within six months and were not warned about, first what ends first."""
    return db.session.scalars(
        select(Term)
        .where(
            Term.state == TermState.RUNNING,
            Term.warned_at.is_(None),
            Term.ends_on >= day,
            Term.ends_on <= months_on(day, WARN_MONTHS),
        )
        .order_by(Term.ends_on, Term.id)
        .options(joinedload(Term.seat).joinedload(Seat.committee))
    ).all()


def terms_over(day: date) -> Sequence[Term]:
    """Terms that run and whose last day has passed."""
    return db.session.scalars(
        select(Term)
        .where(Term.state == TermState.RUNNING, Term.ends_on < day)
        .order_by(Term.ends_on, Term.id)
        .options(joinedload(Term.seat).joinedload(Seat.committee))
    ).all()


def events_of(committee: Committee, *, limit: int = 50) -> Sequence[CommitteeEvent]:
    """What happened, newest first."""
    return db.session.scalars(
        select(CommitteeEvent)
        .where(CommitteeEvent.committee_id == committee.id)
        .order_by(CommitteeEvent.at.desc(), CommitteeEvent.id.desc())
        .limit(limit)
        .options(joinedload(CommitteeEvent.actor))
    ).all()


def dossiers_of(committee: Committee) -> Sequence[Dossier]:
    """What was sealed, newest first."""
    return db.session.scalars(
        select(Dossier)
        .where(Dossier.committee_id == committee.id)
        .order_by(Dossier.sealed_at.desc(), Dossier.id.desc())
        .options(joinedload(Dossier.pdf), joinedload(Dossier.xlsx), joinedload(Dossier.sealed_by))
    ).all()


def kept_dossier(dossier_id: int, membership: Membership | None) -> Dossier:
    """A sealed dossier of a committee this person manages; raises NotFound."""
    found = db.session.scalar(
        select(Dossier)
        .join(Dossier.committee)
        .where(Dossier.id == dossier_id, keeps(membership))
        .options(contains_eager(Dossier.committee), joinedload(Dossier.pdf), joinedload(Dossier.xlsx))
    )
    if found is None:
        raise NotFound("dossier")
    return found
