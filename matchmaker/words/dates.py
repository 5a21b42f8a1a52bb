"""Dates as people say them: dinsdag 3 maart, 10.00 uur."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from matchmaker.clock import local, today
from matchmaker.words.language import gettext, in_english, language


def say_date(day: date | None, *, with_year: bool | None = None) -> str:
    """dinsdag 3 maart, with the year when it is not this year."""
    if day is None:
        return ""
    year = day.year != today().year if with_year is None else with_year
    return _written(day, "EEEE d MMMM y" if year else "EEEE d MMMM", language())


def say_long_date(day: date) -> str:
    """3 maart 2027."""
    return _written(day, "d MMMM y", language())


def say_month(day: date) -> str:
    """mrt"""
    return _written(day, "MMM", language()).rstrip(".")


def say_short_date(day: date | None) -> str:
    """3 mrt 2027."""
    return _written(day, "d MMM y", language()) if day else ""


def say_time(moment: datetime) -> str:
    """10.00 uur; in English 10:00."""
    clock = local(moment)
    if in_english():
        return f"{clock:%H:%M}"
    return f"{clock.hour}.{clock:%M} uur"


def say_moment(moment: datetime | None, *, with_year: bool | None = None) -> str:
    """dinsdag 3 maart, 10.00 uur; with the year when it is not this year."""
    if moment is None:
        return ""
    return f"{say_date(local(moment).date(), with_year=with_year)}, {say_time(moment)}"


def say_span(start: datetime, end: datetime) -> str:
    """dinsdag 3 maart, 10.00 tot 12.00 uur."""
    first, last = local(start), local(end)
    if in_english():
        return f"{say_date(first.date())}, {first:%H:%M}–{last:%H:%M}"
    if first.date() != last.date():
        return gettext("%(start)s tot %(end)s", start=say_moment(start), end=say_moment(end))
    return f"{say_date(first.date())}, {first.hour}.{first:%M} tot {last.hour}.{last:%M} uur"


def say_since(moment: datetime) -> str:
    """vandaag, gisteren, or the date; with the time."""
    days = (today() - local(moment).date()).days
    if days == 0:
        return gettext("vandaag, %(time)s", time=say_time(moment))
    if days == 1:
        return gettext("gisteren, %(time)s", time=say_time(moment))
    return say_moment(moment)


@lru_cache(maxsize=8_192)
def _written(day: date, pattern: str, code: str) -> str:
    """Pages say the same days over and over, and working out a pattern takes longer than a query."""
    return format_date(day, pattern, locale=code)
