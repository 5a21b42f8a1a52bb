"""A vacant seat is filled: by asking someone, by who sits there already, or by a match that is agreed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.appointments.models import Appointment
from matchmaker.appointments.queries import appointment_of
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.committees.days import check_year, last_day_of_term
from matchmaker.committees.letters import tell_keepers, tell_member
from matchmaker.committees.meetings import invite_newcomer
from matchmaker.committees.models import Committee, Seat, Term
from matchmaker.committees.queries import matches_to_seat, seat_of_need, term_of_match, unanswered
from matchmaker.committees.states import SeatAction, TermAction, TermState, allows
from matchmaker.committees.step import step
from matchmaker.committees.terms import reschedule, stop
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.links.actions import make_link, open_link, revoke_links
from matchmaker.links.models import Purpose
from matchmaker.listings.actions import close as close_posting
from matchmaker.listings.actions import save_draft
from matchmaker.listings.models import Listing
from matchmaker.listings.rules import allows as listing_allows
from matchmaker.matches.models import MUNICIPAL, Match
from matchmaker.matches.states import State
from matchmaker.reference import find_municipality, size_of
from matchmaker.vocabulary import Kind, MunicipalitySize, Side, TermEnd

INVITATION_DAYS, REMIND_DAYS = 30, 7
LONGEST_YEARS = 10
TOOK_PLACE = frozenset({State.AGREED, State.DONE})


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to sit somewhere, as far as a committee has to know."""

    name: str
    email: str
    organisation_name: str = ""
    job_title: str = ""
    work_field: str = ""
    size: MunicipalitySize | None = None


def invite(
    seat: Seat, person: Person, *, starts_on: date, ends_on: date | None = None, note: str = "", by: Account
) -> Term:
    """Ask someone by letter, who answers without an account. Raises InvalidValue, or InvalidMove for a seat that is
    not vacant."""
    term = _new_term(seat, person, starts_on=starts_on, ends_on=ends_on, note=note)
    step(seat, SeatAction.INVITE, by=by)
    link = make_link(Purpose.SEAT, subject_id=term.id, account_id=term.account_id, days=INVITATION_DAYS)
    tell_member("seat_asked", term, link=link, note=note, sender=by.display_name, again=False, path="")
    return term


def seat_member(
    seat: Seat, person: Person, *, starts_on: date, ends_on: date | None = None, by: Account | None
) -> Term:
    """Write down who sits there already; no letter goes out."""
    if not allows("seat", seat.state, SeatAction.FILL):
        raise InvalidMove(state=seat.state.value, action=SeatAction.FILL.value)
    term = _new_term(seat, person, starts_on=starts_on, ends_on=ends_on)
    _take_seat(term, by=by)
    return term


def note_past_term(seat: Seat, person: Person, *, starts_on: date, ends_on: date, by: Account | None) -> Term:
    """Write down who sat there before: the seat itself stays as it is, and no letter goes out."""
    if ends_on >= today():
        raise InvalidValue("ends_on", "in_the_future")
    term = _new_term(seat, person, starts_on=starts_on, ends_on=ends_on)
    term.closed_at = now()
    step(term, TermAction.ACCEPT, by=by)
    step(term, TermAction.END, by=by)
    return term


def accept(term: Term, *, note: str = "", by: Account | None) -> Term:
    """Who was asked says yes: the term runs and the meetings that are planned come in their calendar."""
    _take_seat(term, by=by)
    tell_keepers("seat_answered", term.committee, answer="yes", who=term.display_name, seat=term.seat.name, note=note)
    return term


def decline(term: Term, *, note: str = "", by: Account | None) -> Term:
    """Who was asked says no: the seat is vacant again, and the name goes within four weeks."""
    _let_go(term, TermAction.DECLINE, by=by)
    tell_keepers("seat_answered", term.committee, answer="no", who=term.display_name, seat=term.seat.name, note=note)
    return term


def withdraw(term: Term, *, by: Account | None) -> Term:
    """Take an invitation back: its link no longer works."""
    _let_go(term, TermAction.WITHDRAW, by=by)
    revoke_links(Purpose.SEAT, subject_id=term.id)
    return term


def remind_invited(moment: datetime) -> int:
    """A week before the link runs out who was asked gets one more letter; returns how many."""
    found = unanswered(moment - timedelta(days=INVITATION_DAYS - REMIND_DAYS), reminded=False)
    for term in found:
        link = open_link(Purpose.SEAT, subject_id=term.id)
        if link is None:
            continue
        term.reminded_at = now()
        db.session.flush()
        record("term.reminded", about=term, by=None, organisation=term.committee.organisation)
        tell_member("seat_asked", term, link=link, note=term.note, sender="", again=True, path="")
    return len(found)


def lapse_invitations(moment: datetime) -> int:
    """Invitations whose link has run out are taken back, and the school hears it; returns how many."""
    found = unanswered(moment - timedelta(days=INVITATION_DAYS))
    for term in found:
        withdraw(term, by=None)
        tell_keepers(
            "seat_answered", term.committee, answer="none", who=term.display_name, seat=term.seat.name, note=""
        )
    return len(found)


