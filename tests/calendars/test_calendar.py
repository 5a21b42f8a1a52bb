"""The calendar of an organisation: what is in it, whose it is, and its secret address in a calendar program."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from matchmaker.assignments.models import Assignment, Milestone
from matchmaker.assignments.states import AssignmentState
from matchmaker.calendars.entries import Dated, DatedEntry
from matchmaker.calendars.queries import calendar_here
from matchmaker.clock import AMSTERDAM, local, today
from matchmaker.cohorts.models import CohortRound
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.states import State
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.placements import actions
from matchmaker.placements.models import EndReason
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Kind, ListingStatus, Party, Role
from tests.factories import listings, matches, people
from tests.factories.client import Client
from tests.factories.dates import meeting, moment
from tests.placements.scenes import Stage, stage

ALL = "/samen/agenda?van=allen"


@pytest.fixture(autouse=True)
def _tuesday(app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


def membership_of(account: object) -> Membership:
    return db.session.query(Membership).filter_by(account_id=account.id).one()  # type: ignore[attr-defined]


def found(membership: Membership, since: date = date(2026, 11, 1), until: date = date(2027, 4, 1)) -> list[str]:
    entries = calendar_here(membership, since=since, until=until)
    return [f"{each.what.value} {each.day}" for each in entries if isinstance(each, DatedEntry)]


@pytest.fixture
def there(_tuesday: None) -> Stage:
    found = stage().running(interim_on=today() + timedelta(days=50))
    Listing.query.update({Listing.respond_before: None})
    assert found.placement is not None
    actions.plan_contact(
        found.placement, date(2026, 12, 10), at_workplace=True, about="Hoe het gaat",
        by=found.actor(Part.SCHOOL_SUPERVISOR),
    )  # fmt: skip
    return found


def test_days_and_talks_of_a_placement_are_in_the_calendar_of_both_sides(there: Stage):
    expected = ["first_day 2026-11-24", "contact 2026-12-10", "interim 2027-01-13", "last_day 2027-03-04"]
    for account in (there.coordinator, there.lecturer, there.officer, there.colleague):
        assert found(membership_of(account)) == expected


def test_another_school_and_municipality_have_nothing_of_it(there: Stage):
    for role, organisation in ((Role.COORDINATOR, people.institution()), (Role.OFFICER, people.municipality())):
        assert found(membership_of(people.member(role, organisation))) == []


def test_a_lecturer_without_a_part_sees_no_placement_of_others(there: Stage):
    assert found(membership_of(people.member(Role.LECTURER, there.school))) == []


def test_a_placement_that_does_not_go_on_is_left_out(there: Stage):
    assert there.placement is not None
    actions.call_off(there.placement, because=EndReason.PERSONAL, note="", by=there.actor(Part.COORDINATOR))
    assert found(membership_of(there.coordinator)) == []


def test_closing_days_of_what_is_online_are_in_it():
    town = people.municipality()
    officer = membership_of(people.member(Role.OFFICER, town))
    for status in (ListingStatus.PUBLISHED, ListingStatus.DRAFT, ListingStatus.CLOSED):
        listings.offer(town, respond_before=date(2026, 12, 1), status=status)
    db.session.refresh(officer.organisation)
    assert found(officer) == ["offer_closes 2026-12-01"]


def test_presentations_and_milestones_of_an_assignment_are_in_it():
    school, town = people.institution(), people.municipality()
    lecturer, officer = (people.member(Role.LECTURER, school), people.member(Role.OFFICER, town))
    db.session.refresh(town)
    match = matches.match(
        listings.need(school, kind=Kind.GROUP, title="Fietsen in de wijk"),
        listings.offer(town, kind=Kind.GROUP),
        state=State.AGREED,
        initiated_by=Party.SCHOOL,
    )
    match.desk_id = town.desk_id
    Listing.query.update({Listing.respond_before: None})
    made = Assignment(match_id=match.id, presentation_at=moment(20).starts_at, presentation_place="Raadzaal")
    db.session.add(made)
    db.session.flush()
    made.milestones.append(Milestone(title="Plan af", day=date(2026, 12, 1)))
    db.session.flush()
    days = [f"milestone {date(2026, 12, 1)}", f"presentation {local(moment(20).starts_at).date()}"]
    assert [found(membership_of(each)) for each in (lecturer, officer)] == [days, days]
    made.state = AssignmentState.STOPPED
    db.session.flush()
    assert found(membership_of(lecturer)) == []


def test_the_last_day_for_wishes_is_for_who_looks_after_the_programme():
    school = people.institution()
    coordinator, lecturer = people.member(Role.COORDINATOR, school), people.member(Role.LECTURER, school)
    programme = people.programme(school)
    wishes = CohortRound(
        institution_id=school.id, programmes=[programme], name="Voorjaar", kind=Kind.WORK,
        wishes_until=date(2026, 12, 5), seed="a" * 64,
    )  # fmt: skip
    db.session.add(wishes)
    db.session.flush()
    assert found(membership_of(coordinator)) == [f"{Dated.WISHES_CLOSE.value} 2026-12-05"]
    assert found(membership_of(lecturer)) == []


def address_of(client: Client) -> str:
    page = client.post("/samen/agenda/abonnement/allen", follow_redirects=True).text
    start = page.index("/agenda/organisatie/")
    return page[start : page.index(".ics", start) + 4]


def test_a_calendar_program_reads_the_feed(client: Client, there: Stage):
    town = there.municipality
    listings.offer(
        town, respond_before=date(2026, 12, 1), status=ListingStatus.PUBLISHED, title='Brief; "snel", én\nkort'
    )
    address = address_of(client.sign_in(there.officer))
    client.post("/uitloggen")
    answer = client.get(address)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/calendar", "private, max-age=900")
    calendar = Calendar.from_ical(answer.data)
    events = {str(each["uid"]): each for each in calendar.walk("VEVENT")}
    assert len(events) == len(calendar.walk("VEVENT")) == 5
    assert str(calendar["x-wr-calname"]) == "Agenda van Nieuwegein"
    placement = there.placement
    assert placement is not None
    first = events[f"first_day-{placement.id}@matchmaker"]
    assert str(first["summary"]) == "Eerste dag: Brieven over de bijstand (Hogeschool Vechtland)"
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 11, 24), date(2026, 11, 25))
    assert str(first["url"]).endswith(f"/plaatsingen/{placement.id}")
    assert "Noor" not in answer.text
    assert '"snel", én' in "".join(str(each["summary"]) for each in events.values())


def test_a_moment_in_the_feed_stays_at_its_hour(client: Client):
    there = meeting()
    agreed = there.agree(moment(3))
    answer = client.get(address_of(client.sign_in(there.lecturer)))
    (event,) = [each for each in Calendar.from_ical(answer.data).walk("VEVENT") if each["uid"] == agreed.uid]
    start = event.decoded("dtstart")
    assert isinstance(start, datetime)
    assert start.astimezone(AMSTERDAM) == agreed.starts_at.astimezone(AMSTERDAM)


def test_a_new_address_ends_the_old_one_and_stopping_ends_it_all(client: Client, there: Stage):
    client.sign_in(there.officer)
    first, second = address_of(client), address_of(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    client.post("/samen/agenda/abonnement/allen/stop")
    assert client.get(second).status_code == 410


def test_the_address_ends_for_who_leaves(client: Client, there: Stage):
    address = address_of(client.sign_in(there.officer))
    membership_of(there.officer).status = MembershipStatus.ENDED
    db.session.flush()
    assert client.get(address).status_code == 410


def test_ones_own_address_is_not_that_of_the_organisation(client: Client, there: Stage):
    token = address_of(client.sign_in(there.officer)).removeprefix("/agenda/organisatie/")
    assert client.get(f"/agenda/feed/{token}").status_code == 410


def test_the_page_shows_them_with_their_page(client: Client, there: Stage):
    assert there.placement is not None
    page = client.sign_in(there.lecturer).get(f"{ALL}&maand=2026-12").text
    assert "Gesprek met student en begeleider: Brieven over de bijstand (Nieuwegein)" in page
    assert f'href="/plaatsingen/{there.placement.id}"' in page
    assert Listing.query.count() == 2
