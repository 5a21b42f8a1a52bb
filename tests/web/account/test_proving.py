"""What decides who gets in is changed by who proves themselves: just signed in, or with the password of now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Account, AddressChange, SignInSession
from matchmaker.accounts.sessions import PROOF_LASTS, open_session
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.factors.apps import begin_app
from matchmaker.factors.models import RecoveryCode
from matchmaker.factors.queries import code_app
from matchmaker.tokens.models import AccessToken
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.factories.second_step import asked_of_everyone, with_app

SET_UP = "/account/tweede-stap"
LONGER = PROOF_LASTS + timedelta(minutes=1)
ASKS = "U logde langer dan tien minuten geleden in."
WRONG = "fout fout fout fout"


def lecturer() -> Account:
    return people.member(Role.LECTURER, people.institution())


def signed_in(client: Client, person: Account, ago: timedelta = LONGER) -> Account:
    with time_machine.travel(now() - ago):
        client.sign_in(person)
    return person


def other_session(person: Account) -> int:
    open_session(person, hours=1, device="Firefox", membership_id=None)
    db.session.commit()
    return db.session.query(SignInSession).order_by(SignInSession.id.desc()).first().id  # type: ignore[union-attr]


def goes_on(client: Client, answer: TestResponse, password: str) -> TestResponse:
    """Send the form of the page that asks, with everything it holds and this password."""
    (form,) = [each for each in PageReader(answer.text).forms if "current" in each.inputs]
    pairs = MultiDict(form.pairs())
    pairs["current"] = password
    return client.post(form.action, data=pairs)


def test_who_just_signed_in_is_not_asked_and_ten_minutes_later_is(client: Client) -> None:
    signed_in(client, lecturer(), timedelta(minutes=9))
    for page in ("/account/tweede-stap/passkey", "/account/programmas/nieuw"):
        assert ASKS not in client.get(page).text
    assert client.post(f"{SET_UP}/app/begin").headers["Location"] == f"{SET_UP}/app"
    with time_machine.travel(now() + timedelta(minutes=2)):
        for page in (f"{SET_UP}/passkey", "/account/programmas/nieuw", f"{SET_UP}/app"):
            assert ASKS in client.get(page).text
        assert ASKS in client.post(f"{SET_UP}/app/begin").text


def test_a_button_asks_the_password_and_then_does_what_was_pressed(client: Client) -> None:
    person = signed_in(client, lecturer())
    number = other_session(person)
    asked = client.post(f"/account/sessies/{number}/beeindigen")
    assert asked.status_code == 200 and ASKS in asked.text
    assert db.session.get(SignInSession, number) is not None
    refused = goes_on(client, asked, WRONG)
    assert 'id="current-fout"' in refused.text and "Dit is niet uw wachtwoord van nu" in refused.text
    assert db.session.get(SignInSession, number) is not None
    assert goes_on(client, refused, people.PASSWORD).headers["Location"] == "/account"
    assert db.session.get(SignInSession, number) is None


def test_a_page_asks_first_and_then_shows_itself(client: Client) -> None:
    person = signed_in(client, lecturer())
    begin_app(person)
    db.session.commit()
    asked = client.get(f"{SET_UP}/app")
    assert ASKS in asked.text and "data:image/svg+xml" not in asked.text
    again = goes_on(client, goes_on(client, asked, WRONG), people.PASSWORD)
    assert again.headers["Location"] == f"{SET_UP}/app"
    assert "data:image/svg+xml" in client.get(f"{SET_UP}/app").text


def test_what_was_filled_in_goes_along(client: Client) -> None:
    signed_in(client, lecturer(), timedelta(minutes=9))
    filled = {"name": "Website & <co>", "scope": "listings"}
    with time_machine.travel(now() + timedelta(minutes=5)):
        asked = client.post("/account/programmas/nieuw", data=filled)
        assert db.session.query(AccessToken).count() == 0
        assert goes_on(client, asked, people.PASSWORD).headers["Location"] == "/account/programmas"
    assert db.session.query(AccessToken).one().name == "Website & <co>"


def test_an_app_is_not_added_from_a_screen_that_was_left_open(client: Client) -> None:
    person = signed_in(client, lecturer())
    begin_app(person)
    db.session.commit()
    answer = client.post(f"{SET_UP}/app", data={"code": "123456"})
    assert ASKS in answer.text and code_app(person) is None


def test_the_password_given_once_lasts_ten_minutes_in_this_browser_alone(app: Flask, client: Client) -> None:
    person = signed_in(client, lecturer())
    other = app.test_client()
    assert isinstance(other, Client)
    signed_in(other, person)
    goes_on(client, client.get("/account/programmas/nieuw"), people.PASSWORD)
    assert ASKS not in client.get(f"{SET_UP}/passkey").text
    assert ASKS in other.get(f"{SET_UP}/passkey").text
    with time_machine.travel(now() + LONGER):
        assert ASKS in client.get(f"{SET_UP}/passkey").text


def test_guessing_there_is_slowed_as_at_the_door(client: Client) -> None:
    signed_in(client, lecturer())
    asked = client.get("/account/programmas/nieuw")
    tries = [goes_on(client, asked, WRONG).status_code for _ in range(11)]
    assert tries == [200] * 10 + [429]
    assert goes_on(client, asked, people.PASSWORD).status_code == 429
    assert ASKS in client.get("/account/programmas/nieuw").text


ALWAYS = (
    f"{SET_UP}/app/weghalen", f"{SET_UP}/codes", "/account/adres", "/account/wachtwoord", "/account/gegevens/wissen",
)  # fmt: skip


@pytest.mark.parametrize("path", ALWAYS)
def test_what_takes_away_or_changes_asks_the_password_also_of_who_just_signed_in(client: Client, path: str) -> None:
    client.sign_in(person := lecturer())
    with_app(person)
    db.session.commit()
    before = person.password_hash
    assert 'name="current"' in client.get(path).text
    filled = {"current": WRONG, "email": "nieuw@test.example", "password": "vier gewone woorden samen", "sure": "1"}
    answer = client.post(path, data=filled)
    assert answer.status_code == 200 and "Dit is niet uw wachtwoord van nu" in answer.text
    assert client.post(path, data={**filled, "current": ""}).status_code == 200
    assert (code_app(person) is None, person.password_hash, person.is_active) == (False, before, True)
    assert db.session.query(RecoveryCode).count() == db.session.query(AddressChange).count() == 0


@pytest.mark.parametrize("path", (f"{SET_UP}/passkey", "/account/programmas/nieuw", *ALWAYS))
def test_without_a_password_one_signs_in_again_and_comes_back(client: Client, path: str) -> None:
    person = signed_in(client, lecturer())
    with_app(person)
    person.password_hash = None
    db.session.commit()
    for answer in (client.get(path), client.post(path, data={"email": "nieuw@test.example", "sure": "1"})):
        assert "Log daarom opnieuw in" in answer.text and 'name="current"' not in answer.text
        assert f'name="next" value="/inloggen?next={path}"' in answer.text
    assert person.is_active and db.session.query(AddressChange).count() == 0
    left = client.post("/uitloggen", data={"next": f"/inloggen?next={path}"})
    assert left.headers["Location"] == f"/inloggen?next={path}"


def test_without_a_password_a_button_leads_back_to_its_page(client: Client) -> None:
    person = signed_in(client, lecturer())
    number = other_session(person)
    person.password_hash = None
    db.session.commit()
    assert 'value="/inloggen?next=/account"' in client.post(f"/account/sessies/{number}/beeindigen").text
    assert db.session.get(SignInSession, number) is not None


def test_without_a_password_who_just_signed_in_goes_on(client: Client) -> None:
    person = signed_in(client, lecturer(), timedelta(minutes=1))
    number = other_session(person)
    person.password_hash = None
    db.session.commit()
    assert 'name="current"' not in client.get("/account/adres").text
    assert client.post("/account/adres", data={"email": "nieuw@test.example"}).headers["Location"] == "/account"
    assert client.post(f"/account/sessies/{number}/beeindigen").headers["Location"] == "/account"
    assert db.session.get(SignInSession, number) is None


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    with asked_of_everyone(app):
        yield app


def test_who_must_set_up_a_second_step_is_asked_once(client: Client, strict: Flask) -> None:
    person = people.member(Role.OFFICER, people.municipality())
    client.sign_in(person)
    client.post(f"{SET_UP}/app/begin")
    assert "data:image/svg+xml" in client.get(f"{SET_UP}/app").text
    with time_machine.travel(now() + LONGER):
        assert ASKS in client.get(f"{SET_UP}/app").text
        assert client.get("/loket/").headers["Location"] == SET_UP
