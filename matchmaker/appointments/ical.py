"""Calendar files (RFC 5545, RFC 5546): the invitation, its changes, and a feed to subscribe to.

Times carry Europe/Amsterdam with its own rules, so an appointment never shifts when the clock does. The organiser is
the platform and each file names its one reader: nobody sees another's address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vUri,
)

from matchmaker.appointments.models import Answer, AppointmentStatus
from matchmaker.clock import AMSTERDAM, now

PRODUCT = "-//Matchmaker//Afspraken//NL"
REFRESH = timedelta(hours=4)


class Method(StrEnum):
    """What a calendar should do with a file."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Entry(Protocol):
    """What stands in a calendar: an appointment, a meeting or what a noun tells. `path` is its page."""

    sequence: Any
    title: Any
    wording: Any
    starts_at: Any
    ends_at: Any
    location: Any
    online_url: Any

    @property
    def uid(self) -> Any: ...
    @property
    def status(self) -> AppointmentStatus: ...
    @property
    def day(self) -> date: ...
    @property
    def path(self) -> str: ...


class Guest(Protocol):
    """Whose calendar it is."""

    standby: Any
    answer: Any

    @property
    def reads(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def display_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Site:
    """Who invites, and where the page of a match is."""

    name: str = "Matchmaker"
    address: str = "loket@matchmaker.example"
    url: str = "http://localhost:5000"


_site = Site()


def use_site(site: Site) -> None:
    """Set who invites; called once when the application is made."""
    global _site
    _site = site


def uid_of(noun: str, number: int) -> str:
    """The name of an entry made of a row: never that of another row, nor of another site."""
    return f"{noun}-{number}@{urlsplit(_site.url).hostname or 'matchmaker'}"


def invitation(appointment: Entry, method: Method, *, attendee: Guest) -> bytes:
    """The file for one person: an invitation, a change (the same uid, a higher sequence) or a cancellation."""
    calendar = _calendar(method)
    event = _event(appointment, language=attendee.reads)
    event.add("attendee", _invited(attendee), encode=False)
    if method is Method.CANCEL:
        event["status"] = "CANCELLED"
    elif attendee.standby:
        event["status"] = "TENTATIVE"
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def download(appointment: Entry, *, language: str) -> bytes:
    """The file for whoever wants to put it in a calendar by hand."""
    return _published([appointment], language=language, name="")


def feed(appointments: Iterable[Entry], *, language: str, name: str) -> bytes:
    """What a calendar program fetches again and again; cancelled appointments stay in it, marked as such."""
    return _published(appointments, language=language, name=name)


def _published(appointments: Iterable[Entry], *, language: str, name: str) -> bytes:
    calendar = _calendar(Method.PUBLISH)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    for appointment in appointments:
        calendar.add_component(_event(appointment, language=language))
    return bytes(calendar.to_ical())


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_dutch_time())
    return calendar


def _event(appointment: Entry, *, language: str) -> Event:
    words = appointment.wording.get(language) or appointment.wording.get("nl") or {}
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", now().astimezone(UTC))
    event.add("summary", words.get("summary") or appointment.title)
    event.add("description", words.get("description", ""))
    _put_time(event, appointment)
    if appointment.location or appointment.online_url:
        event.add("location", appointment.location or appointment.online_url)
    event.add("organizer", _organiser(), encode=False)
    event.add("url", vUri(f"{_site.url}{appointment.path}"))
    event.add("status", _status(appointment))
    return event


def _put_time(event: Event, appointment: Entry) -> None:
    """A session at its hours; of a place or a seat the first day, as a whole day that blocks no one's time."""
    if appointment.starts_at is not None and appointment.ends_at is not None:
        event.add("dtstart", appointment.starts_at.astimezone(AMSTERDAM))
        event.add("dtend", appointment.ends_at.astimezone(AMSTERDAM))
        event.add("transp", "OPAQUE")
        return
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _status(appointment: Entry) -> str:
    if appointment.status is AppointmentStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if appointment.status is AppointmentStatus.MOVING else "CONFIRMED"


def _organiser() -> vCalAddress:
    organiser = vCalAddress(f"mailto:{_site.address}")
    organiser.params["CN"] = _one_line(_site.name)
    return organiser


def _invited(attendee: Guest) -> vCalAddress:
    invited = vCalAddress(f"mailto:{attendee.email}")
    invited.params["CN"] = _one_line(attendee.display_name)
    invited.params["ROLE"] = "OPT-PARTICIPANT" if attendee.standby else "REQ-PARTICIPANT"
    invited.params["PARTSTAT"] = "ACCEPTED" if attendee.answer is Answer.COMING else "NEEDS-ACTION"
    invited.params["RSVP"] = "FALSE"
    return invited


def _one_line(text: str) -> str:
    return " ".join(text.replace('"', "'").split())


def _dutch_time() -> Timezone:
    """Dutch time as it has been since 1996: the last Sundays of March and October, at 1.00 UTC."""
    zone = Timezone()
    zone.add("tzid", "Europe/Amsterdam")
    for part, name, before, after, month, hour in (
        (TimezoneDaylight(), "CEST", 1, 2, 3, 2),
        (TimezoneStandard(), "CET", 2, 1, 10, 3),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, hour))
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        zone.add_component(part)
    return zone
