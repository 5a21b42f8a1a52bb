from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.reference import (
    AMSTERDAM,
    DaysOff,
    Holiday,
    LiberationDay,
    add_working_days,
    arrival_moment,
    due_moment,
    is_working_day,
    public_holidays,
    working_days_between,
)

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2045, 12, 31))
moments = st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2045, 12, 31), timezones=st.just(UTC))
promises = st.integers(min_value=0, max_value=30)


def amsterdam(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


def test_the_public_holidays_of_2026():
    assert {on: names[0] for on, names in public_holidays(2026).items()} == {
        date(2026, 1, 1): Holiday.NEW_YEAR,
        date(2026, 4, 3): Holiday.GOOD_FRIDAY,
        date(2026, 4, 5): Holiday.EASTER_SUNDAY,
        date(2026, 4, 6): Holiday.EASTER_MONDAY,
        date(2026, 4, 27): Holiday.KINGS_DAY,
        date(2026, 5, 5): Holiday.LIBERATION_DAY,
        date(2026, 5, 14): Holiday.ASCENSION_DAY,
        date(2026, 5, 24): Holiday.WHIT_SUNDAY,
        date(2026, 5, 25): Holiday.WHIT_MONDAY,
        date(2026, 12, 25): Holiday.CHRISTMAS_DAY,
        date(2026, 12, 26): Holiday.SECOND_CHRISTMAS_DAY,
    }


@pytest.mark.parametrize("year", [1990, 2013, 2024, 2038, 2060, 2099])
def test_every_year_has_all_eleven_holidays(year: int):
    named = [name for names in public_holidays(year).values() for name in names]
    assert sorted(named) == sorted(Holiday)


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday():
    assert public_holidays(2025)[date(2025, 4, 26)] == (Holiday.KINGS_DAY,)
    assert date(2025, 4, 27) not in public_holidays(2025)


def test_two_holidays_can_fall_on_one_day():
    assert set(public_holidays(2016)[date(2016, 5, 5)]) == {Holiday.ASCENSION_DAY, Holiday.LIBERATION_DAY}
    assert not is_working_day(date(2016, 5, 5), DaysOff(liberation_day=LiberationDay.NEVER))


def test_good_friday_is_a_working_day_unless_the_municipality_closes():
    assert is_working_day(date(2026, 4, 3))
    assert not is_working_day(date(2026, 4, 3), DaysOff(good_friday=True))


def test_liberation_day_is_off_every_year_unless_set_to_once_in_five_years_or_never():
    lustrum = DaysOff(liberation_day=LiberationDay.LUSTRUM)
    never = DaysOff(liberation_day=LiberationDay.NEVER)
    assert [is_working_day(date(2026, 5, 5), off) for off in (DaysOff(), lustrum, never)] == [False, True, True]
    assert [is_working_day(date(2025, 5, 5), off) for off in (DaysOff(), lustrum, never)] == [False, False, True]


def test_a_municipality_can_close_on_days_of_its_own():
    bridge = date(2026, 5, 15)
    assert is_working_day(bridge)
    assert not is_working_day(bridge, DaysOff(extra=frozenset({bridge})))


def test_the_weekend_is_never_a_working_day():
    assert not is_working_day(date(2026, 3, 7))
    assert not is_working_day(date(2026, 3, 8))


def test_working_days_skip_the_weekend_and_easter():
    assert add_working_days(date(2026, 4, 2), 2) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 7), -2) == date(2026, 4, 2)
    assert add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 7)
    assert working_days_between(date(2026, 4, 2), date(2026, 4, 7)) == 2


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (amsterdam(2026, 3, 2, 10), 2, amsterdam(2026, 3, 4, 17)),
        (amsterdam(2026, 3, 2, 6), 2, amsterdam(2026, 3, 4, 17)),
        (amsterdam(2026, 3, 2, 17), 2, amsterdam(2026, 3, 4, 17)),
        (amsterdam(2026, 3, 2, 17, 1), 2, amsterdam(2026, 3, 5, 17)),
        (amsterdam(2026, 2, 27, 18), 2, amsterdam(2026, 3, 4, 17)),
        (amsterdam(2026, 2, 28, 12), 2, amsterdam(2026, 3, 4, 17)),
        (amsterdam(2026, 3, 6, 10), 2, amsterdam(2026, 3, 10, 17)),
        (amsterdam(2026, 4, 2, 18), 1, amsterdam(2026, 4, 7, 17)),
        (amsterdam(2026, 4, 27, 11), 0, amsterdam(2026, 4, 28, 17)),
        (amsterdam(2026, 3, 2, 10), 0, amsterdam(2026, 3, 2, 17)),
        (amsterdam(2026, 12, 24, 16), 5, amsterdam(2027, 1, 4, 17)),
    ],
)
def test_a_promise_ends_at_five_on_the_last_working_day(start: datetime, working_days: int, due: datetime):
    assert due_moment(start, working_days) == due


