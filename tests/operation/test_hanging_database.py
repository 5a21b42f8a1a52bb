"""A PostgreSQL that hangs, with its sockets open: 503 within three seconds, and well again by itself."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.submissions.models import Submission
from tests.conftest import on_postgresql, settings_for
from tests.factories import people
from tests.factories.swallowing import Line, swallowing

pytestmark = pytest.mark.committed
PROMISED, BACK = 3.0, 5.0
"""Seconds."""

if on_postgresql():  # SQLite is in this very process: it cannot hang

    @pytest.fixture
    def line(committed_app: Flask, tmp_path: Path) -> Iterator[tuple[Line, Flask]]:
        """The application once more, on the same database by way of a line that can swallow."""
        with swallowing(committed_app.extensions["settings"].database_url) as (line, url):
            app = create_app(settings_for(url, tmp_path))
            app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
            yield line, app
            with app.app_context():
                db.engine.dispose()

    @pytest.fixture
    def browser(line: tuple[Line, Flask]) -> FlaskClient:
        """Someone who signed in, so that every page asks the database who it is; the server has a connection open."""
        person = people.account(email="iemand@test.example")
        db.session.commit()
        browser = line[1].test_client()
        answer = browser.post("/inloggen", data={"email": person.email, "password": people.PASSWORD})
        assert answer.status_code == 302
        return browser

    def is_refused_in_time(ask: Callable[[], TestResponse]) -> None:
        begun = time.monotonic()
        answer = ask()
        assert answer.status_code == 503
        assert time.monotonic() - begun < PROMISED
        assert answer.headers["Retry-After"] == "10" and "Even niet bereikbaar" in answer.text

    def comes_back(browser: FlaskClient) -> None:
        begun = time.monotonic()
        while browser.get("/account").status_code != 200:
            assert time.monotonic() - begun < BACK
            time.sleep(0.1)

    def test_pages_say_so_and_come_back(line: tuple[Line, Flask], browser: FlaskClient) -> None:
        line[0].hung = True
        for _ in range(2):
            is_refused_in_time(lambda: browser.get("/account"))
        is_refused_in_time(lambda: browser.get("/aanbod"))
        form = {"email": "iemand@test.example", "password": people.PASSWORD, "submission_key": "k1"}
        is_refused_in_time(lambda: browser.post("/inloggen", data=form))
        line[0].hung = False
        comes_back(browser)
        assert browser.post("/inloggen", data=form).status_code == 302
        assert db.session.query(Submission).count() == 1

    def test_a_new_connection_is_not_waited_for(line: tuple[Line, Flask], browser: FlaskClient) -> None:
        with line[1].app_context():
            db.engine.dispose()
        line[0].hung = True
        is_refused_in_time(lambda: browser.get("/account"))
        line[0].hung = False
        comes_back(browser)

    def test_half_way_a_question(line: tuple[Line, Flask], browser: FlaskClient) -> None:
        """The question is asked while all is well; then the line goes silent."""

        def ask() -> str:
            db.session.execute(text("SELECT 1"))
            line[0].hung = True
            db.session.execute(text("SELECT pg_sleep(0.2)"))
            return ""

        line[1].view_functions["public.show_about"] = ask
        is_refused_in_time(lambda: browser.get("/over"))
        line[0].hung = False
        comes_back(browser)

    def test_one_that_is_slow_is_waited_for(line: tuple[Line, Flask], browser: FlaskClient) -> None:
        """Silent for longer than it takes to be taken for gone, but its door is answered."""

        def ask() -> str:
            db.session.execute(text("SELECT pg_sleep(2.5)"))
            return "klaar"

        line[1].view_functions["public.show_about"] = ask
        assert browser.get("/over").text == "klaar"

    def test_a_command_waits_as_long_as_it_takes(line: tuple[Line, Flask], browser: FlaskClient) -> None:
        with line[1].app_context():
            line[0].hung = False
            db.session.execute(text("SELECT pg_sleep(1.5)"))
            db.session.remove()
