"""Everything with a date that someone may see where they work. The scope is that of the pages the lines lead to."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.appointments.entries import CalendarEntry
from matchmaker.appointments.models import Appointment
from matchmaker.assignments.calendar import presentations_here
from matchmaker.assignments.models import Assignment, Milestone
from matchmaker.assignments.states import ENDED as ASSIGNMENT_ENDED
from matchmaker.calendars.entries import Dated, DatedEntry
from matchmaker.clock import at, local
from matchmaker.cohorts.models import CohortRound
from matchmaker.cohorts.queries import rounds_of
from matchmaker.cohorts.states import State as RoundState
from matchmaker.committees.meeting_models import Meeting
from matchmaker.committees.meeting_queries import meetings_here
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.calendar import appointments_here
from matchmaker.matches.models import Match
from matchmaker.matches.queries import part_of as part_of_match
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.organisations.queries import desk_of
from matchmaker.placements.models import Placement
from matchmaker.placements.queries import part_of as part_of_placement
from matchmaker.placements.records import Contact
from matchmaker.placements.states import CALLED_OFF
from matchmaker.vocabulary import ListingStatus, Role, Side

Entry = Appointment | Meeting | CalendarEntry | DatedEntry


def calendar_here(membership: Membership, *, since: date, until: date) -> list[Entry]:
    """From one day up to another, in order of time; what was cancelled is left out."""
    appointments = appointments_here(membership, since=since, until=until)
    starts = {(each.match_id, each.day) for each in appointments}
    found: list[Entry] = [
        *appointments,
        *meetings_here(membership, membership.account, since=since, until=until),
        *_placements(membership, since, until, starts),
        *_contacts(membership, since, until),
        *_assignments(membership, since, until),
        *_listings(membership, since, until),
        *_rounds(membership, since, until),
    ]
    return sorted(found, key=when)


def when(entry: Entry) -> tuple[datetime, str, int]:
    """The order of a calendar: what has no hour first."""
    return entry.starts_at or at(entry.day, time(0)), type(entry).__name__, entry.id


def _within(column: ColumnElement[date], since: date, until: date) -> ColumnElement[bool]:
    return column.between(since, until - timedelta(days=1))


def _placements(
    membership: Membership, since: date, until: date, starts: set[tuple[int, date]]
) -> Iterator[DatedEntry]:
    """First, last and middle days; a first day that stands as an appointment of the match is said once."""
    days = (
        (Dated.FIRST_DAY, Placement.first_day),
        (Dated.LAST_DAY, Placement.last_day),
        (Dated.INTERIM, Placement.interim_on),
    )
    for what, column in days:
        query = (
            select(Placement)
            .where(part_of_placement(membership), Placement.state.not_in(CALLED_OFF), _within(column, since, until))
            .options(joinedload(Placement.municipality), joinedload(Placement.institution))
            .order_by(Placement.id)
        )
        for each in db.session.scalars(query):
            day = getattr(each, column.key)
            if what is Dated.FIRST_DAY and each.match_id is not None and (each.match_id, day) in starts:
                continue
            yield _of_placement(what, each, each.id, day, membership)


def _contacts(membership: Membership, since: date, until: date) -> Iterator[DatedEntry]:
    query = (
        select(Contact)
        .join(Contact.placement)
        .where(
            part_of_placement(membership),
            Placement.state.not_in(CALLED_OFF),
            _within(Contact.planned_on, since, until),
        )
        .options(
            contains_eager(Contact.placement).joinedload(Placement.municipality),
            contains_eager(Contact.placement).joinedload(Placement.institution),
        )
        .order_by(Contact.id)
    )
    for each in db.session.scalars(query):
        place = each.placement.workplace if each.at_workplace else ""
        yield _of_placement(Dated.CONTACT, each.placement, each.id, each.planned_on, membership, location=place)


def _of_placement(
    what: Dated, placement: Placement, number: int, day: date, membership: Membership, *, location: str = ""
) -> DatedEntry:
    at_school = placement.institution_id == membership.organisation_id
    other = placement.municipality if at_school else placement.institution
    return DatedEntry(
        what,
        number,
        placement.title,
        f"/plaatsingen/{placement.id}",
        on=day,
        location=location,
        with_whom=other.name,
        sequence=placement.version,
    )


def _assignments(membership: Membership, since: date, until: date) -> Iterator[DatedEntry]:
    """Presentations and the days by which a group is somewhere."""
    running = (part_of_match(membership), Assignment.state.not_in(ASSIGNMENT_ENDED))
    for each in presentations_here(membership, since=since, until=until):
        assert each.presentation_at is not None
        yield DatedEntry(
            Dated.PRESENTATION,
            each.id,
            each.match.need.title,
            f"/samen/{each.match_id}/opdracht",
            starts_at=each.presentation_at,
            ends_at=each.presentation_at + timedelta(minutes=each.presentation_minutes),
            location=each.presentation_place,
            sequence=each.version,
        )
    milestones = (
        select(Milestone, Match)
        .join(Assignment, Assignment.id == Milestone.assignment_id)
        .join(Match, Match.id == Assignment.match_id)
        .where(*running, _within(Milestone.day, since, until))
        .order_by(Milestone.id)
    )
    for milestone, match in db.session.execute(milestones):
        yield DatedEntry(
            Dated.MILESTONE, milestone.id, milestone.title, f"/samen/{match.id}/opdracht", on=milestone.day
        )


def _listings(membership: Membership, since: date, until: date) -> Iterator[DatedEntry]:
    """The last day to answer what the organisation, or who its desk serves, has online."""
    query = (
        select(Listing)
        .where(
            Listing.organisation_id.in_(_organisations(membership)),
            Listing.status == ListingStatus.PUBLISHED,
            _within(Listing.respond_before, since, until),
        )
        .order_by(Listing.id)
    )
    for each in db.session.scalars(query):
        offer = each.side is Side.OFFER
        what, folder = (Dated.OFFER_CLOSES, "aanbod") if offer else (Dated.NEED_CLOSES, "vragen")
        yield DatedEntry(what, each.id, each.title, f"/{folder}/{each.reference}", on=each.respond_before)


def _organisations(membership: Membership) -> Sequence[int]:
    desk = desk_of(membership) if membership.role in {Role.OFFICER, Role.REGION_COORDINATOR} else None
    if desk is None:
        return [membership.organisation_id]
    served = db.session.scalars(select(Organisation.id).where(Organisation.desk_id == desk.id)).all()
    return sorted({membership.organisation_id, *served})


def _rounds(membership: Membership, since: date, until: date) -> Iterator[DatedEntry]:
    """The last day on which students say what they want, for who looks after them."""
    rounds: Sequence[CohortRound] = rounds_of(membership) if membership.role is Role.COORDINATOR else ()
    for each in rounds:
        if each.state is not RoundState.CANCELLED and since <= each.wishes_until < until:
            path = f"/school/rondes/{each.id}"
            yield DatedEntry(Dated.WISHES_CLOSE, each.id, each.name, path, on=each.wishes_until, sequence=each.version)


def feed_days(now: datetime, back: timedelta) -> tuple[date, date]:
    """What a subscribed calendar shows: half a year back, and two years ahead."""
    day = local(now).date()
    return day - back, day + timedelta(days=731)
