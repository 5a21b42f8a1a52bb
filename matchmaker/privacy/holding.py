"""What a hold is laid on, a person by mail address or a subject by kind and number, and whom it concerns."""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, func, or_, select

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.clock import today
from matchmaker.database import Base, db
from matchmaker.errors import InvalidValue
from matchmaker.holds.models import Hold
from matchmaker.holds.queries import SUBJECTS, held_subjects
from matchmaker.privacy.owners import Person, accounts_named, address_of, names_account


def person_to_hold(address: str) -> Account:
    """Raises InvalidValue at `email` when nobody has it."""
    found = account_by_email(address.strip().lower())
    if found is None:
        raise InvalidValue("email", "no_account")
    return found


def subject_to_hold(kind: str, number: int) -> Any:
    """Raises InvalidValue at `number` when there is none."""
    models = {each.class_.__name__: each.class_ for each in Base.registry.mappers}
    found = db.session.get(models[kind], number) if kind in SUBJECTS else None
    if found is None:
        raise InvalidValue("number", "no_such_number")
    return found


def hold_around(person: Person) -> Hold | None:
    """The hold that lasts longest on this person, or on a subject that names this person anywhere; None without."""
    ways = [Hold.account_id == person.id]
    for table, kind in _subjects().items():
        own = select(table.c.id).where(_names(table, person))
        ways.append(and_(Hold.subject_kind == kind, Hold.subject_id.in_(own)))
    found = select(Hold).where(Hold.counts_on(today()), or_(*ways))
    return db.session.scalars(found.order_by(Hold.ends_on.desc(), Hold.id)).first()


def of_no_held_subject(table: Table, *, below: tuple[Table, ...] = ()) -> list[ColumnElement[bool]]:
    """The conditions for rows of this table that hang on nothing that is held, by the foreign keys. `below` are the
    tables it came by."""
    subjects, free = _subjects(), []
    for column in (each for each in table.columns if not names_account(each)):
        for key in column.foreign_keys:
            above = key.column.table
            if above in subjects:
                free.append(or_(column.is_(None), column.not_in(held_subjects(subjects[above]))))
            elif above is not table and above not in below:
                held = [~each for each in of_no_held_subject(above, below=(*below, table))]
                free += [or_(column.is_(None), column.not_in(select(key.column).where(or_(*held))))] if held else []
    return free


def _subjects() -> dict[Table, str]:
    """The table of each kind that can be held."""
    found = {each.class_.__name__: each.local_table for each in Base.registry.mappers}
    return {found[kind]: kind for kind in SUBJECTS}


def _names(table: Table, person: Person) -> ColumnElement[bool]:
    """Which rows name this person: themselves, in what hangs on them, in their conversation, or as who asked."""
    ways: list[ColumnElement[bool]] = [each == person.id for each in accounts_named(table)]
    address, tables, subjects = address_of(table), Base.metadata.tables, _subjects()
    if address is not None:
        ways.append(func.lower(address) == person.address)
    for below in Base.metadata.sorted_tables:
        for key in below.foreign_keys if below not in subjects and below is not table else ():
            if key.column.table is table:
                ways.append(key.column.in_(select(key.parent).where(_names(below, person))))
    if table in subjects and "thread_id" in table.c:
        messages = tables["messages"].c
        ways.append(table.c.thread_id.in_(select(messages.thread_id).where(messages.author_id == person.id)))
    if table.name == "matches":
        visitors = tables["visitor_requests"].c
        ways.append(table.c.need_id.in_(select(visitors.need_id).where(func.lower(visitors.email) == person.address)))
    return or_(false(), *ways)
