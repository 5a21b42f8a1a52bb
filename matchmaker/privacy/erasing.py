"""Erasing one person: first whether it can, then everything in one transaction, by a worker.

A row that cannot be without its person goes; of any other row what is theirs is emptied, so that what it tells of
others stays. What must stay (`stays`) goes by its own term.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    String,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    union_all,
    update,
)

from matchmaker.accounts.actions import close_account
from matchmaker.accounts.attempts import forget_attempts_of
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.audit.actions import record
from matchmaker.audit.retention import erase_person
from matchmaker.classification import Keep, What
from matchmaker.database import Base, Code, db
from matchmaker.errors import InvalidMove
from matchmaker.files.actions import forget
from matchmaker.files.models import StoredFile
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import Job, JobState
from matchmaker.links.models import Link
from matchmaker.mail.models import Letter
from matchmaker.privacy.consenting import withdraw_all, withdraw_by_address
from matchmaker.privacy.exporting import drop, exports_of
from matchmaker.privacy.mentions import forget_mentions, only_codes
from matchmaker.privacy.my_data import person_of
from matchmaker.privacy.obstacles import obstacles
from matchmaker.privacy.owners import NOBODY, Person, accounts_named, is_of, is_shared, names_account
from matchmaker.privacy.registry import class_of, columns_of_people
from matchmaker.replies.models import ReceivedMail

TASK = "erase_account"
_AT_ONCE = 500
_APART = frozenset({"accounts", "audit_events", "letters", "received_mails"})
Rows = list[tuple[Any, ...]]


def ask_erasure(account: Account, *, by: Account | None) -> Job:
    """Close the account at once and let a worker erase it; `by` is None when its term ended. Raises InvalidMove while
    something stands in the way."""
    if obstacles(account, lock=True):
        raise InvalidMove(state=account.status.value, action="erase")
    if account.status is not AccountStatus.DISABLED:
        close_account(account, by=by)
    record("privacy.erasure_asked", about=account, by=by)
    return enqueue(TASK, by=None, account=account.id)


def being_erased() -> set[int]:
    """The numbers of the accounts that a worker has yet to erase, or could not."""
    rows = db.session.scalars(select(Job.values).where(Job.task == TASK, Job.state != JobState.DONE))
    return {values["account"] for values in rows}


def erase_by_job(job: Job) -> None:
    """Do what was asked; nothing when it was done before. Raises InvalidMove when something came in the way."""
    account = db.session.get(Account, job.values["account"])
    if account is not None:
        job.result = {"rows": erase(account)}


def stays(column: Column[Any]) -> bool:
    """Whether a value of someone outlives their account: agreements, terms in a committee, texts of several people, and
    what the log and a consent say once they do not say who."""
    if column.table.name == "audit_events":
        return column.name not in {"actor_id", "details"}
    if column.table.name == "consents":
        return not names_account(column) and class_of(column).what is not What.CONTACT
    return not names_account(column) and (class_of(column).keep in {Keep.PLACEMENT, Keep.TERM} or is_shared(column))


def counted(account: Account) -> tuple[dict[str, int], dict[Keep, int]]:
    """How many rows of someone go, by table, and how many stay, by their term."""
    return _counted(person_of(account))


def counted_at(address: str) -> tuple[dict[str, int], dict[Keep, int]]:
    """The same of a mail address without an account."""
    return _counted(Person(NOBODY, address.lower()))


def _counted(person: Person) -> tuple[dict[str, int], dict[Keep, int]]:
    conditions = {each: is_of(each, person) for each in columns_of_people()}
    questions = {column: _question(column, each) for column, each in conditions.items() if each is not None}
    numbers = _numbers({text: (column.table, conditions[column]) for column, text in questions.items()})
    go: dict[str, int] = {}
    stay: dict[Keep, int] = {}
    for column, text in questions.items():
        number, name, keep = numbers[text], column.table.name, class_of(column).keep
        if number and stays(column):
            stay[keep] = max(stay.get(keep, 0), number)
        elif number:
            go[name] = max(go.get(name, 0), number)
    return go, stay


def _question(column: Column[Any], condition: ColumnElement[bool]) -> str:
    """What columns with the same rows of someone have in common."""
    return f"{column.table.name} {condition}"


def _numbers(asked: Mapping[str, tuple[Table, ColumnElement[bool]]]) -> dict[str, int]:
    """How many rows each question is about, in one question to the database."""
    counts = [select(func.count()).select_from(table).where(each).scalar_subquery() for table, each in asked.values()]
    return dict(zip(asked, db.session.execute(select(*counts)).one(), strict=True))


def erase(account: Account) -> int:
    """Erase someone now, in the transaction of the caller; returns how many rows held something of theirs.

    Raises InvalidMove while something stands in the way.
    """
    if obstacles(account, lock=True):
        raise InvalidMove(state=account.status.value, action="erase")
    person, name = person_of(account), account.display_name
    found = _rows_of(person)
    number = sum(len(rows) for rows in found.values())
    withdraw_all(account)
    _forget_letters(person)
    for each in exports_of(account):
        drop(each)
    forget_attempts_of(account)
    files = _files_to_forget(person)
    _delete_going(person)
    for column, rows in found.items():
        _empty(column, rows)
    db.session.expire_all()
    _forget_files(files)
    forget_mentions(name, person)
    erase_person(person.id)
    record("privacy.erased", about=account, by=None, rows=number)
    db.session.flush()
    db.session.execute(delete(Account).where(Account.id == person.id).execution_options(synchronize_session="fetch"))
    return number


def erase_address(address: str) -> int:
    """Erase what hangs on a mail address without an account; returns how many rows held something of it.

    What must stay (`stays`) goes by its own term. What was agreed to from this address ends.
    """
    person = Person(NOBODY, address.lower())
    withdraw_by_address(person.address)
    found = _rows_of(person)
    number = sum(len(rows) for rows in found.values())
    _forget_letters(person)
    for column, rows in found.items():
        _empty(column, rows)
    db.session.expire_all()
    forget_mentions("", person)
    db.session.flush()
    return number


def _rows_of(person: Person) -> dict[Column[Any], Rows]:
    """The keys of the rows with something of this person, by column, looked up before anything is emptied."""
    found: dict[Column[Any], Rows] = {}
    for column in columns_of_people():
        condition = is_of(column, person)
        if condition is None or column.table.name in _APART or stays(column):
            continue
        keys = list(column.table.primary_key.columns)
        rows = [tuple(row) for row in db.session.execute(select(*keys).where(condition))]
        if rows:
            found[column] = rows
    return found


def _delete_going(person: Person) -> None:
    """The rows that cannot be without their person go before anything is emptied: what must differ from row to row
    cannot be empty in two of them."""
    for table in reversed(Base.metadata.sorted_tables):
        for column in accounts_named(table):
            if not column.nullable or _goes_along(column):
                db.session.execute(delete(table).where(column == person.id))


def _empty(column: Column[Any], rows: Rows) -> None:
    table = column.table
    if isinstance(column.type, JSON):
        for key in rows:
            _empty_json(column, key)
    elif column.nullable or (isinstance(column.type, String) and not isinstance(column.type, Code)):
        if column.primary_key or _goes_along(column) or (column.foreign_keys and not column.nullable):
            return
        value = None if column.nullable else b"" if isinstance(column.type, LargeBinary) else ""
        for start in range(0, len(rows), _AT_ONCE):
            piece = rows[start : start + _AT_ONCE]
            db.session.execute(
                update(table).where(or_(*(_is_row(table, key) for key in piece))).values({column: value})
            )


def _empty_json(column: Column[Any], key: tuple[Any, ...]) -> None:
    where = _is_row(column.table, key)
    kept = only_codes(db.session.execute(select(column).where(where)).scalar())
    db.session.execute(update(column.table).where(where).values({column: kept}))


def _goes_along(column: Column[Any]) -> bool:
    """Whether the row goes with the account it names."""
    return any(key.ondelete == "CASCADE" and key.column.table.name == "accounts" for key in column.foreign_keys)


def _is_row(table: Table, key: Sequence[Any]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))


def _forget_letters(person: Person) -> None:
    """Letters and mails of this person go whole, with the links in them; so do letters to an address of before, by
    the link that is of this person."""
    links = select(Link.id).where(Link.account_id == person.id)
    own = or_(
        Letter.account_id == person.id, func.lower(Letter.to_address) == person.address, Letter.link_id.in_(links)
    )
    db.session.execute(delete(ReceivedMail).where(func.lower(ReceivedMail.sender) == person.address))
    db.session.execute(delete(ReceivedMail).where(ReceivedMail.letter_id.in_(select(Letter.id).where(own))))
    linked = db.session.scalars(select(Letter.link_id).where(own, Letter.link_id.is_not(None))).all()
    db.session.execute(delete(Letter).where(own))
    db.session.execute(delete(Link).where(Link.id.in_(linked)))


def _files_to_forget(person: Person) -> list[int]:
    """Files with messages and applications of this person; their rows go first."""
    tables = Base.metadata.tables
    attachments, messages, sent = tables["attachments"], tables["messages"], tables["application_files"]
    written = select(messages.c.id).where(messages.c.author_id == person.id)
    applied = select(tables["applications"].c.id).where(tables["applications"].c.student_id == person.id)
    found: list[int] = []
    for table, condition in (
        (attachments, attachments.c.message_id.in_(written)),
        (sent, sent.c.application_id.in_(applied)),
    ):
        found += db.session.scalars(select(table.c.file_id).where(condition)).all()
        db.session.execute(delete(table).where(condition))
    return found


def _forget_files(numbers: Sequence[int]) -> None:
    """What nothing else needs any more."""
    needed = [
        select(column).where(column.in_(numbers))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "files" for key in column.foreign_keys)
    ]
    still = set(db.session.scalars(union_all(*needed)))
    for each in db.session.scalars(select(StoredFile).where(StoredFile.id.in_(set(numbers) - still))).all():
        forget(each)
