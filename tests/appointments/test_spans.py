"""Which moments can be proposed."""

from datetime import date, time, timedelta

import pytest
import time_machine

from matchmaker.appointments.models import AppointmentKind
from matchmaker.appointments.spans import appointment_kind, period_span, session_span
from matchmaker.clock import local, today
from matchmaker.errors import InvalidValue
from matchmaker.vocabulary import Kind

NAMES = ("day", "start", "minutes")
NOW = "2026-11-24 10:00:00+01:00"


def refused(day: date, hour: time = time(10), minutes: int = 60) -> tuple[str, str]:
    with pytest.raises(InvalidValue) as error:
        session_span(day, hour, minutes, fields=NAMES)
    return error.value.field, error.value.reason


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_moment_lasts_the_minutes_that_were_asked():
    span = session_span(date(2027, 3, 2), time(10), 90, fields=NAMES)
    assert (local(span.starts_at).hour, span.ends_at - span.starts_at) == (10, timedelta(minutes=90))


def test_yesterday_is_refused_at_the_day():
    assert refused(date(2026, 11, 23)) == ("day", "past")


def test_this_morning_is_refused_at_the_hour():
    assert refused(date(2026, 11, 24), time(9)) == ("start", "hour_past")


def test_more_than_two_years_ahead_is_refused():
    session_span(date(2028, 11, 24), time(10), 60, fields=NAMES)
    assert refused(date(2028, 11, 25)) == ("day", "more_than_two_years")


def test_the_hour_that_the_spring_night_skips_is_refused():
    assert refused(date(2027, 3, 28), time(2, 30)) == ("start", "clock_skips")
    session_span(date(2027, 3, 28), time(3), 60, fields=NAMES)


def test_a_session_in_the_autumn_night_keeps_its_length():
    span = session_span(date(2027, 10, 31), time(1, 30), 120, fields=NAMES)
    assert span.ends_at - span.starts_at == timedelta(minutes=120)
    assert local(span.ends_at).time() == time(2, 30)


@pytest.mark.parametrize("minutes", [0, 14, 481, 10**9, -60])
def test_minutes_outside_a_quarter_and_a_working_day_are_refused(minutes):
    assert refused(date(2027, 3, 2), minutes=minutes) == ("minutes", "minutes")


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(InvalidValue) as error:
        period_span(date(2027, 2, 8), date(2027, 2, 7), fields=("first", "last"))
    assert (error.value.field, error.value.reason) == ("last", "reversed")


def test_a_period_of_one_day_is_possible():
    span = period_span(today(), today(), fields=("first", "last"))
    assert span.first_day == span.last_day == today()


def test_a_lecture_has_a_moment_a_place_its_days_and_a_seat_a_term():
    assert [appointment_kind(kind) for kind in (Kind.LECTURE, Kind.WORK, Kind.GROUP, Kind.SEAT)] == [
        AppointmentKind.SESSION,
        AppointmentKind.START,
        AppointmentKind.START,
        AppointmentKind.TERM,
    ]


def test_two_years_from_leap_day_is_the_last_day_of_february():
    with time_machine.travel("2028-02-29 10:00:00+01:00", tick=False):
        session_span(date(2030, 2, 28), time(10), 60, fields=NAMES)
        assert refused(date(2030, 3, 1)) == ("day", "more_than_two_years")
