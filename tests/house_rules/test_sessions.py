"""A session cannot be handed to someone, and a link from a letter acts for who it was sent to and no other."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.accounts.models import Account, AccountStatus, SignInSession
from matchmaker.accounts.passwords import verify_password
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.models import Need
from matchmaker.organisations.joining import invite
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.web.public.test_visitor_requests import ask, link_for

COOKIE = "matchmaker"
NEW = "vier gewone woorden samen"


def cookie(browser: FlaskClient) -> str:
    found = browser.get_cookie(COOKIE)
    return found.value if found else ""


def with_cookie(app: Flask, value: str) -> Client:
    browser = app.test_client()
    browser.set_cookie(COOKIE, value)
    assert isinstance(browser, Client)
    return browser


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def test_a_session_planted_before_signing_in_is_worth_nothing_after(app: Flask, client: Client) -> None:
    client.get("/inloggen?taal=en")
    planted = cookie(client)
    client.sign_in(people.account())
    assert planted
    assert cookie(client) != planted
    assert is_in(client)
    assert not is_in(with_cookie(app, planted))


def test_signing_in_gives_another_session_each_time_and_never_the_one_of_someone_else(
    app: Flask, client: Client
) -> None:
    person = people.account()
    client.sign_in(person)
    first = cookie(client)
    victim = with_cookie(app, first)
    client.post("/uitloggen")
    victim.post("/inloggen", data={"email": people.account().email, "password": people.PASSWORD})
    assert cookie(victim) != first
    assert not is_in(with_cookie(app, first))
    assert db.session.query(SignInSession).filter_by(account_id=person.id).count() == 0


def test_signing_out_ends_the_session_on_the_server(app: Flask, client: Client) -> None:
    client.sign_in(people.account())
    copied = cookie(client)
    assert is_in(with_cookie(app, copied))
    client.post("/uitloggen")
    assert not is_in(with_cookie(app, copied))
    assert not is_in(client)


def test_a_new_password_ends_every_copy_of_a_session(app: Flask, client: Client) -> None:
    client.sign_in(people.account())
    copied = cookie(client)
    client.post("/account/wachtwoord", data={"current": people.PASSWORD, "password": NEW})
    assert is_in(client)
    assert not is_in(with_cookie(app, copied))


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
def test_signing_out_leads_to_no_other_site(client: Client, target: str) -> None:
    client.sign_in(people.account())
    assert client.post("/uitloggen", data={"next": target}).headers["Location"] == "/"


def invited(status: AccountStatus) -> tuple[Membership, str]:
    where = people.municipality()
    admin = people.member(Role.ORG_ADMIN, where)
    person = people.account(status=status, display_name="Bram")
    giver = db.session.query(Membership).filter_by(account_id=admin.id).one()
    membership = invite(person.email, name="Bram", role=Role.COLLEAGUE, organisation=where, by=giver)
    return membership, f"/uitnodiging/{token_of(newest(Purpose.INVITATION))}"


def newest(purpose: Purpose) -> Link:
    return db.session.query(Link).filter_by(purpose=purpose).order_by(Link.id.desc()).first()  # type: ignore[return-value]


@pytest.mark.parametrize("status", [AccountStatus.INVITED, AccountStatus.ACTIVE])
def test_an_invitation_is_not_accepted_by_someone_else_who_is_signed_in(client: Client, status: AccountStatus) -> None:
    membership, address = invited(status)
    client.sign_in(people.account())
    for answer in (client.get(address), client.post(address, data={"display_name": "Ik", "password": NEW})):
        assert answer.status_code == 409
        assert membership.account.email not in answer.text
        assert f'name="next" value="{address}"' in answer.text
    assert membership.status is MembershipStatus.INVITED
    assert (membership.account.status, membership.account.display_name) == (status, "Bram")
    assert client.post("/uitloggen", data={"next": address}).headers["Location"] == address
    assert client.get(address).status_code == 200


def test_an_invitation_is_accepted_by_the_one_it_was_sent_to(client: Client) -> None:
    membership, address = invited(AccountStatus.ACTIVE)
    client.sign_in(membership.account)
    assert client.post(address, data={}).status_code == 302
    assert membership.is_active


def test_a_password_is_not_chosen_by_someone_else_who_is_signed_in(client: Client) -> None:
    person = people.account()
    link = make_link(Purpose.PASSWORD, subject_id=person.id, account_id=person.id, days=1)
    client.sign_in(people.account())
    assert client.post(f"/wachtwoord/{token_of(link)}", data={"password": NEW}).status_code == 409
    assert not verify_password(person.password_hash, NEW)
    assert link.used_at is None


def test_a_sign_up_is_not_finished_by_someone_else_who_is_signed_in(client: Client) -> None:
    client.post("/aanmelden", data={"display_name": "Noor", "email": "noor@elders.example"})
    address = f"/aanmelden/{token_of(newest(Purpose.SIGN_UP))}"
    client.sign_in(people.account())
    data = {"display_name": "Noor", "typed": "Houten", "role": "colleague", "password": NEW}
    assert client.get(address).status_code == 409
    assert client.post(address, data=data).status_code == 409
    assert db.session.query(Account).filter_by(email="noor@elders.example").count() == 0


def test_a_question_confirmed_by_someone_signed_in_does_not_become_theirs(client: Client) -> None:
    town = people.municipality()
    ask(client, town)
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    assert client.post(link_for(Purpose.CONFIRM_REQUEST) + "/bevestigen").status_code == 302
    need = db.session.query(Need).one()
    assert (need.owner_id, need.organisation_id) == (None, None)
    event = db.session.query(AuditEvent).filter_by(action="visitor_request.confirmed").one()
    assert event.actor_id is None
