"""The database and what every table shares. Works on SQLite and PostgreSQL.

On SQLite a writing request starts with BEGIN IMMEDIATE: it waits its turn at the door instead of failing half way, and
who came first is not passed by for long. A reading request (GET) opens its transaction read-only on both databases, so
that a GET cannot write.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Any, Protocol

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Engine,
    FromClause,
    MetaData,
    String,
    TypeDecorator,
    Update,
    event,
    func,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

from matchmaker.silence import bound_silence, watch_silence

logger = logging.getLogger(__name__)
MAX_ID = 2**31 - 1
"""The largest row number a column holds on every database we run on."""
BUSY_SECONDS = 10
TRY_MILLISECONDS = 20
"""SQLite looks ever less often whether it may write, so who waits long is passed by whoever comes: ask anew instead."""
LONG_SECONDS = 0.5
"""Waiting for the writer that is told in the log."""
HURRY_MILLISECONDS = 100
"""How long something that nobody waits for may wait for its turn to write."""
LOCK_SECONDS = 3
"""How long a request waits for a row or table that another transaction holds, on PostgreSQL."""
_GRACE_SECONDS = 1
"""What PostgreSQL gets to say that it broke a question off, before it is taken to hang."""
_QUERY_ONLY = "query_only"
"""What a connection remembers of itself; the pool forgets it with the connection."""

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


Base.registry.update_type_annotation_map({dict[str, Any]: JSON, list[Any]: JSON, list[str]: JSON})
db = SQLAlchemy(model_class=Base, session_options={"join_transaction_mode": "create_savepoint"})


class Identified(Protocol):
    """Anything with a row number: who did it, or what it was done to."""

    id: Any


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. Refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[StrEnum]):
    """A member of a closed list, stored as its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.members(value)


def read_json(text: str) -> Any:
    """What a JSON column holds. Most hold nothing, and a list of matches asks hundreds."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


_reading: ContextVar[bool] = ContextVar("reading", default=False)
_seconds: ContextVar[int] = ContextVar("seconds", default=0)
_in_a_hurry: ContextVar[bool] = ContextVar("in_a_hurry", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions opened inside are read-only."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def read_only(value: bool) -> None:
    """From here on, in this context, new transactions are read-only or not."""
    _reading.set(value)


def write_apart(change: Update) -> bool:
    """Write what nobody waits for in a transaction of its own, so that reading writes nothing in the one it reads in.

    What was read is let go first. False when it cannot be written at once (the database is busy, full, read-only or
    away): that is no reason to keep an answer back.
    """
    db.session.rollback()
    reading_only, hurry = _reading.set(False), _in_a_hurry.set(True)
    try:
        db.session.execute(change.execution_options(synchronize_session=False))
        db.session.commit()
    except SQLAlchemyError as error:
        if not isinstance(error, OperationalError):
            logger.warning("not noted in %s: %s", change.table, type(error).__name__)
        db.session.remove()
        return False
    finally:
        _in_a_hurry.reset(hurry)
        _reading.reset(reading_only)
    return True


def empty_journal() -> bool:
    """Bring what stands in the journal of SQLite into the database itself and leave it empty: what was erased stays
    readable there until it happens to be written over. Nothing may be open in this session.

    False while someone reads or writes what it holds. PostgreSQL keeps its journal out of reach, and for itself.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={HURRY_MILLISECONDS}")
        [busy, *_pages] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        return not busy
    finally:
        connection.close()


def bound_questions(seconds: int) -> None:
    """From here on, in this context, a question of a new transaction may take this long; 0 for as long as it takes.

    On PostgreSQL only. A command or a worker is not bound; a visitor is not kept waiting, by a database that hangs
    neither.
    """
    _seconds.set(seconds)
    bound_silence(seconds + _GRACE_SECONDS if seconds else 0)


def prepare_engine(engine: Engine) -> None:
    """Attach the rules above to an engine, once, when the application is made."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
        watch_silence(engine)


def _make_private(_dialect: Dialect, _record: object, arguments: Sequence[Any], _options: object) -> None:
    """A new database is for its user alone; SQLite gives what it keeps beside it the same rights."""
    path = str(arguments[0])
    if path.startswith((":", "file:")):
        return
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """The pragma makes SQLite prepare all its statements again, so it is given only where it changes something."""
    reading_only = _reading.get()
    if connection.info.get(_QUERY_ONLY) is not reading_only:
        connection.info.pop(_QUERY_ONLY, None)
        patience = BUSY_SECONDS * 1000 if reading_only else TRY_MILLISECONDS
        connection.exec_driver_sql(f"PRAGMA query_only={int(reading_only)}")
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        connection.info[_QUERY_ONLY] = reading_only
    if reading_only:
        connection.exec_driver_sql("BEGIN")
    else:
        _wait_to_write(connection, HURRY_MILLISECONDS / 1000 if _in_a_hurry.get() else BUSY_SECONDS)


def _wait_to_write(connection: Connection, seconds: float) -> None:
    """Begin as the one who writes; raises what SQLite says when that cannot be within these seconds."""
    raw, since = connection.connection.dbapi_connection, monotonic()
    assert isinstance(raw, sqlite3.Connection)
    while monotonic() - since < seconds:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF != sqlite3.SQLITE_BUSY:
                break
        else:
            if (waited := monotonic() - since) >= LONG_SECONDS:
                logger.warning("waited %.1f s to write", waited)
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    rules = ["SET TRANSACTION READ ONLY"] if _reading.get() else []
    if _in_a_hurry.get():
        rules.append(f"SET LOCAL statement_timeout = '{10 * HURRY_MILLISECONDS}ms'")
        rules.append(f"SET LOCAL lock_timeout = '{HURRY_MILLISECONDS}ms'")
        rules.append("SET LOCAL synchronous_commit = off")
    elif seconds := _seconds.get():
        rules.append(f"SET LOCAL statement_timeout = '{seconds}s'")
        rules.append(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
    if rules:
        connection.exec_driver_sql("; ".join(rules))


def take_turn(of: str) -> None:
    """Wait until nobody else is in the turn of this name, and be in it until the transaction ends.

    For what is counted before it is written, where no row stands for the count. On SQLite who writes is alone already.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(of, 0))))


def ready_for(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of this column ready for a database; None when it is as it stands."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def insert_lines(connection: Connection, table: FromClause, lines: Sequence[tuple[Any, ...]]) -> None:
    """Insert many lines past the ORM and its types: every column of the table in order, ready for the database."""
    if lines:
        quoted = connection.dialect.identifier_preparer.quote
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        names, marks = ", ".join(map(quoted, table.columns.keys())), ", ".join([mark] * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(lines))  # noqa: S608  # nosec B608  # names of the model, quoted
