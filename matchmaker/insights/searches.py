"""Counting searches that found nothing: what was looked for and where, never by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.insights.models import SearchSignal
from matchmaker.limits.actions import is_first_use, pass_door
from matchmaker.limits.models import Door
from matchmaker.listings.search.browse import count
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.suggesting import suggested_work_fields
from matchmaker.vocabulary import Side

KEPT = timedelta(days=365)
MOST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class Signal:
    """What one search says of what is missing. An empty part was not named, or named several ways."""

    kind: str
    level: str
    work_field: str
    area: str

    @property
    def key(self) -> str:
        return "|".join((self.kind, self.level, self.work_field, self.area))


def count_search(wanted: Filter, *, address: str) -> int:
    """Count a search among the offers that finds nothing; returns how many signals it gave. The words are not kept.

    One network counts once a day for the same signal, however often it asks. Raises TooOften when the network did
    this very often within the hour. A search that does find something, or says too little, counts for nothing.
    """
    signals = list(signals_of(wanted))
    if wanted.side is not Side.OFFER or not signals or count(wanted):
        return 0
    pass_door(Door.EMPTY_SEARCH, address=address)
    fresh = [each for each in signals if is_first_use(Door.EMPTY_SEARCH, address=address, of=each.key)]
    for each in fresh:
        _add(each, today())
    db.session.flush()
    return len(fresh)


def signals_of(wanted: Filter) -> Iterator[Signal]:
    """One signal per field of work: those chosen, else those the words are likely about, two at most.

    Nothing when neither a field of work nor one kind is known: then there is nothing a desk could supply.
    """
    kind = wanted.kinds[0] if len(wanted.kinds) == 1 else ""
    level = wanted.levels[0] if len(wanted.levels) == 1 else ""
    fields = wanted.work_fields or tuple(suggested_work_fields(wanted.words, ""))
    for field in fields[:MOST_FIELDS] or ("",):
        if field or kind:
            yield Signal(kind, level, field, _area(wanted))


def forget_old_searches() -> int:
    """Remove counts older than a year; returns how many rows."""
    return db.session.execute(delete(SearchSignal).where(SearchSignal.day < today() - KEPT)).rowcount


def _area(wanted: Filter) -> str:
    """The municipality of the place that was asked, else the one province that was chosen."""
    if wanted.centre is not None:
        return wanted.centre.municipality_code
    return wanted.provinces[0] if len(wanted.provinces) == 1 else ""


def _add(signal: Signal, day: date) -> None:
    """One more, in one statement, so that two searches at the same moment both count."""
    own = {
        "day": day,
        "kind": signal.kind,
        "level": signal.level,
        "work_field": signal.work_field,
        "area": signal.area,
    }
    add = update(SearchSignal).filter_by(**own).values(number=SearchSignal.number + 1)
    if db.session.execute(add).rowcount:
        return
    try:
        with db.session.begin_nested():
            db.session.add(SearchSignal(**own, number=1))
    except IntegrityError:
        db.session.execute(add)
