"""Calendar files, read back by the icalendar library."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar, Event

from matchmaker.appointments.ical import Method, download, feed, invitation
from matchmaker.appointments.spans import Span
from matchmaker.clock import at
from matchmaker.matches import dates
from matchmaker.matches.closing import withdraw
from matchmaker.vocabulary import Kind, Party
from tests.factories.dates import meeting, moment, period

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def only_event(content: bytes) -> Event:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def span(day: date, hour: int = 10) -> Span:
    start = at(day, time(hour))
    return Span(start, start + timedelta(minutes=90))


def test_an_invitation_names_the_moment_the_place_and_the_reader(app: Flask):
    appointment = meeting().agree()
    reader = appointment.people[0]
    calendar = Calendar.from_ical(invitation(appointment, Method.REQUEST, attendee=reader))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["uid"], event["sequence"]) == ("REQUEST", appointment.uid, 0)
    assert event["summary"] == "Gastles: De Omgevingswet"
    assert event["location"] == "Utrecht"
    assert event.decoded("dtstart") == appointment.starts_at
    assert event.decoded("dtend") == appointment.ends_at
    assert (event["status"], event["transp"]) == ("CONFIRMED", "OPAQUE")


def test_nobody_sees_the_address_of_another(app: Flask):
    appointment = meeting().agree()
    for reader in appointment.people:
        content = invitation(appointment, Method.REQUEST, attendee=reader).decode()
        others = [each.email for each in appointment.people if each is not reader]
        assert reader.email in content.replace("\r\n ", "")
        assert [address for address in others if address in content.replace("\r\n ", "")] == []
        assert str(only_event(content.encode())["organizer"]) == "mailto:loket@matchmaker.example"


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 3, 27), 1), (date(2027, 3, 29), 2), (date(2027, 10, 30), 2), (date(2027, 11, 1), 1)]
)
def test_ten_in_the_morning_stays_ten_before_and_after_the_clock_changes(app: Flask, day: date, offset: int):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        appointment = meeting().agree(span(day))
        event = only_event(download(appointment, language="nl"))
    start = event.decoded("dtstart")
    assert start.astimezone(AMSTERDAM).time() == time(10)
    assert start.utcoffset() == timedelta(hours=offset)
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"


@pytest.mark.parametrize("year", [2026, 2027, 2031, 2037])
def test_the_rules_for_dutch_time_in_the_file_give_the_same_offset_as_ours(app: Flask, year: int):
    appointment = meeting().agree()
    (zone,) = Calendar.from_ical(download(appointment, language="nl")).walk("VTIMEZONE")
    theirs = zone.to_tz()
    for month in range(1, 13):
        for day in (1, 24, 25, 26, 27, 28):
            noon = datetime(year, month, day, 12)
            assert noon.replace(tzinfo=theirs).utcoffset() == noon.replace(tzinfo=AMSTERDAM).utcoffset(), noon


def test_a_place_stands_in_the_calendar_on_its_first_day_and_blocks_no_time(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        appointment = meeting(Kind.WORK).agree(period(date(2027, 2, 8), date(2027, 6, 25)))
        event = only_event(download(appointment, language="nl"))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 2, 8), date(2027, 2, 9))
    assert event["transp"] == "TRANSPARENT"
    assert (appointment.first_day, appointment.last_day) == (date(2027, 2, 8), date(2027, 6, 25))


def test_a_change_keeps_the_uid_and_raises_the_sequence(app: Flask):
    there = meeting()
    appointment = there.agree()
    uid, first = appointment.uid, appointment.sequence
    dates.reopen(there.match, by=there.lecturer, as_party=Party.SCHOOL)
    doubtful = only_event(download(appointment, language="nl"))
    moved = there.agree(moment(30))
    event = only_event(download(moved, language="nl"))
    assert (doubtful["status"], event["status"]) == ("TENTATIVE", "CONFIRMED")
    assert [moved.uid, event["uid"]] == [uid, uid]
    assert first < doubtful["sequence"] < event["sequence"]


def test_a_cancellation_says_so(app: Flask):
    there = meeting()
    appointment = there.agree()
    before = appointment.sequence
    withdraw(there.match, note="Ziek", by=there.lecturer, as_party=Party.SCHOOL)
    content = invitation(appointment, Method.CANCEL, attendee=appointment.people[0])
    event = only_event(content)
    assert Calendar.from_ical(content)["method"] == "CANCEL"
    assert (event["status"], event["sequence"]) == ("CANCELLED", before + 1)


def test_hostile_words_stay_words(app: Flask):
    there = meeting(title="Les\r\nEND:VEVENT\r\nATTENDEE:mailto:x@evil.example")
    there.lecturer.display_name = 'Marit";X=1:mailto:x@evil.example'
    there.wording = {"nl": {"summary": "A\r\nEND:VCALENDAR", "description": "B\nBEGIN:VALARM"}}
    appointment = there.agree()
    calendar = Calendar.from_ical(invitation(appointment, Method.REQUEST, attendee=appointment.people[0]))
    assert len(calendar.walk("VEVENT")) == 1
    assert calendar.walk("VALARM") == []
    (event,) = calendar.walk("VEVENT")
    assert str(event["attendee"]) == f"mailto:{there.lecturer.email}"


def test_a_feed_holds_each_appointment_once_in_the_language_of_its_reader(app: Flask):
    there = meeting()
    there.wording = {"nl": {"summary": "Gastles"}, "en": {"summary": "Guest lecture"}}
    appointments = [there.agree(), meeting().agree()]
    calendar = Calendar.from_ical(feed(appointments, language="en", name="Mijn agenda"))
    assert calendar["method"] == "PUBLISH"
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")][0] == "Guest lecture"
    assert len({event["uid"] for event in calendar.walk("VEVENT")}) == 2