def test_the_clock_follows_amsterdam_through_summer_time():
    assert due_moment(amsterdam(2026, 3, 27, 10), 1) == datetime(2026, 3, 30, 15, tzinfo=UTC)
    assert due_moment(amsterdam(2026, 10, 23, 10), 1) == datetime(2026, 10, 26, 16, tzinfo=UTC)


def test_late_in_the_evening_in_utc_can_be_the_next_day_in_amsterdam():
    assert due_moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), 1) == amsterdam(2026, 3, 3, 17)


def test_the_clock_starts_at_once_in_office_hours_and_at_nine_otherwise():
    assert arrival_moment(amsterdam(2026, 3, 2, 10, 30)) == amsterdam(2026, 3, 2, 10, 30)
    assert arrival_moment(amsterdam(2026, 3, 2, 7)) == amsterdam(2026, 3, 2, 9)
    assert arrival_moment(amsterdam(2026, 3, 6, 17, 30)) == amsterdam(2026, 3, 9, 9)


def test_days_off_of_the_municipality_move_its_promise():
    closed = DaysOff(extra=frozenset({date(2026, 5, 15)}))
    assert due_moment(amsterdam(2026, 5, 13, 10), 1) == amsterdam(2026, 5, 15, 17)
    assert due_moment(amsterdam(2026, 5, 13, 10), 1, closed) == amsterdam(2026, 5, 18, 17)


def test_a_moment_without_a_time_zone_or_a_promise_backwards_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due_moment(datetime(2026, 3, 2, 10), 2)
    with pytest.raises(ValueError, match="before the request"):
        due_moment(amsterdam(2026, 3, 2, 10), -1)


@settings(deadline=None)
@given(days, st.integers(min_value=1, max_value=60))
def test_adding_and_counting_working_days_agree(start: date, n: int):
    later = add_working_days(start, n)
    assert is_working_day(later)
    assert working_days_between(start, later) == n
    assert working_days_between(later, start) == -n


@settings(deadline=None)
@given(days, st.integers(min_value=1, max_value=60))
def test_going_forward_and_back_returns_to_a_working_day(start: date, n: int):
    home = add_working_days(start, 0)
    assert add_working_days(add_working_days(home, n), -n) == home


@settings(deadline=None)
@given(days, st.integers(min_value=0, max_value=20), st.integers(min_value=0, max_value=20))
def test_adding_in_two_steps_is_adding_at_once(start: date, first: int, second: int):
    home = add_working_days(start, 0)
    assert add_working_days(add_working_days(home, first), second) == add_working_days(home, first + second)


@settings(deadline=None)
@given(moments, promises)
def test_a_promise_is_due_at_five_on_a_working_day_and_never_before_the_request(start: datetime, promise: int):
    due = due_moment(start, promise)
    local = due.astimezone(AMSTERDAM)
    assert due.utcoffset() == timedelta(0)
    assert local.time() == time(17)
    assert is_working_day(local.date())
    assert start <= arrival_moment(start) <= due


@settings(deadline=None)
@given(moments, promises, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20)))
def test_a_later_request_is_never_due_earlier(start: datetime, promise: int, later: timedelta):
    assert due_moment(start, promise) <= due_moment(start + later, promise)


@settings(deadline=None)
@given(moments, promises)
def test_one_more_working_day_is_due_on_the_next_working_day(start: datetime, promise: int):
    today = due_moment(start, promise).astimezone(AMSTERDAM).date()
    tomorrow = due_moment(start, promise + 1).astimezone(AMSTERDAM).date()
    assert working_days_between(today, tomorrow) == 1
