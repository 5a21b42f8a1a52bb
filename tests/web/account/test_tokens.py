"""The page of one's programs: the token is shown once, and only one's own are there."""

import re

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.tokens.models import AccessToken
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

PAGE = "/account/programmas"
TOKEN = re.compile(r"mm_[\w-]{43}")


def made(client: Client) -> str:
    answer = client.post(f"{PAGE}/nieuw", data={"name": "Website", "scope": "listings"})
    assert answer.headers["Location"] == PAGE
    found = TOKEN.findall(client.get(PAGE).text)
    assert len(found) == 1
    return str(found[0])


def test_a_token_is_shown_once_works_and_is_revoked(client: Client) -> None:
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    token = made(client)
    page = client.get(PAGE).text
    assert TOKEN.findall(page) == [] and "Website" in page and "nog nooit" in page
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/programma/lijst.csv", headers=header).status_code == 200
    assert "nog nooit" not in client.get(PAGE).text
    number = db.session.scalars(select(AccessToken.id)).one()
    stranger = Client(client.application)
    stranger.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert stranger.post(f"{PAGE}/{number}/intrekken").status_code == 404
    assert "Website" not in stranger.get(PAGE).text
    assert client.post(f"{PAGE}/{number}/intrekken").headers["Location"] == PAGE
    assert client.get("/programma/lijst.csv", headers=header).status_code == 401
    assert client.post(f"{PAGE}/{number}/intrekken").status_code == 404


def test_a_form_says_what_is_missing_and_refuses_what_the_role_may_not_read(client: Client) -> None:
    client.sign_in(people.member(Role.STUDENT, people.institution()))
    assert "Geef het programma een naam." in client.post(f"{PAGE}/nieuw", data={"scope": "calendar"}).text
    assert client.post(f"{PAGE}/nieuw", data={"name": "x", "scope": "listings"}).status_code == 200
    assert db.session.scalars(select(AccessToken)).all() == []


def test_who_has_nothing_to_read_is_told_so(client: Client) -> None:
    client.sign_in(people.member(Role.HR_PLANNER, people.municipality()))
    assert "Bij uw rol hoort niets" in client.get(PAGE).text
    assert client.get(f"{PAGE}/nieuw").status_code == 404
