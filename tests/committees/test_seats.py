"""A seat is vacant, asked for and filled; by a letter, by hand, or by a match."""

from datetime import date, timedelta

import pytest
from flask import Flask

from matchmaker.clock import now, pretending, today
from matchmaker.committees import actions, filling
from matchmaker.committees.filling import Person
from matchmaker.committees.models import Term
from matchmaker.committees.queries import events_of
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.matches import actions as matching
from matchmaker.matches import dates
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import CommitteeKind, Kind, ListingStatus, MunicipalitySize, Party, Role, TermEnd
from tests.committees.scenes import Scene, scene
from tests.factories import listings, matches, people
from tests.factories.dates import period
from tests.factories.letters import letters

pytestmark = pytest.mark.usefixtures("app")
MARIT = Person("Marit Verhoef", "marit@utrecht.example", "Gemeente Utrecht", "Adviseur water", "W20")


def test_who_is_asked_gets_a_letter_with_a_link_and_the_seat_is_not_vacant() -> None:
    here = scene()
    seat = here.seat()
    term = filling.invite(seat, MARIT, starts_on=date(2027, 2, 1), by=here.coordinator)
    assert (seat.state, term.state) == (SeatState.PROPOSED, TermState.PROPOSED)
    assert (term.starts_on, term.ends_on) == (date(2027, 2, 1), date(2031, 1, 31))
    [letter] = letters("seat_asked")
    assert (letter.to_address, letter.to_name) == ("marit@utrecht.example", "Marit Verhoef")
    assert db.session.get_one(Link, letter.link_id).purpose is Purpose.SEAT


def test_a_yes_fills_the_seat_and_knows_the_account_of_that_address() -> None:
    here = scene()
    marit = people.account(email="marit@utrecht.example")
    seat = here.seat()
    term = filling.invite(seat, MARIT, starts_on=today(), by=here.coordinator)
    filling.accept(term, by=None)
    assert (seat.state, term.state, term.account) == (SeatState.FILLED, TermState.RUNNING, marit)
    assert [each.values["answer"] for each in letters("seat_answered")] == ["yes"]
    steps = {f"{each.noun}.{each.action}" for each in events_of(here.committee)}
    assert steps == {"seat.invite", "term.accept", "seat.fill"}


def test_a_no_makes_the_seat_vacant_and_tells_why() -> None:
    here = scene()
    seat = here.seat()
    term = filling.invite(seat, MARIT, starts_on=today(), by=here.coordinator)
    filling.decline(term, note="Ik heb al twee commissies.", by=None)
    assert (seat.state, term.state) == (SeatState.VACANT, TermState.DECLINED)
    assert [each.values["note"] for each in letters("seat_answered")] == ["Ik heb al twee commissies."]


def test_an_invitation_nobody_answers_lapses_with_its_link() -> None:
    here = scene()
    seat = here.seat()
    term = filling.invite(seat, MARIT, starts_on=today(), by=here.coordinator)
    assert filling.lapse_invitations(now()) == 0
    assert filling.lapse_invitations(now() + timedelta(days=31)) == 1
    assert (seat.state, term.state) == (SeatState.VACANT, TermState.WITHDRAWN)
    assert [each.values["answer"] for each in letters("seat_answered")] == ["none"]
    assert db.session.query(Link).filter_by(subject_id=term.id, purpose=Purpose.SEAT).one().revoked_at is not None


def test_who_does_not_answer_is_written_to_once_more_with_the_same_link() -> None:
    here = scene()
    filling.invite(here.seat(), MARIT, starts_on=today(), by=here.coordinator)
    assert filling.remind_invited(now() + timedelta(days=22)) == 0
    assert filling.remind_invited(now() + timedelta(days=24)) == 1
    assert filling.remind_invited(now() + timedelta(days=25)) == 0
    first, second = letters("seat_asked")
    assert (first.link_id, second.values["again"]) == (second.link_id, True)


def test_a_filled_seat_asks_nobody_else() -> None:
    here = scene()
    term = here.member()
    with pytest.raises(InvalidMove):
        filling.invite(term.seat, Person("Ruben Westra", "r@zeist.example"), starts_on=today(), by=here.coordinator)


def test_nobody_sits_twice_in_one_committee() -> None:
    here = scene()
    here.member()
    with pytest.raises(InvalidValue) as refused:
        here.member("Marit Opnieuw", email="MARIT@utrecht.example")
    assert (refused.value.field, refused.value.reason) == ("email", "already_member")


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [(date(2027, 2, 1), date(2027, 1, 1), "reversed"), (date(2027, 2, 1), date(2040, 1, 1), "too_long_period")],
)
def test_a_term_that_cannot_be_is_refused_at_its_last_day(first: date, last: date, reason: str) -> None:
    here = scene()
    with pytest.raises(InvalidValue) as refused:
        here.member(first=first, last=last)
    assert (refused.value.field, refused.value.reason) == ("ends_on", reason)


