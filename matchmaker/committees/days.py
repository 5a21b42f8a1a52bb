"""Days of a term: when it ends by itself, when its end is near, when its name is forgotten."""

from calendar import monthrange
from datetime import date, timedelta

from matchmaker.errors import InvalidValue

FIRST_YEAR, LAST_YEAR = 1990, 2100
WARN_MONTHS = 6
KEEP_MONTHS = 12
"""After the end of a term, how long the name of who sat there is kept."""


def months_on(day: date, months: int) -> date:
    """The same day some months later or earlier; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_term(first: date, years: int) -> date:
    """From 1 September 2026, four years last to 31 August 2030."""
    return months_on(first, 12 * years) - timedelta(days=1)


def check_year(field: str, day: date) -> None:
    """Refuse a year that nobody means, at its field."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValue(field, "unlikely_year", first=FIRST_YEAR, last=LAST_YEAR)
