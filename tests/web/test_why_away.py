"""The line in the log of a database that is away says why, by the code of the database and without a value."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from matchmaker import create_app
from matchmaker.database import db
from tests.conftest import on_postgresql, settings_for

SECRET = "wachtwoord-van-jan"


def why(app: Flask, caplog: pytest.LogCaptureFixture, path: str) -> str:
    """What is said after the address when this page is asked."""
    assert app.test_client().get(path).status_code == 503
    said = [each.getMessage() for each in caplog.records if each.getMessage().startswith("database away")]
    assert SECRET not in str([each.__dict__ for each in caplog.records])
    return said[-1].partition("): ")[2]


def test_a_database_that_was_never_migrated(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path))
    assert why(app, caplog, "/aanbod") == "OperationalError SQLITE_ERROR"


def test_a_disk_that_is_full(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fill() -> str:
        with create_engine(f"sqlite:///{tmp_path}/full.db").begin() as full:
            full.exec_driver_sql("PRAGMA max_page_count=2")
            full.exec_driver_sql("CREATE TABLE words (word)")
            full.execute(text("INSERT INTO words VALUES (:word)"), {"word": SECRET * 10_000})
        return ""

    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path))
    app.view_functions["public.show_about"] = fill
    assert why(app, caplog, "/over") == "OperationalError SQLITE_FULL"


def test_nobody_answers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(settings_for("postgresql://nobody@127.0.0.1:9/none", tmp_path))
    assert why(app, caplog, "/aanbod") == "OperationalError without a code"


if on_postgresql():

    def test_a_question_that_took_too_long(
        committed_app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def sleep() -> str:
            db.session.execute(text("SELECT pg_sleep(30), :word"), {"word": SECRET})
            return ""

        object.__setattr__(committed_app.extensions["settings"], "request_seconds", 1)
        monkeypatch.setitem(committed_app.view_functions, "public.show_about", sleep)
        assert why(committed_app, caplog, "/over") == "QueryCanceled 57014"
