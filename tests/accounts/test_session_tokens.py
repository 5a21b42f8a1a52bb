"""A session: a token nobody can guess, an end that always comes, and a way out on every page."""

import base64
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from config import Settings
from matchmaker.accounts.models import OpenedWith, SignInSession
from matchmaker.accounts.sessions import find_half_session, find_session, open_half_session, open_session
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client


def test_a_token_is_of_256_bits_and_never_the_same(app: Flask) -> None:
    person = people.account()
    tokens = {open_session(person, hours=1, device="", membership_id=None) for _ in range(200)}
    assert len(tokens) == 200
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_what_waits_for_a_code_is_no_session(app: Flask) -> None:
    person = people.account()
    half, whole = open_half_session(person, device=""), open_session(person, hours=1, device="", membership_id=None)
    assert (find_session(half), find_half_session(whole)) == (None, None)
    assert find_session(whole) is not None and find_half_session(half) is not None


@pytest.mark.parametrize("opened_with", OpenedWith)
def test_every_session_ends_after_its_hours_however_it_was_opened(app: Flask, opened_with: OpenedWith) -> None:
    hours = Settings().session_hours
    token = open_session(people.account(), hours=hours, device="", membership_id=None, opened_with=opened_with)
    db.session.query(SignInSession).update({"last_used_at": now() + timedelta(hours=hours)})
    with time_machine.travel(now() + timedelta(hours=hours, minutes=-1)):
        assert find_session(token) is not None
    with time_machine.travel(now() + timedelta(hours=hours, minutes=1)):
        assert find_session(token) is None


def test_using_a_session_does_not_make_it_last_longer(client: Client) -> None:
    client.sign_in(people.account())
    start = now()
    for hour in range(1, 12):
        with time_machine.travel(start + timedelta(hours=hour)):
            assert client.get("/account").status_code == 200
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert client.get("/account").status_code == 302


def test_someone_may_be_signed_in_in_several_browsers_and_sees_them_all(app: Flask, client: Client) -> None:
    person = people.account()
    data = {"email": person.email, "password": people.PASSWORD}
    others = [app.test_client() for _ in range(3)]
    for number, browser in enumerate(others):
        browser.post("/inloggen", data=data, headers={"User-Agent": f"Browser-{number}"})
    client.sign_in(person)
    assert db.session.query(SignInSession).filter_by(account_id=person.id).count() == 4
    assert client.get("/account").text.count('action="/account/sessies/') == 3


@pytest.mark.parametrize("role", Role)
def test_every_page_of_someone_signed_in_has_the_way_out(client: Client, role: Role) -> None:
    client.sign_in(people.member(role, people.role_home(role)))
    for path in ("/start", "/account", "/", "/aanbod", "/hulp", "/bestaat-niet"):
        answer = client.get(path, follow_redirects=True)
        assert 'action="/uitloggen"' in answer.text, path
