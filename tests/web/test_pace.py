"""What one account changes within an hour has an end; reading has none, and others go on."""

from dataclasses import replace

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.limits import actions
from matchmaker.limits.actions import pass_door
from matchmaker.limits.models import Door
from matchmaker.vocabulary import Role
from tests.factories import listings, people
from tests.factories.client import Client


@pytest.fixture(autouse=True)
def three_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(actions.MOST_AN_HOUR, Door.CHANGES, 3)


def keep(client: Client, reference: str) -> int:
    return client.post(f"/bewaren/{reference}").status_code


def test_the_fourth_change_of_an_account_is_refused_and_reading_goes_on(client: Client) -> None:
    offer, person = listings.offer(), people.member(Role.LECTURER, people.institution())
    client.sign_in(person)
    assert [keep(client, offer.reference) for _ in range(4)] == [302, 302, 302, 429]
    answer = client.post(f"/bewaren/{offer.reference}")
    assert "U gaat iets te snel" in answer.text and answer.headers["Retry-After"] == "300"
    assert client.get(f"/aanbod/{offer.reference}").status_code == 200
    assert client.post("/uitloggen").status_code == 302
    assert client.get("/account").status_code == 302


def test_another_account_of_the_same_network_goes_on(client: Client) -> None:
    offer, busy = listings.offer(), people.member(Role.LECTURER, people.institution())
    for _ in range(3):
        pass_door(Door.CHANGES, address=f"account {busy.id}")
    db.session.commit()
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert keep(client, offer.reference) == 302


def test_a_setting_lifts_it(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = listings.offer()
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], limits=False))
    assert {keep(client, offer.reference) for _ in range(5)} == {302}
