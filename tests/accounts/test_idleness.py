"""A session that is not used ends; reading keeps it, a page that asks by itself does not, and no page waits for it."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from config import Settings
from matchmaker import create_app
from matchmaker.accounts.idleness import NOTED_EVERY, note_use
from matchmaker.accounts.models import SignInSession
from matchmaker.accounts.queries import sessions_of
from matchmaker.accounts.sessions import find_session, open_session
from matchmaker.clock import now
from matchmaker.database import HURRY_MILLISECONDS, db
from matchmaker.vocabulary import Role
from matchmaker.web.sign_in_state import by_itself, me
from tests.conftest import QueryCount, on_postgresql, settings_for
from tests.factories import people
from tests.factories.client import Client

IDLE = timedelta(minutes=Settings().idle_minutes)
MINUTE = timedelta(minutes=1)


def last_used() -> datetime:
    db.session.expire_all()
    return db.session.query(SignInSession).one().last_used_at


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_session_that_is_not_used_ends(app: Flask, client: Client) -> None:
    person = people.account()
    client.sign_in(person)
    token = open_session(person, hours=12, device="", membership_id=None)
    db.session.commit()
    with time_machine.travel(now() + IDLE - MINUTE):
        assert find_session(token) is not None and len(sessions_of(person)) == 2
    with time_machine.travel(now() + IDLE + MINUTE):
        assert find_session(token) is None and sessions_of(person) == []
        assert client.get("/account").headers["Location"] == "/inloggen?next=/account"


def test_reading_keeps_a_session_and_is_written_once_in_five_minutes(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    start = now()
    with QueryCount(db.engines[None]) as asked:
        for minutes in range(1, 12):
            with time_machine.travel(start + minutes * MINUTE):
                assert is_in(client)
    assert len([each for each in asked.statements if each.startswith("UPDATE")]) == 11 // (NOTED_EVERY // MINUTE)
    for times in (1, 2, 3):
        with time_machine.travel(start + 0.9 * times * IDLE):
            assert is_in(client)
    with time_machine.travel(start + 0.9 * 3 * IDLE + IDLE + MINUTE):
        assert not is_in(client)


def test_a_use_that_another_process_kept_a_moment_ago_is_not_written_again(app: Flask) -> None:
    open_session(people.account(), hours=12, device="", membership_id=None)
    db.session.commit()
    number, start = db.session.query(SignInSession.id).scalar(), now()
    with time_machine.travel(start + 2 * NOTED_EVERY, tick=False):
        assert note_use(number)
        kept = last_used()
    with time_machine.travel(start + 2 * NOTED_EVERY + MINUTE):
        assert note_use(number)
    assert (last_used(), kept) == (kept, start + 2 * NOTED_EVERY)


def test_what_a_page_asks_by_itself_and_what_is_refused_is_no_use(client: Client) -> None:
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    before = last_used()
    with time_machine.travel(now() + IDLE - MINUTE):
        assert client.get("/account/programmas/7/bestaat-niet").status_code == 404
        assert client.post("/account/programmas/7/intrekken").status_code == 404
        assert last_used() == before
        assert is_in(client)
    assert last_used() > before


@pytest.mark.committed
def test_a_page_that_asks_how_far_the_work_is_does_not_keep_a_session(server: Flask) -> None:
    server.add_url_rule("/account/stand", "account.trial", by_itself(lambda: f"{sessions_of(me())}"))
    client = server.test_client()
    signed_in(client)
    with time_machine.travel(now() + IDLE - MINUTE):
        assert "SignInSession" in client.get("/account/stand").text
    with time_machine.travel(now() + IDLE + MINUTE):
        assert not is_in(client)


def test_every_answer_that_a_page_asks_for_by_itself_is_marked(app: Flask) -> None:
    """`data-progress-url` is what asks without end; those addresses end alike."""
    asking = {each.endpoint for each in app.url_map.iter_rules() if each.rule.endswith(("/stand", "/stand.json"))}
    marked = {name for name, view in app.view_functions.items() if getattr(view, "by_itself", False)}
    assert marked == asking and len(marked) >= 5


def signed_in(client: FlaskClient) -> None:
    data = {"email": people.account().email, "password": people.PASSWORD}
    db.session.commit()
    db.session.remove()
    assert client.post("/inloggen", data=data).status_code == 302


@pytest.fixture
def server(committed_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application once more, so that each request ends as it does on a server."""
    app = create_app(settings_for(committed_app.extensions["settings"].database_url, tmp_path))
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def reader(server: Flask) -> FlaskClient:
    """Someone who is signed in there."""
    client = server.test_client()
    signed_in(client)
    return client


def reads_without_waiting(client: FlaskClient) -> bool:
    started = time.monotonic()
    return is_in(client) and time.monotonic() - started < 2


@pytest.mark.committed
def test_reading_goes_on_at_once_while_another_holds_the_database(reader: FlaskClient) -> None:
    before = last_used()
    db.session.remove()
    with time_machine.travel(now() + IDLE / 2, tick=True):
        if on_postgresql():
            with db.engine.begin() as other:
                other.execute(text("SELECT * FROM sign_in_sessions FOR UPDATE"))
                assert reads_without_waiting(reader)
        else:
            with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                assert reads_without_waiting(reader)
        assert last_used() == before
        db.session.remove()
        assert reads_without_waiting(reader)
        assert last_used() > before


@pytest.mark.committed
def test_reading_goes_on_while_the_database_takes_no_writing(
    reader: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = last_used()
    db.session.remove()
    with reader.application.app_context():
        engine = db.engine
    engine.dispose()

    def refuse(connection: sqlite3.Connection, _record: object) -> None:
        if on_postgresql():
            connection.execute("SET default_transaction_read_only = on")
            connection.commit()
        else:
            denied = sqlite3.SQLITE_UPDATE
            connection.set_authorizer(lambda what, *_: sqlite3.SQLITE_DENY if what == denied else sqlite3.SQLITE_OK)

    event.listen(engine, "connect", refuse)
    try:
        with time_machine.travel(now() + IDLE / 2, tick=True):
            assert reads_without_waiting(reader) and reads_without_waiting(reader)
            assert last_used() == before
    finally:
        event.remove(engine, "connect", refuse)
    assert [line for line in caplog.messages if line.startswith("not noted in sign_in_sessions: ")]


@pytest.mark.committed
def test_a_change_waits_its_turn_as_long_as_ever_after_a_use_was_kept(reader: FlaskClient) -> None:
    """The hurry of the one is not left behind in the connection of the other."""
    with time_machine.travel(now() + IDLE / 2, tick=True):
        assert is_in(reader)
    if on_postgresql():
        with reader.application.app_context():
            assert db.session.scalar(text("SHOW lock_timeout")) == "0"
            db.session.rollback()
        return
    with sqlite3.connect(str(db.engine.url.database), isolation_level=None, check_same_thread=False) as other:
        other.execute("BEGIN IMMEDIATE")
        released = threading.Timer(5 * HURRY_MILLISECONDS / 1000, other.rollback)
        released.start()
        assert reader.post("/account/agenda-link").status_code == 302
        released.join()
    other.close()


def test_the_list_of_browsers_says_when_each_was_last_used(client: Client) -> None:
    person = people.account()
    token = open_session(person, hours=12, device="Mozilla/5.0 (X11; Linux) Firefox/128.0", membership_id=None)
    assert token
    db.session.commit()
    with time_machine.travel(now() + IDLE / 2):
        client.sign_in(person)
        page = client.get("/account").text
    assert page.count("Laatst gebruikt") == 1 and page.count("Dit apparaat") == 1
