"""A GET cannot write, a form sent twice is one change, nobody overwrites another."""

import io
import threading
from collections.abc import Iterator

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from matchmaker.accounts.models import Account
from matchmaker.database import db, reading
from tests.factories import people


@pytest.fixture
def trial(committed_app: Flask) -> Iterator[Flask]:
    """The application with two pages of the test: one that adds a person on POST, one that tries to on GET."""

    def add_person() -> object:
        people.account(display_name="Nieuw")
        db.session.commit()
        return redirect("/inloggen?gelukt=1")

    def careless_page() -> str:
        people.account(display_name="Stiekem")
        db.session.commit()
        return "gelezen"

    committed_app.add_url_rule("/proef/maak", "trial.add_person", add_person, methods=["POST"])
    committed_app.add_url_rule("/proef/lees", "trial.careless_page", careless_page)
    yield committed_app


def number(name: str) -> int:
    db.session.rollback()
    return db.session.query(Account).filter_by(display_name=name).count()


def test_a_get_that_tries_to_write_is_stopped_by_the_database(trial: Flask) -> None:
    answer = trial.test_client().get("/proef/lees")
    assert answer.status_code >= 500
    assert number("Stiekem") == 0


def test_reading_refuses_a_write_and_the_next_transaction_may_write_again(committed_app: Flask) -> None:
    db.session.rollback()
    with reading(), pytest.raises(DBAPIError):
        people.account()
    db.session.rollback()
    people.account(display_name="Weer")
    db.session.commit()
    assert number("Weer") == 1


def test_reading_and_writing_in_turn_over_one_connection_never_lets_a_get_write(trial: Flask) -> None:
    client = trial.test_client()
    for _ in range(3):
        assert client.post("/proef/maak").status_code == 302
        assert client.get("/proef/lees").status_code >= 500
    assert (number("Nieuw"), number("Stiekem")) == (3, 0)


def test_a_form_sent_twice_makes_one_record_and_both_answers_lead_to_the_same_page(trial: Flask) -> None:
    client: FlaskClient = trial.test_client()
    first = client.post("/proef/maak", data={"submission_key": "k1"})
    second = client.post("/proef/maak", data={"submission_key": "k1"})
    assert (first.location, second.location) == ("/inloggen?gelukt=1", "/inloggen?gelukt=1")
    assert number("Nieuw") == 1


def test_two_clicks_at_the_same_moment_make_one_record(trial: Flask) -> None:
    barrier = threading.Barrier(4)
    statuses: list[int] = []

    def click() -> None:
        client = trial.test_client()
        barrier.wait()
        statuses.append(client.post("/proef/maak", data={"submission_key": "k2"}).status_code)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert statuses == [302, 302, 302, 302]
    assert number("Nieuw") == 1


def test_another_form_with_another_key_is_another_change(trial: Flask) -> None:
    client = trial.test_client()
    client.post("/proef/maak", data={"submission_key": "k3"})
    client.post("/proef/maak", data={"submission_key": "k4"})
    assert number("Nieuw") == 2


def test_what_was_changed_on_a_page_the_browser_had_kept_is_another_form(trial: Flask) -> None:
    client = trial.test_client()
    for typed in ("een", "twee", "twee"):
        client.post("/proef/maak", data={"submission_key": "k5", "text": typed})
    assert number("Nieuw") == 2
    for content in (b"een", b"twee", b"twee"):
        data = {"submission_key": "k6", "files": [(io.BytesIO(content), "plan.txt")]}
        client.post("/proef/maak", data=data, content_type="multipart/form-data")
    assert number("Nieuw") == 4


def test_a_form_that_was_refused_can_be_sent_again_with_the_same_key(committed_app: Flask) -> None:
    person = people.account()
    db.session.commit()
    client = committed_app.test_client()
    form = {"email": person.email, "submission_key": "k5"}
    assert client.post("/inloggen", data={**form, "password": "fout fout fout"}).status_code == 401
    answer = client.post("/inloggen", data={**form, "password": people.PASSWORD})
    assert answer.location == "/start"