@pytest.mark.parametrize("year", [1, 1989, 2101, 9999])
def test_a_year_nobody_means_is_refused_at_the_first_day(year: int) -> None:
    with pytest.raises(InvalidValue) as refused:
        scene().member(first=date(year, 9, 1))
    assert (refused.value.field, refused.value.reason) == ("starts_on", "unlikely_year")


def test_a_seat_becomes_a_draft_of_a_need_once() -> None:
    here = scene()
    seat = here.seat(profile="Kent de waterkering.")
    made = filling.post(seat, title="Wie denkt mee?", text="Wij zoeken iemand.", by=here.coordinator)
    assert (made.kind, made.status, made.work_fields, made.study_fields) == (
        Kind.SEAT, ListingStatus.DRAFT, ["W20"], ["0732"],
    )  # fmt: skip
    assert made.details["committee"] == "Werkveldcommissie Civiele Techniek"
    assert made.programme_id == here.programme.id
    assert filling.post(seat, title="Nog eens", text="Tekst", by=here.coordinator) is made


def agreed(here: Scene, seat_need_id: int, *, days: int = 30) -> Match:
    """A municipality said yes to the posting of a seat, and both agreed on the term."""
    municipality = people.municipality(name="Zeist")
    officer = people.member(Role.OFFICER, municipality, who=people.account(display_name="Ruben Westra"))
    need = db.session.get_one(type(listings.need()), seat_need_id)
    match = matches.match(
        need,
        listings.offer(municipality, kind=Kind.SEAT),
        state=State.OFFERED,
        initiated_by=Party.SCHOOL,
        owner_id=officer.id,
        colleague_id=officer.id,
        school_contact_id=here.coordinator.id,
    )
    first = today() + timedelta(days=days)
    [slot] = dates.propose(match, [period(first, first + timedelta(days=700))], by=officer, as_party=Party.MUNICIPALITY)
    dates.choose(match, slot, by=here.coordinator, as_party=Party.SCHOOL, wording={"nl": {"summary": "Start"}})
    return match


def test_a_match_that_is_agreed_fills_the_seat_it_was_about() -> None:
    here = scene()
    seat = here.seat()
    seat.need = listings.need(here.school, kind=Kind.SEAT, owner_id=here.coordinator.id)
    match = agreed(here, seat.need.id)
    term = filling.fill_from_match(match, by=here.coordinator)
    assert term is not None
    assert (seat.state, term.display_name, term.organisation_name) == (SeatState.FILLED, "Ruben Westra", "Zeist")
    assert (term.work_field, term.size) == ("W20", MunicipalitySize.MEDIUM)
    assert (term.starts_on, term.ends_on) == (today() + timedelta(days=30), today() + timedelta(days=730))
    assert filling.fill_from_match(match, by=None) is term
    assert filling.fill_agreed_seats(now()) == 0


def test_an_agreed_match_reaches_its_seat_by_itself_and_takes_back_an_invitation() -> None:
    here = scene()
    seat = here.seat()
    asked = filling.invite(seat, MARIT, starts_on=today(), by=here.coordinator)
    seat.need = listings.need(here.school, kind=Kind.SEAT, owner_id=here.coordinator.id)
    agreed(here, seat.need.id)
    assert filling.fill_agreed_seats(now()) == 1
    assert (asked.state, seat.state) == (TermState.WITHDRAWN, SeatState.FILLED)
    assert filling.fill_agreed_seats(now()) == 0


def test_a_match_about_someone_who_holds_another_seat_leaves_this_one_vacant_and_stops_nothing() -> None:
    here = scene()
    seat = here.seat()
    seat.need = listings.need(here.school, kind=Kind.SEAT, owner_id=here.coordinator.id)
    match = agreed(here, seat.need.id)
    assert match.colleague is not None
    here.member("Ruben Westra", email=match.colleague.email)
    assert filling.fill_from_match(match, by=None) is None
    assert filling.fill_agreed_seats(now()) == 1
    assert (seat.state, match.state) == (SeatState.VACANT, State.AGREED)


def test_a_match_that_is_withdrawn_ends_the_term_and_frees_the_seat() -> None:
    here = scene()
    seat = here.seat()
    seat.need = listings.need(here.school, kind=Kind.SEAT, owner_id=here.coordinator.id)
    match = agreed(here, seat.need.id)
    term = filling.fill_from_match(match, by=None)
    matching.withdraw(match, note="Het lukt niet", by=here.coordinator, as_party=Party.SCHOOL)
    assert filling.fill_agreed_seats(now()) == 1
    assert term is not None
    assert (term.state, term.stopped_because, seat.state) == (TermState.ENDED, TermEnd.OTHER, SeatState.VACANT)


