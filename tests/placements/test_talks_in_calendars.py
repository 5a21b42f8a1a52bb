"""The talks of a placement in the calendars of those who take part."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from matchmaker.appointments.models import AppointmentStatus
from matchmaker.clock import today
from matchmaker.mail.models import Letter
from matchmaker.placements import actions
from matchmaker.placements.calendar import talks_for_feed, talks_of
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Role
from matchmaker.words.talks import talk_entry, talk_wording
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.placements.scenes import Stage, stage
from tests.web.together.test_calendar import subscribe

pytestmark = pytest.mark.usefixtures("app")
DAYS = 10


def planned() -> tuple[Stage, object]:
    """A running placement with a talk ten days ahead, planned by the student."""
    there = stage().running()
    assert there.placement is not None
    contact = actions.plan_contact(
        there.placement, today() + timedelta(days=DAYS), at_workplace=True, about="Tussenstand",
        wording=talk_wording(there.placement, "Tussenstand"), by=there.actor(Part.STUDENT),
    )  # fmt: skip
    return there, contact


def of_talks(news: str) -> list[Letter]:
    return [each for each in letters("placement_step") if each.values["news"] == news]


def entry(letter: Letter) -> Event:
    assert letter.calendar is not None
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event


def test_everyone_gets_the_talk_in_the_calendar_and_out_of_it_when_it_falls() -> None:
    there, contact = planned()
    told = of_talks("contact")
    everyone = {there.student.email, there.lecturer.email, there.colleague.email}
    assert everyone <= {each.to_address for each in told}
    of_lecturer = next(each for each in told if each.to_address == there.lecturer.email)
    first = entry(of_lecturer)
    assert first.decoded("dtstart") == today() + timedelta(days=DAYS)
    assert str(first["summary"]).startswith("Gesprek over de stage: ")
    assert there.student.display_name not in of_lecturer.calendar.decode()
    actions.drop_contact(contact, by=there.actor(Part.STUDENT))
    off = of_talks("contact_off")
    assert {each.to_address for each in off} == {each.to_address for each in told}
    gone = entry(off[0])
    assert (gone["uid"], str(gone["status"])) == (first["uid"], "CANCELLED")
    assert gone["sequence"] > first["sequence"]
    assert talks_for_feed(there.lecturer) == []


def test_a_talk_is_in_the_calendar_of_those_with_a_part_and_of_nobody_else() -> None:
    there, contact = planned()
    stranger = people.member(Role.LECTURER, people.institution())
    days = {"since": today(), "until": today() + timedelta(days=DAYS + 1)}
    for person in (there.lecturer, there.colleague, there.student):
        assert talks_of(person, **days) == [contact]
        assert talks_for_feed(person) == [contact]
    assert talks_of(stranger, **days) == []
    assert talks_for_feed(stranger) == []
    assert talks_of(there.lecturer, since=today(), until=today() + timedelta(days=DAYS)) == []


def test_a_talk_that_was_held_says_so() -> None:
    there, contact = planned()
    assert talk_entry(contact).status is AppointmentStatus.AGREED
    contact.held_on = today()
    assert talk_entry(contact).status is AppointmentStatus.DONE


def test_the_page_and_the_feed_show_it(client: Client) -> None:
    there, contact = planned()
    client.sign_in(there.lecturer)
    page = client.get(f"/samen/agenda?maand={contact.planned_on:%Y-%m}").text
    assert page.count("Gesprek over de stage: ") == 1
    assert f'href="/plaatsingen/{there.placement.id}/gesprekken"' in page
    assert client.get(f"/plaatsingen/{there.placement.id}/gesprekken").status_code == 200
    uids = [str(each["uid"]) for each in Calendar.from_ical(client.get(subscribe(client)).data).walk("VEVENT")]
    assert uids == [f"talk-{contact.id}@localhost"]
