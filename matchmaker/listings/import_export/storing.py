"""Checked rows become listings, many in a statement: as `writing.write` and `actions.put_online` would, row by row.

What is the same for many rows is made ready for the database once. `tests/listings/test_storing.py` holds the outcome
against listings that were typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Dialect, Table, func, select, text

from matchmaker.accounts.models import Account
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now, today
from matchmaker.database import db, insert_lines, ready_for
from matchmaker.dutch.terms import read, terms_of
from matchmaker.dutch.version import analysis_version
from matchmaker.listings.actions import DAYS_OPEN, desk_looks_first
from matchmaker.listings.changes import note_changed
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.import_export.rows import Row
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.queries import imported
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.terms import names_of_fields, terms_in
from matchmaker.listings.values import empty_value, locate
from matchmaker.listings.writing import FACETS, new_references
from matchmaker.vocabulary import ListingStatus, Side

AT_ONCE = 1_000
"""Rows in one transaction: on SQLite nobody else writes in that time, which stays well under a second."""

_LISTINGS: Table = Listing.__table__  # type: ignore[assignment]
_TAGS: Table = ListingTag.__table__  # type: ignore[assignment]
_WORDS: Table = ListingWords.__table__  # type: ignore[assignment]
_AT = {column.name: number for number, column in enumerate(_LISTINGS.columns)}
_EMPTY = {name: empty_value(field) for name, field in BY_NAME.items()}
_LISTS = FACETS
_SINGLE = ("mode", "starts_on", "ends_on", "respond_before")
"""Columns that hold the same few values in many rows, lists and single ones."""

Ready = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Poster:
    """What all rows of one organisation have in common: the line they start from, ready for the database,
    the names they are found by, and what becomes of a row that asks to be online.
    """

    line: tuple[Any, ...]
    place: str
    names: tuple[str, ...]
    status: ListingStatus


class Store:
    """Writes the rows of one import. `event` is the line in the log they all point to."""

    def __init__(
        self, rows: Iterable[Row], *, side: Side, by: Account | None, event: AuditEvent, analyse: bool = True
    ) -> None:
        """Without `analyse` terms and words are left to the periodic work that makes outdated ones anew."""
        self.side, self.by, self.event_id, self.analyse = side, by, event.id, analyse
        self.dialect = db.session.get_bind().dialect
        self.ready = _ready_for(self.dialect)
        self.put = {name: (number, self.ready.get(name)) for name, number in _AT.items()}
        self.posters = {row.organisation_id: self._new_poster(row) for row in _first_of_each(rows)}
        self.moment = self.last_day = None

    def write(self, rows: Sequence[Row]) -> list[int]:
        """Write those of these rows that are not there yet, in the caller's transaction; returns their numbers."""
        db.session.flush()
        self.moment = self.ready["created_at"](now())
        self.last_day = self._made_ready("respond_before", today() + timedelta(days=DAYS_OPEN))
        there = imported([row.key for row in rows])
        new = [row for row in rows if (row.organisation_id, row.key) not in there]
        numbers = self._numbers(len(new))
        lines, tags, words = [], [], []
        for number, reference, row in zip(numbers, new_references(self.side, len(new)), new, strict=True):
            poster, values = self.posters[row.organisation_id], row.values
            line = self._line(row, values, poster)
            line[_AT["id"]], line[_AT["reference"]] = number, reference
            tags += [(number, facet, value) for facet in FACETS for value in values.get(facet, ())]
            if self.analyse:
                words.append((number, self._analysed(row, values, poster, line), analysis_version()))
            lines.append(tuple(line))
        connection = db.session.connection()
        insert_lines(connection, _LISTINGS, lines)
        insert_lines(connection, _TAGS, tags)
        insert_lines(connection, _WORDS, words)
        note_changed(numbers)
        return numbers

    def _line(self, row: Row, values: Mapping[str, Any], poster: _Poster) -> list[Any]:
        """The row as a line of the table, without number and reference."""
        assert row.kind is not None
        line, details = list(poster.line), {}
        for name, value in values.items():
            if name in self.put:
                at, ready = self.put[name]
                line[at] = value if ready is None or value is None else ready(value)
            elif value != _EMPTY[name]:
                details[name] = value
        if details:
            line[_AT["details"]] = self.ready["details"](details)
        self._put_on_the_map(line, poster)
        status = poster.status if row.online else ListingStatus.DRAFT
        line[_AT["kind"]], line[_AT["status"]] = row.kind.value, status.value
        line[_AT["import_key"]], line[_AT["created_at"]] = row.key, self.moment
        if status is ListingStatus.PUBLISHED:
            line[_AT["published_at"]] = self.moment
            line[_AT["respond_before"]] = line[_AT["respond_before"]] or self.last_day
        return line

    def _put_on_the_map(self, line: list[Any], poster: _Poster) -> None:
        """A place of its own where the row names another than the organisation's."""
        place = line[_AT["place"]]
        if not place:
            line[_AT["place"]] = poster.place
        elif place != poster.place:
            line[_AT["latitude"]], line[_AT["longitude"]] = _position(place)

    def _analysed(self, row: Row, values: Mapping[str, Any], poster: _Poster, line: list[Any]) -> str:
        """The words a row is found by; puts the terms of its text in its line."""
        title, text = read(values.get("title", "")), read(values.get("text", ""))
        line[_AT["terms"]], line[_AT["terms_version"]] = self.ready["terms"](terms_of(title, text)), analysis_version()
        names = [*poster.names, line[_AT["place"]], row.part, *values.get("study_words", ())]
        names += names_of_fields(values.get("work_fields", ()), values.get("study_fields", ()))
        return " ".join(terms_in(title, text, filter(None, names)))

    def _new_poster(self, row: Row) -> _Poster:
        """Of any kind: whether the desk looks first is the same for all an organisation posts on one side."""
        own = row.organisation
        assert own is not None and row.kind is not None
        first: dict[str, Any] = {column.name: _default(column) for column in _LISTINGS.columns}
        first |= {"side": self.side, "organisation_id": own.id, "owner_id": self.by.id if self.by else None}
        first |= {"latitude": own.latitude, "longitude": own.longitude, "import_event_id": self.event_id}
        looks_first = desk_looks_first(own, row.kind, self.side, self.by)
        return _Poster(
            tuple(self._made_ready(name, value) for name, value in first.items()),
            own.place,
            (own.name, own.place),
            ListingStatus.IN_CHECK if looks_first else ListingStatus.PUBLISHED,
        )

    def _made_ready(self, name: str, value: Any) -> Any:
        ready = self.ready.get(name)
        return value if ready is None or value is None else ready(value)

    def _numbers(self, number: int) -> list[int]:
        """So many new row numbers. On SQLite a writing transaction has the table for itself."""
        if self.dialect.name == "postgresql":
            taken = "SELECT nextval(pg_get_serial_sequence('listings', 'id')) FROM generate_series(1, :number)"
            return sorted(db.session.scalars(text(taken), {"number": number}))
        last = db.session.scalar(select(func.max(Listing.id))) or 0
        return list(range(last + 1, last + 1 + number))


def _first_of_each(rows: Iterable[Row]) -> Iterable[Row]:
    """One row of each organisation."""
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(row.organisation_id, row)
    return found.values()


def _default(column: Column[Any]) -> Any:
    """What the model gives a column when nobody says otherwise."""
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


@lru_cache(maxsize=4_096)
def _position(place: str) -> tuple[float | None, float | None]:
    return locate(place) or (None, None)


def _ready_for(dialect: Dialect) -> dict[str, Ready]:
    """By column how its type makes a value ready for this database, where it does anything."""
    made = {column.name: ready for column in _LISTINGS.columns if (ready := ready_for(column, dialect)) is not None}
    single = {name: lru_cache(maxsize=4_096)(made[name]) for name in _SINGLE if name in made}
    return made | single | {name: _once_a_list(made[name]) for name in _LISTS}


def _once_a_list(ready: Ready) -> Ready:
    known: dict[tuple[str, ...], Any] = {}

    def made(value: list[str]) -> Any:
        key = tuple(value)
        if key not in known:
            known[key] = ready(value)
        return known[key]

    return made
