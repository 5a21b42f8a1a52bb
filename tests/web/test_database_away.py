"""A database that is away, busy or full: a page that says so, with Retry-After, to whoever was signed in."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.event import listens_for, remove
from werkzeug.test import TestResponse

from matchmaker import create_app, database
from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.submissions.models import Submission
from tests.conftest import on_postgresql, settings_for
from tests.factories import people

pytestmark = pytest.mark.committed
Step = Callable[[], object]
FORM = {"email": "iemand@test.example", "password": people.PASSWORD, "submission_key": "k"}


@pytest.fixture
def server(committed_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application once more, so that each request ends as it does on a server."""
    app = create_app(settings_for(committed_app.extensions["settings"].database_url, tmp_path))
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    yield app
    engine_of(app).dispose()


@pytest.fixture
def steps(server: Flask) -> dict[str, Step]:
    """What `/proef/<step>` does: filled by a test."""
    found: dict[str, Step] = {}
    server.add_url_rule("/proef/<step>", "trial.step", lambda step: found[step](), methods=["POST"])
    return found


@pytest.fixture
def browser(server: Flask, steps: dict[str, Step]) -> FlaskClient:
    """Someone who signed in."""
    people.account(email=FORM["email"])
    db.session.commit()
    db.session.remove()
    browser = server.test_client()
    assert browser.post("/inloggen", data={**FORM, "submission_key": "eerst"}).status_code == 302
    return browser


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def is_told(answer: TestResponse) -> None:
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "10")
    assert "Even niet bereikbaar" in answer.text


@contextmanager
def unreachable(engine: Engine) -> Iterator[None]:
    """No new connection can be used; those that were open are gone."""

    def refuse(*_words: object) -> None:
        raise engine.dialect.dbapi.OperationalError("away")  # type: ignore[union-attr]

    engine.dispose()
    listens_for(engine, "connect")(refuse)
    try:
        yield
    finally:
        remove(engine, "connect", refuse)


def test_who_was_signed_in_is_told_and_is_still_signed_in_after(server: Flask, browser: FlaskClient) -> None:
    with unreachable(engine_of(server)):
        is_told(browser.get("/account"))
        is_told(browser.post("/account/wachtwoord", data={"submission_key": "k"}))
        is_told(browser.get("/aanbod"))
    assert browser.get("/account").status_code == 200


def test_a_change_that_was_kept_before_the_database_went_is_one_change(
    server: Flask, browser: FlaskClient, steps: dict[str, Step]
) -> None:
    """It goes before where the answer led is remembered: who sends the form again makes no second one."""
    away = unreachable(engine_of(server))

    def add() -> object:
        people.account(display_name="Nieuw")
        db.session.commit()
        away.__enter__()
        return redirect("/inloggen?gelukt=1")

    steps["maak"] = add
    try:
        is_told(browser.post("/proef/maak", data={"submission_key": "k"}))
    finally:
        away.__exit__(None, None, None)
    assert browser.post("/proef/maak", data={"submission_key": "k"}).status_code == 302
    assert db.session.query(Account).filter_by(display_name="Nieuw").count() == 1


if not on_postgresql():  # PostgreSQL: a row or table that is held is in tests/operation/test_slow.py

    def test_a_locked_database_is_told_and_read_on(
        server: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 1)
        engine_of(server).dispose()
        with closing(sqlite3.connect(str(engine_of(server).url.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            is_told(browser.post("/inloggen", data=FORM))
            assert browser.get("/account").status_code == 200
        assert browser.post("/inloggen", data=FORM).status_code == 302

    def test_a_full_disk_is_told_and_read_on(server: Flask, browser: FlaskClient, steps: dict[str, Step]) -> None:
        """The database may not grow by one page."""
        engine = engine_of(server)
        with closing(sqlite3.connect(str(engine.url.database))) as other:
            pages = other.execute("PRAGMA page_count").fetchone()[0]

        def fill(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages}")

        def write() -> object:
            db.session.add_all(Submission(key=f"{number:064}", location="x" * 500) for number in range(200))
            db.session.commit()
            return redirect("/")

        steps["vul"] = write
        engine.dispose()
        listens_for(engine, "connect")(fill)
        is_told(browser.post("/proef/vul"))
        assert browser.get("/account").status_code == 200 and browser.get("/aanbod").status_code == 200
        remove(engine, "connect", fill)
        engine.dispose()
        assert browser.post("/proef/vul").status_code == 302

else:

    def test_a_full_pool_is_told(server: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        """All connections are in the hands of others."""
        engine = engine_of(server)
        monkeypatch.setattr(engine.pool, "_timeout", 0.2)
        held = [engine.connect() for _ in range(15)]
        is_told(browser.get("/account"))
        for each in held:
            each.close()
        assert browser.get("/account").status_code == 200
