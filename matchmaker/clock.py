"""Time. Inside the product a moment is aware UTC; a person reads and types Europe/Amsterdam."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretending(moment: datetime) -> Iterator[None]:
    """Inside, it is that moment: how the demo plays weeks of work in the past with the real actions."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The date on a Dutch wall calendar."""
    return now().astimezone(AMSTERDAM).date()


def local(moment: datetime) -> datetime:
    """An aware moment as a Dutch clock shows it."""
    return moment.astimezone(AMSTERDAM)


def at(day: date, hour: time) -> datetime:
    """The UTC moment of a Dutch date and clock time.

    A time that does not exist (the spring night) moves one hour on; one that exists twice is the first.
    """
    moment = datetime.combine(day, hour, tzinfo=AMSTERDAM)
    return moment.astimezone(UTC)
