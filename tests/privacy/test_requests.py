"""Asking to see, correct or erase what is kept: answered in a month, and without an account by the address alone."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.clock import now, pretending, today
from matchmaker.consents.actions import give
from matchmaker.consents.models import Consent, Purpose
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.links.models import Purpose as LinkPurpose
from matchmaker.listings.models import VisitorRequest
from matchmaker.listings.visitors import ask_without_account as ask_desk
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Organisation
from matchmaker.privacy.models import DataRequest, Outcome
from matchmaker.privacy.requests import forget_requests, remind_requests
from matchmaker.vocabulary import Kind, OrganisationKind, Role
from tests.factories import people
from tests.factories.client import Client

ADDRESS = "ouder@thuis.example"
WRONG = "Mijn naam staat verkeerd in de overeenkomst: het is Noor, niet Nora."


@pytest.fixture
def school(app: Flask) -> Organisation:
    people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM), who=named("Baas"))
    made = people.institution(name="Hogeschool Vechtland")
    people.member(Role.ORG_ADMIN, made, who=named("Beheer"))
    people.member(Role.LECTURER, made, who=named("Noor"))
    return made


def named(name: str) -> Account:
    return people.account(display_name=name, email=f"{name.lower()}@test.example")


def who(name: str) -> Account:
    return db.session.scalars(select(Account).where(Account.display_name == name)).one()


def templates(address: str) -> list[str]:
    rows = select(Letter.template).where(Letter.to_address == address).order_by(Letter.id)
    return list(db.session.scalars(rows))


def ask(client: Client, kind: str, *, text: str = "", email: str = ADDRESS) -> None:
    answer = client.post("/privacy/verzoek", data={"email": email, "kind": kind, "text": text})
    assert answer.status_code == 302, answer.text


def link() -> str:
    found = db.session.scalars(select(Link).where(Link.purpose == LinkPurpose.DATA_REQUEST).order_by(Link.id.desc()))
    return f"/privacy/verzoek/{token_of(found.first())}"


def test_a_correction_reaches_the_administrator_and_is_answered(school: Organisation, client: Client) -> None:
    client.sign_in(who("Noor"))
    assert "Schrijf wat er niet klopt" in client.post("/account/gegevens/verbeteren", data={"organisation": ""}).text
    form = {"organisation": str(school.id), "text": WRONG}
    assert client.post("/account/gegevens/verbeteren", data=form).status_code == 302
    asked = db.session.query(DataRequest).one()
    assert (asked.organisation_id, asked.due_on) == (school.id, today() + timedelta(days=30))
    assert templates("beheer@test.example") == ["data_request"] and templates("baas@test.example") == []
    assert WRONG in client.get("/account/gegevens").text
    client.post("/uitloggen")
    client.sign_in(who("Beheer"))
    assert "Noor" in client.get("/beheer/verzoeken").text
    page = f"/beheer/verzoeken/{asked.id}"
    assert WRONG in client.get(page).text
    assert client.post(page, data={"outcome": "done", "answer": ""}).status_code == 200
    assert client.post(page, data={"outcome": "done", "answer": "Het staat nu goed."}).status_code == 302
    assert client.post(page, data={"outcome": "refused", "answer": "Toch niet."}).status_code == 409
    assert templates("noor@test.example") == ["data_answered"]
    client.post("/uitloggen")
    client.sign_in(who("Noor"))
    assert "Het staat nu goed." in client.get("/account/gegevens").text


def test_an_administrator_elsewhere_and_the_platform_do_not_see_it(school: Organisation, client: Client) -> None:
    client.sign_in(who("Noor"))
    client.post("/account/gegevens/verbeteren", data={"organisation": str(school.id), "text": WRONG})
    number = db.session.query(DataRequest.id).scalar()
    other = people.member(Role.ORG_ADMIN, people.institution())
    db.session.commit()
    for stranger in (other, who("Baas")):
        client.post("/uitloggen")
        client.sign_in(stranger)
        assert client.get(f"/beheer/verzoeken/{number}").status_code == 404
        assert client.post(f"/beheer/verzoeken/{number}", data={"outcome": "done", "answer": "x"}).status_code == 404
        assert "Noor" not in client.get("/beheer/verzoeken").text


def test_an_organisation_without_administrators_leaves_it_to_the_platform(app: Flask, client: Client) -> None:
    people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM), who=named("Baas"))
    lone = people.institution()
    client.sign_in(people.member(Role.LECTURER, lone))
    client.post("/account/gegevens/verbeteren", data={"organisation": str(lone.id), "text": WRONG})
    assert db.session.query(DataRequest).one().organisation_id is None
    assert templates("baas@test.example") == ["data_request"]


def test_who_answers_is_reminded_once_a_week_before_the_last_day(school: Organisation, client: Client) -> None:
    client.sign_in(who("Noor"))
    client.post("/account/gegevens/verbeteren", data={"organisation": str(school.id), "text": WRONG})
    assert remind_requests(now() + timedelta(days=22)) == 0
    assert (remind_requests(now() + timedelta(days=23)), remind_requests(now() + timedelta(days=24))) == (1, 0)
    assert templates("beheer@test.example") == ["data_request", "data_request"]


def test_without_an_account_one_gets_a_copy_after_the_address_is_confirmed(
    school: Organisation, client: Client
) -> None:
    here = people.municipality()
    asked = {"name": "Jo Bos", "organisation_name": "", "kind": Kind.LECTURE, "title": "Een les", "text": "Kan het?"}
    ask_desk(here, email=ADDRESS, **asked)
    ask_desk(here, email="ander@thuis.example", **{**asked, "name": "Iemand Anders"})
    ask(client, "copy")
    page = link()
    assert client.get(f"{page}/kopie.zip").status_code == 404
    assert "Ja, dit is mijn adres" in client.get(page).text
    assert client.post(page).status_code == 302
    pack = zipfile.ZipFile(io.BytesIO(client.get(f"{page}/kopie.zip").data))
    told = json.loads(pack.read("gegevens.json"))
    assert [row["name"] for row in told["visitor_requests"]] == ["Jo Bos"]
    assert "Iemand Anders" not in pack.read("lees-mij.html").decode()
    assert client.post(page).status_code == 409


def test_without_an_account_everything_at_the_address_is_erased(school: Organisation, client: Client) -> None:
    here = people.municipality()
    asked = {"name": "Jo Bos", "organisation_name": "", "kind": Kind.LECTURE, "title": "Een les", "text": "Kan het?"}
    for email in (ADDRESS, "ander@thuis.example"):
        ask_desk(here, email=email, **asked)
    consent = give(Purpose.FOLLOW, ticked=True, field="x", language="nl", by=None, address=ADDRESS)
    db.session.commit()
    ask(client, "erasure")
    page = link()
    assert "Vraag van een bezoeker" in client.get(page).text
    assert db.session.query(VisitorRequest).filter_by(email=ADDRESS).count() == 1
    assert client.post(page).headers["Location"].endswith("/privacy/verzoek/gewist")
    db.session.expire_all()
    left = [each.email for each in db.session.query(VisitorRequest).order_by(VisitorRequest.id)]
    assert left == ["", "ander@thuis.example"]
    assert templates(ADDRESS) == []
    kept = db.session.get_one(Consent, consent.id)
    assert (kept.stands, kept.address) == (False, "")
    assert db.session.query(DataRequest.email).all() == [("",)]
    assert client.get(page).status_code in {404, 410}
    assert "gewist" in client.get("/privacy/verzoek/gewist").text


def test_a_correction_without_an_account_goes_to_the_platform(school: Organisation, client: Client) -> None:
    assert client.post("/privacy/verzoek", data={"email": ADDRESS, "kind": "correction"}).status_code == 200
    ask(client, "correction", text=WRONG)
    assert templates("baas@test.example") == []
    assert client.post(link()).status_code == 302
    assert templates("baas@test.example") == ["data_request"]
    asked = db.session.query(DataRequest).one()
    client.sign_in(who("Baas"))
    data = {"outcome": Outcome.REFUSED.value, "answer": "De school schreef dit."}
    assert client.post(f"/beheer/verzoeken/{asked.id}", data=data).status_code == 302
    assert templates(ADDRESS) == ["data_confirm", "data_answered"]


def test_the_page_says_the_same_to_who_has_an_account_and_floods_nobody(school: Organisation, client: Client) -> None:
    for _ in range(5):
        ask(client, "copy", email="noor@test.example")
        ask(client, "copy")
    assert templates("noor@test.example") == ["data_has_account"] * 3
    assert templates(ADDRESS) == ["data_confirm"] * 3
    assert db.session.query(DataRequest).count() == 3


def test_what_was_not_confirmed_goes_after_a_week_and_what_was_answered_after_a_year(
    school: Organisation, client: Client
) -> None:
    ask(client, "copy")
    ask(client, "copy")
    client.post(link())
    assert forget_requests(now() + timedelta(days=6)) == 0
    assert forget_requests(now() + timedelta(days=8)) == 1
    assert forget_requests(now() + timedelta(days=366)) == 1


def test_the_link_ends_when_the_address_gets_an_account(school: Organisation, client: Client) -> None:
    ask(client, "copy")
    people.account(email=ADDRESS)
    db.session.commit()
    assert client.get(link()).status_code in {404, 410}
    with pretending(now() + timedelta(days=61)):
        assert client.get(link()).status_code in {404, 410}
