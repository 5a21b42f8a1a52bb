"""A letter for a browser not seen before, and none for one that was."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from matchmaker.accounts.devices import forget_devices
from matchmaker.accounts.models import Account, KnownDevice
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


def lecturer() -> Account:
    return people.member(Role.LECTURER, people.institution())


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_the_first_browser_and_one_seen_before_give_no_letter(client: Client) -> None:
    person = lecturer()
    for _ in range(3):
        client.sign_in(person).post("/uitloggen")
    assert letters() == []
    assert db.session.query(KnownDevice).count() == 1


def test_another_browser_gives_a_letter_that_says_when_with_what_and_how_to_end_it(client: Client) -> None:
    person = lecturer()
    client.sign_in(person)
    other = Client(client.application)
    data = {"email": person.email, "password": people.PASSWORD}
    other.post("/inloggen", data=data, headers={"User-Agent": FIREFOX})
    (letter,) = letters()
    said = render(letter)
    assert letter.to_address == person.email
    assert "Firefox op Windows" in said.text and "/account" in said.text
    assert "Beëindig dat apparaat" in said.text
    assert "127.0.0.1" not in said.text + str(letter.values)


def test_a_browser_known_to_one_person_is_new_to_another(client: Client) -> None:
    first, second = lecturer(), lecturer()
    Client(client.application).sign_in(second)
    client.sign_in(first).post("/uitloggen")
    client.sign_in(second)
    assert [each.to_address for each in letters()] == [second.email]


def test_a_made_up_token_is_replaced_and_the_cookie_is_closed_to_script(client: Client) -> None:
    client.set_cookie("device", "x" * 4000)
    answer = client.post("/inloggen", data={"email": lecturer().email, "password": people.PASSWORD})
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("device=")]
    assert "xxx" not in cookie
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert not [each for each in client.get("/account").headers.getlist("Set-Cookie") if each.startswith("device=")]


def test_who_forgot_all_browsers_still_hears_of_a_new_one(client: Client) -> None:
    person = lecturer()
    client.sign_in(person).post("/uitloggen")
    with time_machine.travel(now() + timedelta(days=366)):
        assert forget_devices() == 1
        Client(client.application).sign_in(person)
    assert [each.template for each in letters()] == ["new_device"]
