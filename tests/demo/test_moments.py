"""The days of the demo fit on any day of the year: in a weekend, on a holiday, before and after office hours."""

from datetime import date, datetime, time, timedelta

import pytest

from matchmaker.clock import at, local
from matchmaker.demo.moments import Calendar
from matchmaker.reference.holidays import due_moment, is_working_day

NOON, EARLY, LATE, NIGHT = time(12), time(7), time(17, 1), time(23, 59)
YEAR = [date(2026, 11, 1) + timedelta(days=number) for number in range(366)]
MOMENTS = [at(day, hour) for day in YEAR for hour in (EARLY, NOON, LATE, NIGHT)]


def test_what_is_due_in_two_days_and_came_in_two_days_ago_is_due_when_the_desk_closes_next() -> None:
    for now in MOMENTS:
        calendar = Calendar(now)
        due = due_moment(calendar.working(2, "a"), 2)
        assert (local(due).date(), due > now) == (calendar.desk_day, True), now


def test_what_came_in_three_days_ago_is_late_by_one_day_and_one_day_ago_is_not_due_yet() -> None:
    for now in MOMENTS:
        calendar = Calendar(now)
        assert due_moment(calendar.working(3, "a"), 2) <= now, now
        assert local(due_moment(calendar.working(1, "a"), 2)).date() > calendar.desk_day, now


def test_what_came_in_just_now_lies_between_the_last_closing_of_the_desk_and_now() -> None:
    for now in MOMENTS:
        calendar = Calendar(now)
        moment = calendar.working(0, "a")
        assert moment <= now and local(due_moment(moment, 0)).date() == calendar.desk_day, now


def test_the_past_is_a_working_day_at_least_so_long_ago() -> None:
    for now in MOMENTS:
        for days in (1, 5, 42):
            moment = local(Calendar(now).past(days, "a"))
            assert is_working_day(moment.date()) and moment.date() <= local(now).date() - timedelta(days=days), now


@pytest.mark.parametrize(("in_days", "weekday"), [(0, None), (45, "tuesday"), (-6, "wednesday"), (-1, None)])
def test_a_date_is_a_working_day_on_the_weekday_asked_and_moves_away_from_today(
    in_days: int, weekday: str | None
) -> None:
    for day in YEAR:
        found = Calendar(at(day, NOON)).day(in_days, weekday)
        wanted = day + timedelta(days=in_days)
        assert is_working_day(found) and (found >= wanted if in_days >= 0 else found <= wanted), day
        assert weekday is None or f"{found:%A}".lower() == weekday, day


def test_a_moment_of_the_demo_is_the_same_on_every_machine() -> None:
    now = datetime.fromisoformat("2026-11-24T14:00:00+01:00")
    assert Calendar(now).working(2, "hu-ct-bodem") == Calendar(now).working(2, "hu-ct-bodem")
