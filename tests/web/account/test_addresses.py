"""Another e-mail address: confirmed at the new one, stopped or undone from the old one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.accounts.addresses import forget_changes
from matchmaker.accounts.models import Account, AddressChange, SignInSession
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now, pretending
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client

NEW = "nieuw@test.example"
CHANGED = "vier gewone woorden samen"


@pytest.fixture
def person(client: Client) -> Account:
    """Someone who is signed in."""
    made = people.member(Role.LECTURER, people.institution())
    client.sign_in(made)
    return made


def ask(client: Client, email: str = NEW, password: str = people.PASSWORD) -> str:
    answer = client.post("/account/adres", data={"email": email, "current": password})
    return answer.headers.get("Location") or answer.text


def letters() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Letter.template, Letter.to_address).order_by(Letter.id))
    return [(template, address) for template, address in rows]


def address_of(purpose: Purpose) -> str:
    link = db.session.scalars(select(Link).where(Link.purpose == purpose).order_by(Link.id.desc())).first()
    assert link is not None
    return {Purpose.NEW_ADDRESS: "/adres/", Purpose.KEEP_ADDRESS: "/adres-houden/"}[purpose] + token_of(link)


def can_sign_in(client: Client, email: str, password: str = people.PASSWORD) -> bool:
    fresh = Client(client.application)
    return fresh.post("/inloggen", data={"email": email, "password": password}).status_code == 302


def test_the_new_address_confirms_and_then_signs_in(client: Client, person: Account) -> None:
    old = person.email
    assert ask(client, NEW.upper()) == "/account"
    assert letters() == [("confirm_new_address", NEW), ("address_changing", old)]
    address = address_of(Purpose.NEW_ADDRESS)
    assert NEW in client.get(address).text and can_sign_in(client, old)
    assert client.post(address).headers["Location"] == "/inloggen"
    assert db.session.query(SignInSession).filter_by(account_id=person.id).count() == 0
    assert (can_sign_in(client, NEW), can_sign_in(client, old)) == (True, False)
    assert client.get(address).status_code == 410
    assert ("address_changed", old) in letters()


def test_an_address_with_an_account_is_told_and_the_asker_sees_no_difference(client: Client, person: Account) -> None:
    other = people.account()
    assert ask(client, other.email) == "/account"
    first = client.get("/account").text
    assert letters() == [("address_in_use", other.email), ("address_changing", person.email)]
    assert db.session.scalars(select(Link).where(Link.purpose == Purpose.NEW_ADDRESS)).all() == []
    assert ask(client) == "/account"
    assert "Open de link in de mail aan uw nieuwe adres" in first
    assert "Open de link in de mail aan uw nieuwe adres" in client.get("/account").text


def test_it_asks_the_password_and_another_address(client: Client, person: Account) -> None:
    assert "Dit is niet uw wachtwoord van nu" in ask(client, password="fout fout fout")
    assert "logt u nu al in" in ask(client, person.email.upper())
    assert letters() == []


def test_the_old_address_stops_it_and_the_password_that_was_known_ends(client: Client, person: Account) -> None:
    ask(client)
    waiting = address_of(Purpose.NEW_ADDRESS)
    keep = address_of(Purpose.KEEP_ADDRESS)
    visitor = Client(client.application)
    assert person.email in visitor.get(keep).text
    assert visitor.post(keep).headers["Location"] == "/inloggen"
    assert client.get("/account").headers["Location"].startswith("/inloggen?")
    assert visitor.get(waiting).status_code == visitor.get(keep).status_code == 410
    assert not can_sign_in(client, person.email)
    assert letters()[-1] == ("new_password", person.email)


def test_the_old_address_puts_it_back_after_it_was_confirmed(client: Client, person: Account) -> None:
    old = person.email
    ask(client)
    client.post(address_of(Purpose.NEW_ADDRESS))
    thief = Client(client.application)
    thief.post("/inloggen", data={"email": NEW, "password": people.PASSWORD})
    visitor = Client(client.application)
    assert visitor.post(address_of(Purpose.KEEP_ADDRESS)).headers["Location"] == "/inloggen"
    assert thief.get("/account").headers["Location"].startswith("/inloggen?")
    assert (can_sign_in(client, NEW), can_sign_in(client, old)) == (False, False)
    link = db.session.scalars(select(Link).where(Link.purpose == Purpose.PASSWORD)).one()
    visitor.post(f"/wachtwoord/{token_of(link)}", data={"password": CHANGED})
    assert can_sign_in(client, old, CHANGED)


def test_the_first_letter_to_the_old_address_still_puts_it_back_after_it_was_confirmed(
    client: Client, person: Account
) -> None:
    old = person.email
    ask(client)
    first = address_of(Purpose.KEEP_ADDRESS)
    client.post(address_of(Purpose.NEW_ADDRESS))
    second, visitor = address_of(Purpose.KEEP_ADDRESS), Client(client.application)
    assert visitor.post(first).headers["Location"] == "/inloggen"
    assert (person.email, visitor.get(second).status_code) == (old, 410)


def test_who_moved_the_account_twice_cannot_take_it_back_after_it_was_undone(client: Client, person: Account) -> None:
    old = person.email
    ask(client)
    undo = address_of(Purpose.KEEP_ADDRESS)
    client.post(address_of(Purpose.NEW_ADDRESS))
    thief = Client(client.application)
    thief.post("/inloggen", data={"email": NEW, "password": people.PASSWORD})
    ask(thief, "nog@test.example")
    back_to_thief = address_of(Purpose.KEEP_ADDRESS)
    thief.post(address_of(Purpose.NEW_ADDRESS))
    Client(client.application).post(undo)
    assert Client(client.application).post(back_to_thief).status_code == 410
    assert person.email == old
    assert letters()[-1] == ("new_password", old)


def test_an_undo_of_the_last_day_still_knows_what_it_undoes(client: Client, person: Account) -> None:
    ask(client)
    with pretending(now() + timedelta(days=31)):
        assert forget_changes() == 0
    with pretending(now() + timedelta(days=33)):
        assert forget_changes() == 1


def test_asking_again_ends_what_was_asked_before_and_there_is_an_end_to_the_letters(
    client: Client, person: Account
) -> None:
    ask(client)
    first = address_of(Purpose.NEW_ADDRESS)
    for number in range(5):
        assert ask(client, f"nog{number}@test.example") == "/account"
    assert client.get(first).status_code == 410
    assert [each for each, _ in letters()].count("address_changing") == 3


def test_an_address_that_was_taken_meanwhile_is_refused(client: Client, person: Account) -> None:
    ask(client)
    address = address_of(Purpose.NEW_ADDRESS)
    people.account(email=NEW)
    db.session.commit()
    assert client.post(address).status_code == 410
    assert can_sign_in(client, person.email)


def test_a_link_is_not_for_someone_else_who_is_signed_in(client: Client, person: Account) -> None:
    ask(client)
    db.session.commit()
    stranger = Client(client.application)
    stranger.sign_in(people.account())
    for purpose in (Purpose.NEW_ADDRESS, Purpose.KEEP_ADDRESS):
        assert stranger.post(address_of(purpose)).status_code == 409


def test_the_log_holds_no_address(client: Client, person: Account) -> None:
    old = person.email
    ask(client)
    client.post(address_of(Purpose.NEW_ADDRESS))
    told = " ".join(str(each.details) for each in db.session.scalars(select(AuditEvent)))
    assert NEW not in told and old not in told
    assert forget_changes() == 0 and db.session.query(AddressChange).count() == 1
