"""A committee is made, changed and closed; its seats are added and taken away."""

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.committees.filling import withdraw
from matchmaker.committees.meeting_queries import planned_meetings
from matchmaker.committees.meetings import cancel
from matchmaker.committees.models import Committee, Seat
from matchmaker.committees.states import SeatAction, TermState
from matchmaker.committees.step import step
from matchmaker.committees.terms import stop
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.organisations.models import Faculty, Programme
from matchmaker.reference import work_fields
from matchmaker.vocabulary import CommitteeKind, Level, MunicipalitySize, TermEnd

LEAST_YEARS, MOST_YEARS = 1, 8
MOST_RENEWALS, MOST_MEETINGS, MOST_SEATS = 5, 24, 40


def save_committee(
    committee: Committee | None,
    *,
    faculty: Faculty,
    programme: Programme | None,
    name: str,
    kind: CommitteeKind,
    purpose: str,
    term_years: int,
    renewals: int,
    meetings_per_year: int,
    owner: Account | None,
    by: Account | None,
) -> Committee:
    """Make a committee or change it. A committee about content needs its programme; raises InvalidValue."""
    if not name.strip():
        raise InvalidValue("name", "required")
    if kind is CommitteeKind.CONTENT and programme is None:
        raise InvalidValue("programme", "content_needs_programme")
    if programme is not None and programme.faculty_id != faculty.id:
        raise InvalidValue("programme", "other_faculty")
    _within("term_years", term_years, LEAST_YEARS, MOST_YEARS)
    _within("renewals", renewals, 0, MOST_RENEWALS)
    _within("meetings_per_year", meetings_per_year, 1, MOST_MEETINGS)
    saved = committee or Committee(organisation_id=faculty.organisation_id, organisation=faculty.organisation)
    _must_be_open(saved)
    saved.faculty, saved.programme, saved.owner = faculty, programme, owner
    saved.name, saved.kind, saved.purpose = name.strip()[:160], kind, purpose.strip()
    saved.term_years, saved.renewals, saved.meetings_per_year = term_years, renewals, meetings_per_year
    db.session.add(saved)
    db.session.flush()
    record("committee.changed" if committee else "committee.created", about=saved, by=by)
    return saved


def close_committee(committee: Committee, *, by: Account) -> Committee:
    """Stop with it: planned meetings are cancelled, terms end, and what was done stays in the dossier."""
    _must_be_open(committee)
    for meeting in planned_meetings(committee):
        cancel(meeting, because="", by=by)
    for seat in committee.standing:
        if seat.current is not None and seat.current.state is TermState.PROPOSED:
            withdraw(seat.current, by=by)
        elif seat.current is not None:
            stop(seat.current, because=TermEnd.COMMITTEE_CLOSED, by=by)
        step(seat, SeatAction.REMOVE, by=by)
    committee.closed_at = now()
    db.session.flush()
    record("committee.closed", about=committee, by=by)
    return committee


def save_seat(
    seat: Seat | None,
    *,
    committee: Committee,
    name: str,
    work_field: str = "",
    size: MunicipalitySize | None = None,
    level: Level | None = None,
    profile: str = "",
    by: Account | None,
) -> Seat:
    """Add a seat or change its profile; who sits there stays. Raises InvalidValue."""
    _must_be_open(committee)
    if not name.strip():
        raise InvalidValue("name", "required")
    if work_field and work_field not in {each.code for each in work_fields()}:
        raise InvalidValue("work_field", "unknown_code")
    others = [each for each in committee.standing if each is not seat]
    if any(each.name.casefold() == name.strip().casefold() for each in others):
        raise InvalidValue("name", "taken")
    if seat is None and len(others) >= MOST_SEATS:
        raise InvalidValue("name", "too_many", n=MOST_SEATS)
    saved = seat or Seat(committee=committee, terms=[])
    saved.name, saved.work_field, saved.size, saved.level = name.strip()[:120], work_field, size, level
    saved.profile = profile.strip()
    db.session.add(saved)
    db.session.flush()
    record("seat.changed" if seat else "seat.added", about=saved, by=by, organisation=committee.organisation)
    return saved


def remove_seat(seat: Seat, *, by: Account) -> None:
    """Take an empty seat away. Raises InvalidMove while someone sits there or was asked."""
    step(seat, SeatAction.REMOVE, by=by)


def _must_be_open(committee: Committee) -> None:
    if committee.closed_at is not None:
        raise InvalidMove(state="closed")


def _within(field: str, value: int, least: int, most: int) -> None:
    if value < least:
        raise InvalidValue(field, "too_small", n=least)
    if value > most:
        raise InvalidValue(field, "too_large", n=most)