def post(seat: Seat, *, title: str, text: str, by: Account) -> Listing:
    """A draft of a need for this seat, filled in from its profile. A draft or posting that stands is used again."""
    if seat.need is not None and listing_allows(seat.need, "close"):
        return seat.need
    step(seat, SeatAction.POST, by=by)
    seat.need = save_draft(
        None,
        side=Side.NEED,
        kind=Kind.SEAT,
        organisation=seat.committee.organisation,
        values=_asked(seat, title, text),
        by=by,
    )
    db.session.flush()
    return seat.need


def fill_from_match(match: Match, *, by: Account | None) -> Term | None:
    """Bring the seat in line with a match about it: agreed fills it, another date moves the term, withdrawn ends it."""
    seat = seat_of_need(match.need_id) if match.kind is Kind.SEAT else None
    if seat is None:
        return None
    term, appointment = term_of_match(match.id), appointment_of(match.id)
    if match.state is State.WITHDRAWN:
        if term is not None and term.state is TermState.RUNNING:
            stop(term, because=TermEnd.OTHER, by=by)
        return term
    if match.state not in TOOK_PLACE or appointment is None or appointment.last_day is None:
        return term
    if term is not None:
        reschedule(term, starts_on=appointment.day, ends_on=appointment.last_day, by=by)
        return term
    return _fill_agreed(seat, match, appointment, by=by)


def fill_agreed_seats(_moment: datetime) -> int:
    """Whatever was agreed, moved or withdrawn and has not reached its seat yet; returns how many."""
    found = matches_to_seat()
    for match in found:
        fill_from_match(match, by=None)
    return len(found)


def _let_go(term: Term, action: TermAction, *, by: Account | None) -> None:
    term.closed_at = now()
    step(term, action, by=by)
    step(term.seat, SeatAction.RELEASE, by=by)


def _fill_agreed(seat: Seat, match: Match, appointment: Appointment, *, by: Account | None) -> Term | None:
    """Who comes for the municipality takes the seat; nobody does when that person holds another one already."""
    coming = next((each for each in appointment.people if each.party in MUNICIPAL), None)
    if coming is None or appointment.last_day is None or not allows("seat", seat.state, SeatAction.FILL):
        return None
    if _sits_already(seat.committee, coming.email, but_on=seat):
        return None
    if seat.current is not None:
        withdraw(seat.current, by=by)
    person = Person(
        name=coming.display_name,
        email=coming.email,
        organisation_name=match.municipality.name,
        work_field=seat.work_field or next(iter(match.need.work_fields), ""),
        size=seat.size,
    )
    term = _new_term(seat, person, starts_on=appointment.day, ends_on=appointment.last_day)
    term.match_id = match.id
    _take_seat(term, by=by)
    tell_keepers("seat_answered", term.committee, answer="yes", who=term.display_name, seat=seat.name, note="")
    return term


def _take_seat(term: Term, *, by: Account | None) -> None:
    step(term, TermAction.ACCEPT, by=by)
    step(term.seat, SeatAction.FILL, by=by)
    need = term.seat.need
    if need is not None and term.match_id is None and listing_allows(need, "close"):
        close_posting(need, by=by)
    invite_newcomer(term)


def _new_term(seat: Seat, person: Person, *, starts_on: date, ends_on: date | None, note: str = "") -> Term:
    committee, email = seat.committee, person.email.strip().lower()
    if not person.name.strip():
        raise InvalidValue("name", "required")
    check_year("starts_on", starts_on)
    last = ends_on or last_day_of_term(starts_on, committee.term_years)
    if last <= starts_on:
        raise InvalidValue("ends_on", "reversed")
    if last > last_day_of_term(starts_on, LONGEST_YEARS):
        raise InvalidValue("ends_on", "too_long_period")
    if last >= today() and email and _sits_already(committee, email):
        raise InvalidValue("email", "already_member")
    account = account_by_email(email) if email else None
    term = Term(
        seat=seat,
        account=account if account is not None and account.is_active else None,
        name=person.name.strip()[:120],
        address=email,
        job_title=person.job_title.strip()[:120],
        organisation_name=person.organisation_name.strip()[:160],
        work_field=person.work_field or seat.work_field,
        size=_size_of(person) or seat.size,
        starts_on=starts_on,
        ends_on=last,
        note=note.strip(),
    )
    db.session.add(term)
    db.session.flush()
    return term


def _size_of(person: Person) -> MunicipalitySize | None:
    """The register knows the size of a municipality; of any other organisation it is what was filled in."""
    known = find_municipality(person.organisation_name)
    return (size_of(known) if known else None) or person.size


def _sits_already(committee: Committee, email: str, *, but_on: Seat | None = None) -> bool:
    sitting = (each.current for each in committee.standing if each is not but_on)
    return any(each is not None and each.email == email for each in sitting)


def _asked(seat: Seat, title: str, text: str) -> dict[str, Any]:
    """The profile of a seat as the fields of a posting."""
    committee = seat.committee
    values: dict[str, Any] = {
        "title": title,
        "text": text,
        "committee": committee.name,
        "profile": seat.profile[:1000],
        "term_years": min(committee.term_years, 10),
        "meetings_per_year": committee.meetings_per_year,
        "work_fields": [seat.work_field] if seat.work_field else [],
        "levels": [seat.level.value] if seat.level else [],
        "languages": ["nl"],
        "places": 1,
    }
    if committee.programme is not None:
        values["programme_id"] = committee.programme_id
        values["study_fields"] = [committee.programme.isced] if committee.programme.isced else []
    return values
