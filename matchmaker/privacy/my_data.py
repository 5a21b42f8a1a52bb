"""All that is kept of one person, by following the classes of the columns and the foreign keys."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, or_, select

from matchmaker.accounts.models import Account
from matchmaker.classification import What
from matchmaker.database import Base, db
from matchmaker.files.models import StoredFile
from matchmaker.privacy.owners import Person, about_student, is_of
from matchmaker.privacy.registry import class_of, columns_of_people

Value = str | int | float | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Section:
    """What one table holds of someone: a line per row, from the name of a column to its value."""

    table: str
    lines: tuple[dict[str, Value], ...]


def person_of(account: Account) -> Person:
    """Someone as the columns know them."""
    return Person(account.id, account.email.lower())


def everything_of(person: Person) -> list[Section]:
    """Every value of this person, by table; of a secret only that it is there. Never a value of another."""
    wanted: defaultdict[str, list[Column[Any]]] = defaultdict(list)
    for column in columns_of_people():
        wanted[column.table.name].append(column)
    sections = (_section(Base.metadata.tables[name], columns, person) for name, columns in wanted.items())
    return [each for each in sections if each.lines]


def files_of(person: Person) -> Sequence[StoredFile]:
    """The files someone handed in or signed, by number."""
    tables = Base.metadata.tables
    messages, attachments = tables["messages"], tables["attachments"]
    sent, agreements = tables["application_files"], tables["agreements"]
    written = select(messages.c.id).where(messages.c.author_id == person.id)
    materials = select(tables["session_materials"].c.file_id)
    own = about_student(agreements, person)
    return db.session.scalars(
        select(StoredFile)
        .where(
            or_(
                StoredFile.id.in_(select(attachments.c.file_id).where(attachments.c.message_id.in_(written))),
                StoredFile.id.in_(select(sent.c.file_id).where(about_student(sent, person))),
                StoredFile.id.in_(select(agreements.c.document_id).where(own)),
                StoredFile.id.in_(select(agreements.c.final_id).where(own)),
                StoredFile.id.in_(materials) & (StoredFile.created_by_id == person.id),
            )
        )
        .order_by(StoredFile.id)
    ).all()


def _section(table: Table, columns: Sequence[Column[Any]], person: Person) -> Section:
    """One query per way a row can be of someone; a row that is theirs in several ways is one line."""
    ways: dict[str, tuple[ColumnElement[bool], list[Column[Any]]]] = {}
    for column in columns:
        condition = is_of(column, person)
        if condition is not None:
            ways.setdefault(str(condition), (condition, []))[1].append(column)
    keys = list(table.primary_key.columns)
    lines: defaultdict[tuple[Any, ...], dict[str, Value]] = defaultdict(dict)
    for condition, own in ways.values():
        shown = [*keys, *_beside(table), *own]
        for row in db.session.execute(select(*dict.fromkeys(shown)).where(condition).order_by(*keys)):
            number = tuple(row._mapping[key] for key in keys)
            lines[number].update(_line(row, dict.fromkeys(shown)))
    return Section(table.name, tuple(_named(table, line) for _, line in sorted(lines.items())))


def _beside(table: Table) -> list[Column[Any]]:
    """Short public texts that say which row it is, such as the title of a posting."""
    return [each for each in (table.c.get("title"), table.c.get("reference")) if each is not None and _is_public(each)]


def _is_public(column: Column[Any]) -> bool:
    return class_of(column).what is What.PUBLIC


def _line(row: Row[Any], columns: dict[Column[Any], None]) -> dict[str, Value]:
    return {
        column.name: "***" if class_of(column).what is What.SECRET else _plain(row._mapping[column])
        for column in columns
    }


def _plain(value: Any) -> Value:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def _named(table: Table, line: dict[str, Value]) -> dict[str, Value]:
    """The line with the names of organisations, programmes and teams instead of their numbers."""
    for key in table.foreign_keys:
        above, value = key.column.table, line.get(key.parent.name)
        if value is not None and "name" in above.c and _is_public(above.c.name):
            line[key.parent.name] = db.session.scalar(select(above.c.name).where(key.column == value))
    return line
