"""Whose each value is: from the classes of the columns and the foreign keys, with what those cannot tell said here.

A column that names an account is of that account. What is of a student leads to the student of the placement,
application or round it hangs on. What else a row holds of someone is of the one account or address in that row. A text
that several people wrote together (`SHARED`) is of all who take part and nobody's to take away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Table, func, or_, select

from matchmaker.classification import What, Whose
from matchmaker.database import Base
from matchmaker.privacy.registry import OF_PEOPLE, class_of

ADDRESSES = ("email", "address", "to_address", "sender")
"""What a column with the mail address of the person of its row is called."""
MAIN = {
    "audit_events": "actor_id",
    "leaves": "account_id",
    "legal_holds": "account_id",
    "listing_reports": "reporter_id",
    "matches.note": "school_contact_id",
    "matches.refusal_note": "owner_id",
}
"""Where a row names several accounts: the one it is of, for a table or for one column."""
SHARED = frozenset(
    {"appointments", "assignment_groups", "assignments", "committee_meetings", "milestones.title", "sessions"}
)
"""Texts written together: of everyone who takes part."""
UNTRACEABLE = frozenset({"door_uses", "sign_in_attempts"})
"""Hold keyed digests for a day: nobody can tell whose from the row."""
NOBODY = 0
"""The number of no account."""
_PARTS = {"matches": ("owner_id", "colleague_id", "school_contact_id"), "committees": ("owner_id",)}
_STUDENTS = ("placements", "agreements", "applications", "cohort_students")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone by the number of the account and the mail address, in small letters."""

    id: int
    address: str


def accounts_named(table: Table) -> list[Column[Any]]:
    """The columns that hold the number of an account."""
    return [each for each in table.columns if names_account(each)]


def names_account(column: Column[Any]) -> bool:
    """Whether a column holds the number of an account."""
    return any(key.column.table.name == "accounts" for key in column.foreign_keys) or (
        (column.table.name, column.name) == ("audit_events", "actor_id")
    )


def is_shared(column: Column[Any]) -> bool:
    """Whether several people wrote it together."""
    table = column.table.name
    return not names_account(column) and (table in SHARED or f"{table}.{column.name}" in SHARED)


def is_of(column: Column[Any], person: Person) -> ColumnElement[bool] | None:
    """Which rows hold something of this person in this column; None when nobody can tell."""
    table = column.table
    if class_of(column).whose not in OF_PEOPLE or table.name in UNTRACEABLE:
        return None
    if names_account(column):
        return column == person.id
    if table.name == "accounts":
        return table.c.id == person.id
    if is_shared(column):
        return _takes_part(table, person)
    if class_of(column).whose is Whose.STUDENT and address_of(table) is None:
        return about_student(table, person)
    return _by(column, person)


def about_student(table: Table, person: Person) -> ColumnElement[bool] | None:
    """The rows of a table that are about this student."""
    if table.name == "placements":
        people = Base.metadata.tables["placement_people"]
        own = select(people.c.placement_id).where(people.c.part == "student", _row_of(people, person))
        return table.c.id.in_(own)
    for name in ("student_id", "account_id"):
        if name in table.c:
            return table.c[name] == person.id
    for key in _keys(table):
        parent = key.column.table
        if parent.name in _STUDENTS and parent is not table:
            return key.parent.in_(select(key.column).where(about_student(parent, person)))
    return None


def _by(column: Column[Any], person: Person) -> ColumnElement[bool] | None:
    table = column.table
    if table.name == "committee_invitees":
        terms = Base.metadata.tables["committee_terms"]
        own = select(terms.c.id).where(_row_of(terms, person))
        return or_(table.c.keeper_id == person.id, table.c.term_id.in_(own))
    named = MAIN.get(f"{table.name}.{column.name}") or MAIN.get(table.name)
    if named:
        return table.c[named] == person.id
    return _row_of(table, person)


def _row_of(table: Table, person: Person) -> ColumnElement[bool] | None:
    """By the one account or the mail address in the row itself."""
    named, address = accounts_named(table), address_of(table)
    if len(named) > 1:
        return None
    ways = [each == person.id for each in named]
    if address is not None:
        ways.append(func.lower(address) == person.address)
    return or_(*ways) if ways else None


def address_of(table: Table) -> Column[Any] | None:
    """The column with the mail address of the person of a row."""
    found = (table.c[name] for name in ADDRESSES if name in table.c)
    return next((each for each in found if class_of(each).what is What.CONTACT), None)


def _takes_part(table: Table, person: Person) -> ColumnElement[bool] | None:
    if table.name in _PARTS:
        return or_(*(table.c[name] == person.id for name in _PARTS[table.name]))
    for key in _keys(table):
        above = _takes_part(key.column.table, person) if key.column.table is not table else None
        if above is not None:
            return key.parent.in_(select(key.column).where(above))
    return None


def _keys(table: Table) -> Iterator[ForeignKey]:
    """The foreign keys of a table in the order of its columns."""
    for column in table.columns:
        yield from column.foreign_keys
