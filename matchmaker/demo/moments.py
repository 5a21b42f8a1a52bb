"""When things happened in the demo: content counts days from today, the product wants real moments in office hours."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from matchmaker.clock import at, local
from matchmaker.reference.holidays import CLOSES, OPENS, add_working_days, is_working_day

OFFICE_MINUTES = (CLOSES.hour - OPENS.hour) * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MIDDAY = time(12, 30)
CHANCE = 10_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and moments around `now`. Everything it returns as past lies before `now`, on any day of the year."""

    now: datetime

    @property
    def today(self) -> date:
        return local(self.now).date()

    @property
    def desk_day(self) -> date:
        """The day at whose end the desk closes next: what is due today, is due then."""
        if is_working_day(self.today) and self.now < at(self.today, CLOSES):
            return self.today
        return add_working_days(self.today, 1)

    def working(self, days_ago: int, key: str) -> datetime:
        """A moment in office hours, a number of working days before the day the desk closes next.

        With nought days it lies between the last closing of the desk and now. `key` spreads moments over the day.
        """
        share = spread(key)
        if days_ago <= 0:
            closed = at(add_working_days(self.desk_day, -1), CLOSES)
            return closed + (self.now - closed) * (0.9 + share / 20)
        day = add_working_days(self.desk_day, -days_ago)
        return at(day, OPENS) + timedelta(minutes=int(10 + share * (OFFICE_MINUTES - 40)))

    def past(self, days_ago: int, key: str) -> datetime:
        """A moment in office hours on the last working day that is at least so many days ago."""
        day = add_working_days(self.today - timedelta(days=days_ago) + timedelta(days=1), -1)
        if day >= self.desk_day:
            return self.working(0, key)
        return at(day, OPENS) + timedelta(minutes=int(10 + spread(key) * (OFFICE_MINUTES - 40)))

    def day(self, in_days: int, weekday: str | None = None) -> date:
        """A working day so many days from now, negative for the past, on the weekday asked for.

        It moves away from today: later when it lies ahead, earlier when it has passed.
        """
        step = 1 if in_days >= 0 else -1
        found = self.today + timedelta(days=in_days)
        while weekday is not None and WEEKDAYS[found.weekday()] != weekday:
            found += timedelta(days=step)
        while not is_working_day(found):
            found += timedelta(days=step * (7 if weekday else 1))
        return found


def spread(key: str) -> float:
    """A number from 0 to 1 that is always the same for a key: the demo is alike on every machine."""
    return (zlib.crc32(key.encode()) % CHANCE) / CHANCE


def next_working_moment(moment: datetime, days: int, key: str) -> datetime:
    """A moment in office hours so many working days after another."""
    day = add_working_days(local(moment).date(), days)
    return at(day, OPENS) + timedelta(minutes=int(10 + spread(key) * (OFFICE_MINUTES - 40)))
