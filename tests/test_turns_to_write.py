"""SQLite has one writer at a time: who waits for that turn asks for it all the time, and gets it or hears so."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from matchmaker import create_app, database
from matchmaker.database import BUSY_SECONDS, TRY_MILLISECONDS, db, reading
from tests.conftest import settings_for

WRITE = text("INSERT INTO turns VALUES (1)")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/turns.db", tmp_path))
    with app.app_context():
        db.session.execute(text("CREATE TABLE turns (number INTEGER)"))
        db.session.commit()
        yield app
        db.engine.dispose()


@pytest.fixture
def other(here: Flask) -> Iterator[sqlite3.Connection]:
    """Someone else who writes."""
    held = sqlite3.connect(str(db.engine.url.database), isolation_level=None, check_same_thread=False)
    held.execute("BEGIN IMMEDIATE")
    yield held
    held.close()


def patience() -> int:
    return int(db.session.scalar(text("PRAGMA busy_timeout")) or 0)


@pytest.mark.usefixtures("here")
def test_who_writes_asks_in_short_tries_and_who_reads_waits() -> None:
    """By itself SQLite looks but ten times a second after a while, and whoever comes takes the turn in between."""
    for _ in range(2):
        assert patience() == TRY_MILLISECONDS
        db.session.rollback()
        with reading():
            assert patience() == BUSY_SECONDS * 1000
            db.session.rollback()


def test_a_long_wait_ends_in_writing_and_stands_in_the_log(
    other: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    released = threading.Timer(0.7, other.rollback)
    released.start()
    db.session.execute(WRITE)
    db.session.commit()
    released.join()
    assert [line for line in caplog.messages if line.startswith("waited ") and line.endswith(" s to write")]


@pytest.mark.usefixtures("other")
def test_a_wait_without_end_is_told_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with pytest.raises(OperationalError, match="locked"):
        db.session.execute(WRITE)
    db.session.rollback()
    with reading():
        assert db.session.scalar(text("SELECT count(*) FROM turns")) == 0
        db.session.rollback()


@pytest.mark.usefixtures("here")
def test_what_waiting_cannot_mend_is_not_waited_for() -> None:
    def refuse(connection: sqlite3.Connection, _record: object) -> None:
        denied = sqlite3.SQLITE_TRANSACTION
        connection.set_authorizer(lambda what, *_: sqlite3.SQLITE_DENY if what == denied else sqlite3.SQLITE_OK)

    db.engine.dispose()
    event.listen(db.engine, "connect", refuse)
    started = monotonic()
    with pytest.raises(DatabaseError, match="not authorized"):
        db.session.execute(WRITE)
    assert monotonic() - started < BUSY_SECONDS / 2
