"""A row in every table for one person, with a mark in every column that can hold one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, String, Table, insert

from matchmaker.classification import What
from matchmaker.database import Base, Code, Moment, db
from matchmaker.privacy.owners import ADDRESSES, Person
from matchmaker.privacy.registry import OF_PEOPLE, class_of

SHORTEST = 12
_numbers = count(1000)
FIXED = {
    ("placement_people", "part"): "student",
    ("accounts", "status"): "active",
    ("accounts", "language"): "nl",
    ("placements", "forgotten_at"): None,
    ("agreements", "forgotten_at"): None,
    ("legal_holds", "lifted_at"): datetime(2020, 1, 1, tzinfo=UTC),
    ("legal_holds", "subject_id"): None,
    ("listings", "places_taken"): 0,
    ("data_exports", "file_id"): None,
    ("assignment_groups", "students"): 9,
}
"""What a row needs to lead to its person, or to be allowed at all."""


NOBODYS = {"audit_seals", "audit_anchors", "audit_head", "listing_change_counter"}
"""Made by writing other rows, of nobody."""


@dataclass
class Marked:
    """One person, the rows made for them, and the mark in each column of theirs."""

    letters: str
    rows: dict[str, int] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    """Column (`table.column`) to mark, for each column of a person that can hold one."""

    @property
    def address(self) -> str:
        return f"{self.letters}@test.example".lower()

    @property
    def person(self) -> Person:
        return Person(self.rows["accounts"], self.address)

    def fill(self) -> "Marked":
        for table in Base.metadata.sorted_tables:
            if table.name in NOBODYS:
                continue
            values = {column.name: self._value(column) for column in self._filled(table)}
            made = db.session.execute(insert(table).values(values))
            keys = made.inserted_primary_key
            if keys is not None and isinstance(keys[0], int):
                self.rows[table.name] = keys[0]
        db.session.flush()
        return self

    def _filled(self, table: Table) -> Iterator[Column[Any]]:
        for column in table.columns:
            if column is not table.autoincrement_column or column.foreign_keys:
                yield column

    def _value(self, column: Column[Any]) -> Any:
        table = column.table.name
        if (table, column.name) in FIXED:
            return FIXED[table, column.name]
        for key in column.foreign_keys:
            return self.rows.get(key.column.table.name) if key.column.table is not column.table else None
        if (table, column.name) == ("audit_events", "actor_id"):
            return self.rows["accounts"]
        return self._plain(column)

    def _plain(self, column: Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, Code):
            return next(iter(kind.members))
        if isinstance(kind, Moment):
            return datetime(2024, 3, 1, tzinfo=UTC)
        if isinstance(kind, Date):
            return date(2024, 3, 1)
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, Integer):
            return next(_numbers)
        if isinstance(kind, Float):
            return 0.5
        return self._marked(column)

    def _addressed(self, column: Column[Any]) -> str:
        self.marks[f"{column.table.name}.{column.name}"] = self.address
        return self.address

    def _marked(self, column: Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, String) and kind.length is not None and kind.length < SHORTEST:
            return f"{next(_numbers) % 100:02}"[: kind.length]
        if column.name in ADDRESSES and class_of(column).what is What.CONTACT:
            return self._addressed(column)
        mark = f"{self.letters}{' ' if _is_text(column) else ''}{next(_numbers)}"
        if class_of(column).whose in OF_PEOPLE:
            self.marks[f"{column.table.name}.{column.name}"] = mark
        if isinstance(kind, JSON):
            return [mark] if _is_list(column) else {"text": mark}
        return mark.encode() if isinstance(kind, LargeBinary) else mark


def _is_text(column: Column[Any]) -> bool:
    return class_of(column).what in {What.FREE_TEXT, What.CONTACT}


def _is_list(column: Column[Any]) -> bool:
    default = column.default
    return bool(default is not None and getattr(default, "arg", None) is not None and "list" in repr(default.arg))


def dump() -> dict[str, str]:
    """Everything the database holds, as one text per column."""
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            values = db.session.execute(table.select().with_only_columns(column)).scalars()
            found[f"{table.name}.{column.name}"] = "\n".join(map(repr, values))
    return found
