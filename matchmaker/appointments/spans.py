"""A proposed stretch of time, and whether it can be true."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from matchmaker.appointments.models import AppointmentKind
from matchmaker.clock import at, local, now, today
from matchmaker.errors import InvalidValue
from matchmaker.vocabulary import Kind

MOST_SLOTS = 3
LEAST_MINUTES, MOST_MINUTES = 15, 480
YEARS_AHEAD = 2
LONGEST_DAYS = 366 * 6
DAY_STARTS, DAY_ENDS = time(9), time(17)
KINDS = {
    Kind.LECTURE: AppointmentKind.SESSION,
    Kind.VISIT: AppointmentKind.SESSION,
    Kind.QUESTION: AppointmentKind.SESSION,
    Kind.SEAT: AppointmentKind.TERM,
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment to another, both aware. A period of days runs from 9.00 on the first to 17.00 on the last."""

    starts_at: datetime
    ends_at: datetime

    @property
    def first_day(self) -> date:
        return local(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return local(self.ends_at).date()


def appointment_kind(kind: Kind) -> AppointmentKind:
    """A lecture, visit or talk has a moment; a seat has a term; all else has a first and a last day."""
    return KINDS.get(kind, AppointmentKind.START)


def session_span(day: date, hour: time, minutes: int, *, fields: tuple[str, str, str]) -> Span:
    """A moment of some minutes. `fields` name day, hour and minutes in the form; raises InvalidValue at one of them."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise InvalidValue(fields[2], "minutes", least=LEAST_MINUTES, most=MOST_MINUTES)
    _check_day(day, fields[0])
    start = at(day, hour)
    if local(start).time() != hour:
        raise InvalidValue(fields[1], "clock_skips")
    if start <= now():
        raise InvalidValue(fields[1], "hour_past")
    return Span(start, start + timedelta(minutes=minutes))


def period_span(first: date, last: date, *, fields: tuple[str, str]) -> Span:
    """A first and a last day, both included. Raises InvalidValue at one of the two fields."""
    _check_day(first, fields[0])
    if last < first:
        raise InvalidValue(fields[1], "reversed")
    if (last - first).days > LONGEST_DAYS:
        raise InvalidValue(fields[1], "too_long_period")
    return Span(at(first, DAY_STARTS), at(last, DAY_ENDS))


def _check_day(day: date, field: str) -> None:
    if day < today():
        raise InvalidValue(field, "past")
    if day > _years_on(today(), YEARS_AHEAD):
        raise InvalidValue(field, "more_than_two_years")


def _years_on(day: date, years: int) -> date:
    """The same day some years later; 28 February for 29 February."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
