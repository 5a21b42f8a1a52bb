"""The second step at the door: who has one gives it, who needs one sets it up first."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from matchmaker.accounts.models import Account, OpenedWith, SignInSession
from matchmaker.accounts.rules import NEEDS_SECOND_STEP
from matchmaker.database import db
from matchmaker.factors.apps import secret_of
from matchmaker.factors.models import Passkey
from matchmaker.factors.queries import app_of, has_second_step
from matchmaker.factors.recovery import make_codes
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.second_step import Device, asked_of_everyone, code_now, with_app

SET_UP = "/account/tweede-stap"
NEW = "vier gewone woorden samen"


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    with asked_of_everyone(app):
        yield app


def give_password(client: FlaskClient, person: Account, **query: str) -> str:
    data = {"email": person.email, "password": people.PASSWORD}
    return client.post("/inloggen", data=data, query_string=query).headers["Location"]


def opened_with(person: Account) -> list[OpenedWith]:
    chosen = select(SignInSession.opened_with).where(
        SignInSession.account_id == person.id, SignInSession.waits_for_code.is_(False)
    )
    return list(db.session.scalars(chosen.order_by(SignInSession.id)))


def letters(person: Account) -> list[str]:
    return list(db.session.scalars(select(Letter.template).where(Letter.account_id == person.id).order_by(Letter.id)))


def officer() -> Account:
    return people.member(Role.OFFICER, people.municipality())


def test_after_the_password_comes_the_code_and_nothing_opens_before_it(client: Client) -> None:
    person = officer()
    secret = with_app(person)
    assert give_password(client, person, next="/loket/") == "/inloggen/code?next=/loket/"
    for page in ("/loket/", "/account", "/start", SET_UP):
        assert client.get(page).headers["Location"].startswith("/inloggen?")
    assert "Uw wachtwoord klopt" in client.get("/inloggen/code").text
    answer = client.post("/inloggen/code?next=/loket/", data={"code": code_now(secret)})
    assert answer.headers["Location"] == "/loket/"
    assert client.get("/loket/").status_code == 200
    assert opened_with(person) == [OpenedWith.APP_CODE]


def test_a_code_without_the_password_opens_nothing(client: Client) -> None:
    person = officer()
    secret = with_app(person)
    answer = client.post("/inloggen/code", data={"code": code_now(secret)})
    assert answer.status_code == 401 and "Log eerst in met uw wachtwoord" in answer.text
    assert opened_with(person) == []


def test_a_wrong_code_says_so_and_ten_end_the_attempt(client: Client) -> None:
    person = officer()
    secret = with_app(person)
    give_password(client, person)
    tries = [client.post("/inloggen/code", data={"code": "12345x"}) for _ in range(11)]
    assert [each.status_code for each in tries] == [401] * 10 + [429]
    assert "Deze code klopt niet" in tries[0].text and "12345x" in tries[0].text
    assert client.get("/inloggen/code").status_code == 401
    give_password(client, person)
    assert client.post("/inloggen/code", data={"code": code_now(secret)}).status_code == 429


def test_a_code_on_paper_gets_in_and_a_letter_tells_it(client: Client) -> None:
    person = officer()
    with_app(person)
    codes = make_codes(person)
    give_password(client, person)
    assert client.post("/inloggen/code", data={"code": codes[0]}).headers["Location"] == "/start"
    assert opened_with(person) == [OpenedWith.RECOVERY_CODE]
    assert letters(person)[-1] == "recovery_code_used"


def test_a_new_password_ends_who_waits_for_a_code(client: Client) -> None:
    person = officer()
    secret = with_app(person)
    give_password(client, person)
    client.application.test_client().post("/wachtwoord-vergeten", data={"email": person.email})
    link = db.session.scalars(select(Link).where(Link.purpose == Purpose.PASSWORD)).one()
    other = client.application.test_client()
    assert other.post(f"/wachtwoord/{token_of(link)}", data={"password": NEW}).status_code == 302
    assert client.post("/inloggen/code", data={"code": code_now(secret)}).status_code == 401


@pytest.mark.parametrize("role", list(Role))
def test_who_needs_a_second_step_reaches_only_the_page_that_sets_it_up(
    client: Client, strict: Flask, role: Role
) -> None:
    person = people.member(role, people.role_home(role))
    client.sign_in(person)
    pages = ("/start", "/account", "/account/mail", "/loket/", "/beheer/mensen", "/aanbod", "/")
    led = [client.get(page).headers.get("Location") == SET_UP for page in pages]
    assert led == [role in NEEDS_SECOND_STEP] * len(pages)
    assert client.post("/account/wachtwoord", data={}).headers.get("Location") == (
        SET_UP if role in NEEDS_SECOND_STEP else None
    )
    assert client.get(SET_UP).status_code == client.get("/hulp").status_code == 200
    assert client.post("/uitloggen").headers["Location"] == "/"


def test_it_counts_for_a_role_that_was_given_a_moment_ago_also_when_acting_in_another(
    client: Client, strict: Flask
) -> None:
    person = people.member(Role.LECTURER, people.institution())
    client.sign_in(person)
    assert client.get("/school/vragen").status_code == 200
    people.member(Role.OFFICER, people.municipality(), who=person)
    assert client.get("/school/vragen").headers["Location"] == SET_UP


def test_setting_up_an_app_opens_everything_shows_codes_once_and_ends_other_browsers(
    client: Client, strict: Flask
) -> None:
    person = officer()
    other = strict.test_client()
    give_password(other, person)
    client.sign_in(person)
    assert "Voor uw rol is een tweede stap nodig" in client.get(SET_UP).text
    assert client.post(f"{SET_UP}/app/begin").headers["Location"] == f"{SET_UP}/app"
    page = client.get(f"{SET_UP}/app").text
    secret = secret_of(app_of(person))  # type: ignore[arg-type]
    assert secret in page and 'src="data:image/svg+xml' in page
    assert "Deze code klopt niet" in client.post(f"{SET_UP}/app", data={"code": "12"}).text
    assert client.get("/loket/").headers["Location"] == SET_UP
    assert client.post(f"{SET_UP}/app", data={"code": code_now(secret)}).headers["Location"] == SET_UP
    shown = client.get(SET_UP).text
    assert len(re.findall(r"<code>[a-z2-7-]{29}</code>", shown)) == 10
    assert "<code>" not in client.get(SET_UP).text
    assert client.get("/loket/").status_code == 200
    assert other.get("/start").headers["Location"].startswith("/inloggen?")
    assert letters(person) == ["new_device", "second_step_added"]


def test_another_password_keeps_the_second_step_of_this_browser(client: Client, strict: Flask) -> None:
    person = officer()
    secret = with_app(person)
    give_password(client, person)
    client.post("/inloggen/code", data={"code": code_now(secret)})
    client.post("/account/wachtwoord", data={"current": people.PASSWORD, "password": NEW})
    assert client.get("/loket/").status_code == 200


def test_a_passkey_is_added_and_then_enough_alone(client: Client, strict: Flask) -> None:
    person, device = officer(), Device()
    client.sign_in(person)
    made = device.make(client.get(f"{SET_UP}/passkey/vraag").text)
    answer = client.post(f"{SET_UP}/passkey", data={"name": "Telefoon", "credential": made})
    assert answer.headers["Location"] == SET_UP
    assert client.get("/loket/").status_code == 200
    client.post("/uitloggen")
    signed = device.sign(client.get("/inloggen/passkey/vraag").text)
    answer = client.post("/inloggen/passkey", data={"credential": signed}, query_string={"next": "/loket/"})
    assert answer.headers["Location"] == "/loket/"
    assert client.get("/loket/").status_code == 200
    assert opened_with(person) == [OpenedWith.PASSKEY]
    client.post("/uitloggen")
    assert client.post("/inloggen/passkey", data={"credential": signed}).status_code == 401
    assert client.get("/loket/").headers["Location"].startswith("/inloggen?")


def test_a_made_up_passkey_is_refused_in_words(client: Client) -> None:
    client.sign_in(officer())
    page = client.post(f"{SET_UP}/passkey", data={"name": "Telefoon", "credential": "{}"}).text
    assert "Dit lukte niet." in page
    client.post("/uitloggen")
    for made_up in ("", "{}", "x" * 30_000, "a\x00b"):
        answer = client.post("/inloggen/passkey", data={"credential": made_up})
        assert answer.status_code == 401 and "Met deze passkey lukt het niet" in answer.text


def test_giving_up_asks_the_password_and_the_last_one_stays_for_who_needs_it(client: Client, strict: Flask) -> None:
    person, device = officer(), Device()
    secret = with_app(person)
    give_password(client, person)
    client.post("/inloggen/code", data={"code": code_now(secret)})
    remove = f"{SET_UP}/app/weghalen"
    assert "Dit is niet uw wachtwoord van nu" in client.post(remove, data={"current": "fout fout fout"}).text
    assert "Voeg eerst een andere toe" in client.post(remove, data={"current": people.PASSWORD}).text
    made = device.make(client.get(f"{SET_UP}/passkey/vraag").text)
    client.post(f"{SET_UP}/passkey", data={"name": "Telefoon", "credential": made})
    assert client.post(remove, data={"current": people.PASSWORD}).headers["Location"] == SET_UP
    number = db.session.scalars(select(Passkey.id)).one()
    drop = f"{SET_UP}/passkey/{number}/weghalen"
    assert "Voeg eerst een andere toe" in client.post(drop, data={"current": people.PASSWORD}).text
    assert letters(person)[-1] == "second_step_removed"
    stranger = Client(strict)
    stranger.sign_in(people.member(Role.LECTURER, people.institution()))
    assert stranger.get(drop).status_code == 404


def membership(person: Account) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.account_id == person.id)).one()


def test_an_administrator_takes_a_lost_second_step_away_and_a_letter_helps_on(client: Client) -> None:
    town = people.municipality()
    person, boss = people.member(Role.OFFICER, town), people.member(Role.ORG_ADMIN, town)
    with_app(person)
    client.sign_in(boss)
    page = f"/beheer/mensen/{membership(person).id}"
    assert "Tweede stap kwijt?" in client.get(page).text
    assert client.post(f"{page}/tweede-stap-weghalen").headers["Location"] == page
    assert not has_second_step(person)
    client.post("/uitloggen")
    with asked_of_everyone(client.application):
        assert give_password(client, person) == "/inloggen/tweede-stap-kwijt"
        assert client.get("/inloggen/tweede-stap-kwijt").status_code == 200
        assert client.get("/loket/").headers["Location"].startswith("/inloggen?")
        assert letters(person) == ["second_step_lost", "second_step_lost"]
        first, newest = db.session.scalars(select(Link).where(Link.purpose == Purpose.SECOND_STEP).order_by(Link.id))
        assert client.get(f"/tweede-stap/{token_of(first)}").status_code == 410
        address = f"/tweede-stap/{token_of(newest)}"
        assert person.email in client.get(address).text
        assert client.post(address, data={"current": "fout fout fout"}).status_code == 401
        assert client.post(address, data={"current": people.PASSWORD}).headers["Location"] == SET_UP
        assert client.get("/loket/").headers["Location"] == SET_UP
        client.post("/uitloggen")
        assert client.get(address).status_code == 410


def test_letters_to_begin_again_end_at_three_an_hour(client: Client) -> None:
    town = people.municipality()
    person, boss = people.member(Role.OFFICER, town), people.member(Role.ORG_ADMIN, town)
    with_app(person)
    client.sign_in(boss).post(f"/beheer/mensen/{membership(person).id}/tweede-stap-weghalen")
    client.post("/uitloggen")
    for _ in range(5):
        give_password(client, person)
    assert letters(person) == ["second_step_lost"] * 3


def test_one_organisation_opens_no_door_to_another(client: Client) -> None:
    """Nobody takes away their own, that of someone elsewhere, or of someone who also works elsewhere."""
    town = people.municipality()
    boss, both = people.member(Role.ORG_ADMIN, town), people.member(Role.OFFICER, town)
    elsewhere = people.member(Role.OFFICER, people.municipality())
    client.sign_in(boss)
    for person in (boss, both, elsewhere):
        with_app(person)
    here = membership(both).id
    people.member(Role.LECTURER, people.institution(), who=both)
    db.session.commit()
    wanted = ((membership(boss).id, 403), (here, 403), (membership(elsewhere).id, 404))
    for number, status in wanted:
        assert client.post(f"/beheer/mensen/{number}/tweede-stap-weghalen").status_code == status
    assert "Tweede stap kwijt?" not in client.get(f"/beheer/mensen/{here}").text
    assert all(has_second_step(each) for each in (boss, both, elsewhere))
    client.post("/uitloggen")
    platform = Client(client.application)
    platform.sign_in(people.member(Role.PLATFORM_ADMIN, people.role_home(Role.PLATFORM_ADMIN)))
    assert platform.post(f"/beheer/mensen/{here}/tweede-stap-weghalen").status_code == 302


def test_the_command_helps_the_last_administrator(committed_app: Flask) -> None:
    person = people.member(Role.PLATFORM_ADMIN, people.role_home(Role.PLATFORM_ADMIN))
    with_app(person)
    address = person.email
    db.session.commit()
    run = committed_app.test_cli_runner().invoke
    assert run(args=["second-step", "take-away", "niemand@test.example"]).exit_code == 1
    assert run(args=["second-step", "take-away", address]).exit_code == 0
    db.session.expire_all()
    assert not has_second_step(person)
    assert letters(person) == ["second_step_lost"]
