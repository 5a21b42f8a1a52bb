"""No log holds a password, the token of a session or the secret of a link, whatever goes wrong."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from matchmaker.accounts.sessions import find_session, open_session
from matchmaker.database import db
from matchmaker.delivery import LINK_PATHS
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Purpose
from tests.factories import people
from tests.factories.client import Client

PASSWORD = "dit-is-een-geheim-wachtwoord"
VIEWS = {
    Purpose.INVITATION: "account.accept_invitation",
    Purpose.PASSWORD: "account.choose_password",
    Purpose.SIGN_UP: "account.finish_sign_up_form",
    Purpose.SECOND_STEP: "account.begin_again",
    Purpose.NEW_ADDRESS: "account.confirm_address",
    Purpose.KEEP_ADDRESS: "account.keep_address",
    Purpose.COLLEAGUE_ANSWER: "links.show_question",
    Purpose.CONFIRM_APPOINTMENT: "appointment_links.show_appointment",
    Purpose.CONFIRM_REQUEST: "public.show_request",
    Purpose.FOLLOW_REQUEST: "public.show_request",
    Purpose.FEED: "feeds.calendar_feed_plain",
    Purpose.SESSION_AFTER: "session_links.show_lesson",
    Purpose.SEAT: "committee_links.show_seat",
    Purpose.MEETING: "committee_links.show_meeting",
    Purpose.PLACEMENT: "placement_links.show_placement",
    Purpose.SIGN_AGREEMENT: "signing_links.show_to_sign",
    Purpose.OFFERS_FEED: "feeds.offers_feed",
    Purpose.ORGANISATION_FEED: "feeds.organisation_feed_plain",
    Purpose.TIE_IDENTITY: "account.tie_by_letter",
    Purpose.DATA_REQUEST: "public.show_data_request",
    Purpose.SIGN_UP_BY_PROVIDER: "account.sign_up_by_provider",
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything any part writes, at its most talkative but for the driver of the database."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def written(log: pytest.LogCaptureFixture) -> str:
    formatter = logging.Formatter()
    return "\n".join(formatter.format(record) for record in log.records)


def breaking(app: Flask, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    def fall(**_values: object) -> str:
        db.session.execute(text("SELECT * FROM bestaat_niet WHERE x = :secret"), {"secret": PASSWORD})
        return ""

    monkeypatch.setitem(app.view_functions, endpoint, fall)


def test_signing_in_and_failing_to_leave_no_secret(log: pytest.LogCaptureFixture, client: Client) -> None:
    person = people.account()
    client.post("/inloggen", data={"email": person.email, "password": PASSWORD})
    client.sign_in(person)
    cookie = client.get_cookie("matchmaker")
    client.post("/account/wachtwoord", data={"current": PASSWORD, "password": PASSWORD})
    client.post("/wachtwoord-vergeten", data={"email": person.email})
    client.post("/uitloggen")
    said = written(log)
    assert cookie is not None
    for secret in (PASSWORD, people.PASSWORD, cookie.value, person.password_hash or "-"):
        assert secret not in said


def test_every_kind_of_link_has_a_page_that_is_tried() -> None:
    assert set(VIEWS) == set(LINK_PATHS) == set(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_an_error_behind_a_link_does_not_write_the_link(
    app: Flask, client: Client, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, purpose: Purpose
) -> None:
    token = token_of(make_link(purpose, subject_id=1, days=1))
    breaking(app, monkeypatch, VIEWS[purpose])
    assert client.get(f"{LINK_PATHS[purpose]}{token}").status_code in {500, 503}
    said = written(log)
    assert "<token>" in said
    assert token not in said
    assert PASSWORD not in said


def test_a_database_error_does_not_say_what_was_asked(app: Flask) -> None:
    with pytest.raises(StatementError) as wrong, db.session.begin_nested():
        db.session.execute(text("SELECT * FROM bestaat_niet WHERE x = :secret"), {"secret": PASSWORD})
    assert PASSWORD not in str(wrong.value)


def test_the_database_holds_the_digest_of_a_session_and_not_its_token(app: Flask) -> None:
    token = open_session(people.account(), hours=1, device="Firefox", membership_id=None)
    session = find_session(token)
    assert session is not None
    assert token not in (session.token_hash, session.device)
