"""Days off and working days at a Dutch town hall, and the clock of the desk.

Which days are off, unless the municipality sets otherwise:
- New Year's Day, Easter Monday, King's Day, Ascension Day, Whit Monday and both days of Christmas (always);
- Liberation Day, 5 May, every year: the collective agreement of municipalities has it so since 2024 (article 6.6);
- Good Friday is a working day: that agreement does not name it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays as public_calendar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OPENS = time(9)
CLOSES = time(17)
LUSTRUM = 5


class Holiday(StrEnum):
    """The public holidays of the Netherlands."""

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    ASCENSION_DAY = "ascension_day"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"


class LiberationDay(StrEnum):
    """When 5 May is a day off. A lustrum is a year that can be divided by five."""

    YEARLY = "yearly"
    LUSTRUM = "lustrum"
    NEVER = "never"


_HOLIDAY_BY_NAME = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Good Friday": Holiday.GOOD_FRIDAY,
    "Easter Sunday": Holiday.EASTER_SUNDAY,
    "Easter Monday": Holiday.EASTER_MONDAY,
    "King's Day": Holiday.KINGS_DAY,
    "Queen's Day": Holiday.KINGS_DAY,
    "Liberation Day": Holiday.LIBERATION_DAY,
    "Ascension Day": Holiday.ASCENSION_DAY,
    "Pentecost": Holiday.WHIT_SUNDAY,
    "Pentecost Monday": Holiday.WHIT_MONDAY,
    "Christmas Day": Holiday.CHRISTMAS_DAY,
    "Second Day of Christmas": Holiday.SECOND_CHRISTMAS_DAY,
}


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Which public holidays a town hall keeps, and the days it closes besides (a bridging day, a local feast)."""

    good_friday: bool = False
    liberation_day: LiberationDay = LiberationDay.YEARLY
    extra: frozenset[date] = frozenset()

    def includes(self, on: date) -> bool:
        """Is the town hall closed on this day, weekends left aside?"""
        return on in self.extra or any(
            self._keeps(holiday, on.year) for holiday in public_holidays(on.year).get(on, ())
        )

    def _keeps(self, holiday: Holiday, year: int) -> bool:
        if holiday is Holiday.GOOD_FRIDAY:
            return self.good_friday
        if holiday is Holiday.LIBERATION_DAY:
            return self.liberation_day is LiberationDay.YEARLY or (
                self.liberation_day is LiberationDay.LUSTRUM and year % LUSTRUM == 0
            )
        return True


MUNICIPAL = DaysOff()


@cache
def public_holidays(year: int) -> Mapping[date, tuple[Holiday, ...]]:
    """Every public holiday of a year, days off or not, by date. Two can fall on one day (5 May 2016).

    King's Day is 27 April, a day earlier when that is a Sunday. Source: the `holidays` library.
    """
    calendar = public_calendar.country_holidays("NL", years=year, categories=("public", "optional"), language="en_US")
    return MappingProxyType(
        {on: tuple(_HOLIDAY_BY_NAME[name] for name in calendar.get_list(on)) for on in sorted(calendar)}
    )


def is_working_day(on: date, days_off: DaysOff = MUNICIPAL) -> bool:
    """Is the town hall at work on this day? Not on Saturday, Sunday or a day off."""
    return on.weekday() < 5 and not days_off.includes(on)


def add_working_days(start: date, n: int, days_off: DaysOff = MUNICIPAL) -> date:
    """The day `n` working days after `start`, or before it when `n` is negative; `start` itself does not count.

    With `n` zero it is `start`, or the next working day when the town hall is closed on `start`.
    """
    if n == 0:
        return start if is_working_day(start, days_off) else add_working_days(start, 1, days_off)
    step = timedelta(days=1 if n > 0 else -1)
    day = start
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, days_off):
            day += step
    return day


def working_days_between(start: date, end: date, days_off: DaysOff = MUNICIPAL) -> int:
    """The number of working days after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, days_off)
    return sum(is_working_day(day, days_off) for day in _days_after(start, end))


def arrival_moment(start: datetime, days_off: DaysOff = MUNICIPAL) -> datetime:
    """When the clock of the desk starts for a request that came in at `start` (aware): at once in office hours.

    Before 9:00 it starts at 9:00; after 17:00, in the weekend or on a day off at 9:00 on the next working day
    (Amsterdam time). Returns an aware moment in UTC. Raises ValueError for a naive `start`.
    """
    if start.tzinfo is None:
        raise ValueError("a moment without a time zone has no working day")
    local = start.astimezone(AMSTERDAM)
    if is_working_day(local.date(), days_off) and local.time() <= CLOSES:
        return max(start.astimezone(UTC), datetime.combine(local.date(), OPENS, AMSTERDAM).astimezone(UTC))
    next_day = add_working_days(local.date(), 1, days_off)
    return datetime.combine(next_day, OPENS, AMSTERDAM).astimezone(UTC)


def due_moment(start: datetime, working_days: int, days_off: DaysOff = MUNICIPAL) -> datetime:
    """When the promise of the desk ends for a request that came in at `start` (aware): at 17:00, Amsterdam time.

    The day on which the clock starts is day nought. With two working days, Monday 10:00 is due on Wednesday, and so is
    the Friday before at 18:00. Returns an aware moment in UTC. Raises ValueError for a naive `start` or a negative
    number of working days.
    """
    if working_days < 0:
        raise ValueError("a promise cannot end before the request")
    arrival = arrival_moment(start, days_off).astimezone(AMSTERDAM).date()
    last = add_working_days(arrival, working_days, days_off)
    return datetime.combine(last, CLOSES, AMSTERDAM).astimezone(UTC)


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