def test_who_is_asked_by_mail_closes_the_posting_that_looked_for_someone() -> None:
    here = scene()
    seat = here.seat()
    seat.need = listings.need(here.school, kind=Kind.SEAT, owner_id=here.coordinator.id)
    filling.accept(filling.invite(seat, MARIT, starts_on=today(), by=here.coordinator), by=None)
    assert seat.need.status is ListingStatus.CLOSED


def test_a_committee_that_closes_cancels_what_was_planned_and_ends_every_term() -> None:
    here = scene()
    term, asked = here.member(), filling.invite(here.seat("Nog één"), MARIT_TOO, starts_on=today(), by=here.coordinator)
    meeting = here.meeting()
    actions.close_committee(here.committee, by=here.coordinator)
    assert (term.state, term.stopped_because) == (TermState.ENDED, TermEnd.COMMITTEE_CLOSED)
    assert (asked.state, meeting.state.value) == (TermState.WITHDRAWN, "cancelled")
    assert {each.state for each in here.committee.seats} == {SeatState.REMOVED}
    with pytest.raises(InvalidMove):
        actions.close_committee(here.committee, by=here.coordinator)
    with pytest.raises(InvalidMove):
        here.seat("Te laat")


MARIT_TOO = Person("Samira El Amrani", "samira@utrecht.example")


@pytest.mark.parametrize(
    ("field", "reason", "values"),
    [
        ("name", "required", {"name": " "}),
        ("term_years", "too_small", {"term_years": 0}),
        ("term_years", "too_large", {"term_years": 9}),
        ("renewals", "too_large", {"renewals": 6}),
        ("meetings_per_year", "too_small", {"meetings_per_year": 0}),
    ],
)
def test_a_committee_that_cannot_be_is_refused_at_its_field(field: str, reason: str, values: dict[str, object]) -> None:
    with pytest.raises(InvalidValue) as refused:
        scene(**values)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_a_committee_about_content_needs_a_programme_of_its_own_faculty() -> None:
    here = scene()
    other = people.programme(here.school, name="Rechten")
    given = {
        "name": "Commissie", "purpose": "", "term_years": 4, "renewals": 1, "meetings_per_year": 2, "owner": None,
        "by": here.coordinator, "faculty": here.programme.faculty,
    }  # fmt: skip
    for programme, reason in ((None, "content_needs_programme"), (other, "other_faculty")):
        with pytest.raises(InvalidValue) as refused:
            actions.save_committee(None, kind=CommitteeKind.CONTENT, programme=programme, **given)  # type: ignore[arg-type]
        assert (refused.value.field, refused.value.reason) == ("programme", reason)


def test_two_seats_of_one_name_are_refused_and_a_seat_in_use_stays() -> None:
    here = scene()
    term = here.member()
    with pytest.raises(InvalidValue) as refused:
        here.seat(term.seat.name.upper())
    assert (refused.value.field, refused.value.reason) == ("name", "taken")
    with pytest.raises(InvalidMove):
        actions.remove_seat(term.seat, by=here.coordinator)


def test_a_link_to_a_seat_holds_no_more_than_its_token(app: Flask) -> None:
    here = scene()
    filling.invite(here.seat(), MARIT, starts_on=today(), by=here.coordinator)
    link = db.session.query(Link).filter_by(purpose=Purpose.SEAT).one()
    assert len(token_of(link)) >= 43
    assert link.values == {}
    with pretending(now() + timedelta(days=29)):
        assert link.expires_at is not None and link.expires_at > now()
    assert db.session.query(Term).count() == 1


@pytest.mark.parametrize(
    ("organisation", "filled_in", "size"),
    [
        ("Utrecht", None, MunicipalitySize.LARGE),
        ("gemeente utrecht", MunicipalitySize.SMALL, MunicipalitySize.LARGE),
        ("Gemeente Bunnik", None, MunicipalitySize.SMALL),
        ("Adviesbureau Delta", MunicipalitySize.MEDIUM, MunicipalitySize.MEDIUM),
    ],
)
def test_the_register_knows_the_size_of_a_municipality(organisation, filled_in, size) -> None:
    here = scene()
    person = Person(name="Joke Bos", email="joke@elders.example", organisation_name=organisation, size=filled_in)
    assert filling.seat_member(here.seat(), person, starts_on=today(), by=here.coordinator).size is size
