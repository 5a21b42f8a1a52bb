"""What someone changes about their own account."""

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts import actions
from matchmaker.accounts.models import AccountStatus
from matchmaker.accounts.passwords import verify_password
from matchmaker.accounts.queries import feed_link, sessions_of
from matchmaker.accounts.sessions import find_session, open_session
from matchmaker.database import db
from matchmaker.errors import InvalidValue, LinkUnusable
from matchmaker.links.actions import find_link, token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import frequency_for
from matchmaker.mail.models import Frequency, Letter, Topic
from tests.factories import people

NEW = "vier gewone woorden samen"


def letters_to(address: str) -> list[str]:
    rows = db.session.scalars(select(Letter).where(Letter.to_address == address).order_by(Letter.id))
    return [letter.template for letter in rows]


def the_link(purpose: Purpose) -> Link:
    return db.session.scalars(select(Link).where(Link.purpose == purpose).order_by(Link.id.desc())).first()


def test_a_forgotten_password_sends_one_link_that_ends_every_session(app: Flask) -> None:
    person = people.account()
    token = open_session(person, hours=1, device="", membership_id=None)
    actions.ask_new_password(person.email.upper(), language="nl")
    link = the_link(Purpose.PASSWORD)
    actions.choose_new_password(link, NEW)
    assert verify_password(person.password_hash, NEW)
    assert find_session(token) is None
    assert letters_to(person.email) == ["new_password", "password_changed"]
    with pytest.raises(LinkUnusable):
        find_link(token_of(link), Purpose.PASSWORD)


def test_a_second_link_ends_the_first(app: Flask) -> None:
    person = people.account()
    actions.ask_new_password(person.email, language="nl")
    first = token_of(the_link(Purpose.PASSWORD))
    actions.ask_new_password(person.email, language="nl")
    with pytest.raises(LinkUnusable, match="revoked"):
        find_link(first, Purpose.PASSWORD)


def test_a_password_that_was_changed_ends_the_link_that_someone_asked_for(app: Flask) -> None:
    person = people.account()
    actions.ask_new_password(person.email, language="nl")
    asked = token_of(the_link(Purpose.PASSWORD))
    actions.change_password(person, NEW)
    with pytest.raises(LinkUnusable, match="revoked"):
        find_link(asked, Purpose.PASSWORD)


def test_nobody_can_flood_an_address(app: Flask) -> None:
    person = people.account()
    for _ in range(5):
        actions.ask_new_password(person.email, language="nl")
        actions.ask_new_password("niemand@test.example", language="nl")
    assert letters_to(person.email) == ["new_password"] * 3
    assert letters_to("niemand@test.example") == ["no_account"] * 3


def test_a_closed_account_gets_no_password_link(app: Flask) -> None:
    person = people.account(status=AccountStatus.DISABLED)
    actions.ask_new_password(person.email, language="nl")
    assert letters_to(person.email) == ["no_account"]


def test_a_link_of_an_account_closed_since_does_nothing(app: Flask) -> None:
    person, administrator = people.account(), people.account()
    actions.ask_new_password(person.email, language="nl")
    link = the_link(Purpose.PASSWORD)
    actions.close_account(person, by=administrator)
    with pytest.raises(LinkUnusable):
        actions.choose_new_password(link, NEW)


def test_a_weak_password_is_refused_and_the_link_stays_good(app: Flask) -> None:
    person = people.account()
    actions.ask_new_password(person.email, language="nl")
    link = the_link(Purpose.PASSWORD)
    for weak in ("kort", "welkom123456", person.email, "a" * 40, "x" * 129):
        with pytest.raises(InvalidValue):
            actions.choose_new_password(link, weak)
    actions.choose_new_password(link, NEW)


def test_what_must_come_at_once_stays_so(app: Flask) -> None:
    person = people.account()
    actions.choose_mail(person, dict.fromkeys(Topic, Frequency.NEVER))
    assert frequency_for(person, Topic.MESSAGES) is Frequency.NEVER
    assert frequency_for(person, Topic.DATES) is Frequency.NOW
    assert frequency_for(person, Topic.ACCOUNT) is Frequency.NOW


def test_a_new_feed_link_ends_the_old_one(app: Flask) -> None:
    person = people.account()
    old = token_of(actions.make_feed_link(person))
    new = token_of(actions.make_feed_link(person))
    assert find_link(new, Purpose.FEED).account_id == person.id
    with pytest.raises(LinkUnusable):
        find_link(old, Purpose.FEED)
    actions.revoke_feed_link(person)
    assert feed_link(person) is None


def test_a_closed_account_is_out_at_once_and_can_come_back(app: Flask) -> None:
    person, administrator = people.account(), people.account()
    token = open_session(person, hours=1, device="", membership_id=None)
    actions.close_account(person, by=administrator)
    assert find_session(token) is None and list(sessions_of(person)) == []
    actions.reopen_account(person, by=administrator)
    assert person.status is AccountStatus.ACTIVE
