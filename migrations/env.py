"""Migrations run inside the application, on whichever database it uses."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from matchmaker.database import Code, Moment, db
from matchmaker.listings.search.text_index import TEXT_INDEX

TURN = 0x6D6967726174
"""The number of the turn on PostgreSQL."""
config = context.config
if config.config_file_name and not current_app.extensions["settings"].log_json:
    fileConfig(config.config_file_name, disable_existing_loggers=False)


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """A revision names plain column types, so that it still runs when ours have moved."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Code):
        return "sa.String(length=40)"
    return False


def include_name(name: str | None, _kind: str, _parents: object) -> bool:
    """All but the text index, which each database makes in its own way and no model describes."""
    return not (name or "").startswith(TEXT_INDEX)


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection to migrate on.

    SQLite changes a table by making it anew and dropping the old one, and would then refuse, or follow, every row that
    points to it. So foreign keys are not looked after meanwhile; afterwards every one of them must hold.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise SystemExit(f"After the migration {len(broken)} rows point to nothing, first in {broken[0][0]}.")
        finally:
            raw.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Wait for another process that migrates this database. Whoever is killed lets go by that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({TURN})")
        connection.commit()
        yield
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({TURN})")
        connection.commit()
        return
    file = connection.engine.url.database
    folder = os.open(Path(file).resolve().parent if file else "/", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def run() -> None:
    """Each revision in its own transaction, so that one killed half way can be run again. One process at a time."""
    with connected() as connection, alone(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            render_as_batch=True,
            render_item=render_item,
            include_name=include_name,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, not as a script.")
assert current_app
run()
