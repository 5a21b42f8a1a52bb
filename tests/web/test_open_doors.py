"""Forms that are open to everyone stop a network that sends too many, and lose nothing of what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.limits.actions import MOST_AN_HOUR, pass_door
from matchmaker.limits.models import Door, DoorUse
from matchmaker.listings.models import ListingReport
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.conftest import settings_for
from tests.factories import listings, people
from tests.factories.client import Client

FILLED_IN = [each for each in Door if each not in {Door.EMPTY_SEARCH, Door.BY_PROVIDER, Door.CHANGES}]
"""Counting an empty search asks nothing to type; `tests/insights/test_searches.py` tries that door, and `test_pace.py`
that of who is signed in."""

TYPED = "Hier staat precies wat ik typte"


@dataclass(frozen=True)
class Sent:
    """A form that fits its page, and where it goes when it is taken."""

    path: str
    data: dict[str, str]
    kept: str


def forms() -> dict[Door, Sent]:
    offer = listings.offer()
    town = people.municipality(slug="waterstad")
    question = {
        "kind": "guest_lecture", "title": "Wie vertelt over water?", "text": f"{TYPED}, en nog een zin erbij.",
        "name": "Marit", "email": "marit@school.example", "organisation_name": "Hogeschool", "website": "",
    }  # fmt: skip
    return {
        Door.REPORT: Sent(f"/aanbod/{offer.reference}/melden", {"reason": "other", "text": TYPED}, TYPED),
        Door.QUESTION: Sent(f"/gemeenten/{town.slug}/vraag", question, TYPED),
        Door.SIGN_UP: Sent("/aanmelden", {"display_name": TYPED, "email": "noor@school.example"}, TYPED),
        Door.DATA_REQUEST: Sent(
            "/privacy/verzoek", {"email": "noor@school.example", "kind": "correction", "text": TYPED}, TYPED
        ),
        Door.NEW_PASSWORD: Sent("/wachtwoord-vergeten", {"email": "noor@school.example"}, "noor@school.example"),
    }


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("door", FILLED_IN)
def test_the_last_allowed_one_is_taken_and_the_next_comes_back_filled_in(client: Client, door: Door) -> None:
    sent = forms()[door]
    for _ in range(MOST_AN_HOUR[door] - 1):
        pass_door(door, address="127.0.0.1")
    db.session.commit()
    assert client.post(sent.path, data=sent.data).status_code == 302
    before = count(Letter), count(ListingReport), count(DoorUse)
    answer = client.post(sent.path, data=sent.data)
    assert answer.status_code == 429
    assert sent.kept in answer.text
    assert "Het laatste uur kwam dit al vaak van uw netwerk." in answer.text
    assert (count(Letter), count(ListingReport), count(DoorUse)) == before
    elsewhere = client.post(sent.path, data=sent.data, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 302


def test_who_asks_too_often_for_the_login_of_an_organisation_keeps_the_address(client: Client) -> None:
    for _ in range(MOST_AN_HOUR[Door.BY_PROVIDER]):
        pass_door(Door.BY_PROVIDER, address="127.0.0.1")
    db.session.commit()
    answer = client.post("/inloggen/organisatie", data={"email": "noor@school.example"})
    assert answer.status_code == 429
    assert "noor@school.example" in answer.text
    assert "Het laatste uur kwam dit al vaak van uw netwerk." in answer.text


def test_an_address_whose_organisation_has_no_login_counts_too(client: Client) -> None:
    assert client.post("/inloggen/organisatie", data={"email": "noor@school.example"}).status_code == 200
    db.session.rollback()
    assert count(DoorUse) == 1


def test_someone_signed_in_may_report_more(client: Client) -> None:
    sent = forms()[Door.REPORT]
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    for _ in range(MOST_AN_HOUR[Door.REPORT] + 1):
        assert client.post(sent.path, data=sent.data).status_code == 302


def test_a_form_with_a_mistake_does_not_count(client: Client) -> None:
    client.post("/aanmelden", data={"display_name": "Noor", "email": "geen adres"})
    assert count(DoorUse) == 0


def test_the_demo_lifts_it(migrated_database: Callable[[], str], tmp_path: Path) -> None:
    app: Flask = create_app(settings_for(migrated_database(), tmp_path, limits=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        browser = app.test_client()
        for _ in range(MOST_AN_HOUR[Door.NEW_PASSWORD] + 1):
            assert browser.post("/wachtwoord-vergeten", data={"email": "a@test.example"}).status_code == 302
        assert count(DoorUse) == 0
        db.session.remove()
        db.engine.dispose()
