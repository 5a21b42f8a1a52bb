"""Everything that stands in someone's own calendar, whichever noun tells it."""

from collections.abc import Iterable
from datetime import date, timedelta

from matchmaker.accounts.models import Account
from matchmaker.appointments.entries import CalendarEntry
from matchmaker.appointments.models import Appointment
from matchmaker.appointments.queries import for_feed, in_calendar_of, next_in_calendar_of
from matchmaker.assignments.calendar import presentations_for_feed, presentations_of
from matchmaker.clock import now, today
from matchmaker.committees.meeting_models import Meeting
from matchmaker.committees.meeting_queries import (
    meetings_for_feed,
    meetings_in_calendar_of,
    next_meeting_of,
)
from matchmaker.placements.calendar import talks_for_feed, talks_of
from matchmaker.words.assignments import presentation_entry
from matchmaker.words.talks import talk_entry

Entry = Appointment | Meeting | CalendarEntry
AHEAD = timedelta(days=800)
"""Nothing is planned further ahead than two years."""


def entries_of(account: Account, *, since: date, until: date) -> list[Entry]:
    """What someone takes part in, from one day up to another."""
    return [
        *in_calendar_of(account, since=since, until=until),
        *meetings_in_calendar_of(account, since=since, until=until),
        *map(presentation_entry, presentations_of(account, since=since, until=until)),
        *map(talk_entry, talks_of(account, since=since, until=until)),
    ]


def entries_for_feed(account: Account) -> list[Entry]:
    """Everything to come, half a year back, and what was cancelled."""
    return [
        *for_feed(account),
        *meetings_for_feed(account),
        *map(presentation_entry, presentations_for_feed(account)),
        *map(talk_entry, talks_for_feed(account)),
    ]


def coming_up(account: Account) -> Iterable[Entry]:
    """The first of each noun that is still to come."""
    found = (
        next_in_calendar_of(account),
        next_meeting_of(account),
        _next_presentation(account),
        _next_talk(account),
    )
    return (each for each in found if each is not None)


def _next_talk(account: Account) -> CalendarEntry | None:
    planned = talks_of(account, since=today(), until=today() + AHEAD)
    return next((talk_entry(each) for each in planned if each.held_on is None), None)


def _next_presentation(account: Account) -> CalendarEntry | None:
    planned = presentations_of(account, since=today(), until=today() + AHEAD)
    coming = (each for each in planned if each.presentation_at is not None and each.presentation_at > now())
    return next(map(presentation_entry, coming), None)
