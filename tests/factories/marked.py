"""Two rows in every table for one person, or one where there can be no more, with a mark in every column that can hold
one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    insert,
)

from matchmaker.classification import What
from matchmaker.database import Base, Code, Moment, db
from matchmaker.privacy.owners import ADDRESSES, Person, names_account
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
    second: dict[str, int] = field(default_factory=dict)
    """The other row of each table, where there can be one."""
    marks: dict[str, list[str]] = field(default_factory=dict)
    """Column (`table.column`) to the mark in each row, for each column of a person that can hold one."""

    @property
    def address(self) -> str:
        return f"{self.letters}@test.example".lower()

    @property
    def person(self) -> Person:
        return Person(self.rows["accounts"], self.address)

    def fill(self) -> "Marked":
        tables = [each for each in Base.metadata.sorted_tables if each.name not in NOBODYS]
        self._fill(tables, self.rows)
        self.second["accounts"] = self.rows["accounts"]
        self._fill([each for each in tables if not one_of_each(each)], self.second)
        db.session.flush()
        return self

    def both(self, table: str) -> list[int]:
        """The numbers of the rows of a table."""
        return [rows[table] for rows in (self.rows, self.second) if table in rows]

    def all_marks(self) -> set[str]:
        return {mark for marks in self.marks.values() for mark in marks}

    def _fill(self, tables: list[Table], rows: dict[str, int]) -> None:
        for table in tables:
            values = {column.name: self._value(column, rows) for column in self._filled(table)}
            keys = db.session.execute(insert(table).values(values)).inserted_primary_key
            if keys is not None and isinstance(keys[0], int):
                rows[table.name] = keys[0]

    def _filled(self, table: Table) -> Iterator[Column[Any]]:
        for column in table.columns:
            if column is not table.autoincrement_column or column.foreign_keys:
                yield column

    def _value(self, column: Column[Any], rows: dict[str, int]) -> Any:
        table = column.table.name
        if (table, column.name) in FIXED:
            return FIXED[table, column.name]
        for key in column.foreign_keys:
            return rows.get(key.column.table.name) if key.column.table is not column.table else None
        if (table, column.name) == ("audit_events", "actor_id"):
            return rows["accounts"]
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

    def _note(self, column: Column[Any], mark: str) -> None:
        self.marks.setdefault(f"{column.table.name}.{column.name}", []).append(mark)

    def _addressed(self, column: Column[Any]) -> str:
        self._note(column, self.address)
        return self.address

    def _marked(self, column: Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, String) and kind.length is not None and kind.length < SHORTEST:
            return f"{next(_numbers) % 100:02}"[: kind.length]
        if column.name in ADDRESSES and class_of(column).what is What.CONTACT:
            return self._addressed(column)
        mark = f"{self.letters}{' ' if _is_text(column) else ''}{next(_numbers)}"
        if class_of(column).whose in OF_PEOPLE:
            self._note(column, mark)
        if isinstance(kind, JSON):
            return [mark] if _is_list(column) else {"text": mark}
        return mark.encode() if isinstance(kind, LargeBinary) else mark


def one_of_each(table: Table) -> bool:
    """Whether there is one row of a person at most: the account itself, or what its number alone tells apart."""
    apart = (each for each in table.constraints if isinstance(each, (PrimaryKeyConstraint, UniqueConstraint)))
    return table.name == "accounts" or any(all(map(names_account, each.columns)) for each in apart)


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
