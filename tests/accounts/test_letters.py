"""Nobody floods a mail address, whichever letter is asked for and however many ask at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from matchmaker.accounts.actions import ask_new_password
from matchmaker.accounts.letters import LETTERS_AN_HOUR
from matchmaker.accounts.queries import account_by_email
from matchmaker.database import db
from matchmaker.factors.actions import send_link_again
from matchmaker.mail.models import Letter
from matchmaker.organisations.joining import start_sign_up
from matchmaker.privacy.models import RequestKind
from matchmaker.privacy.requests import ask_without_account
from tests.factories import people

KNOWN = "bekend@test.example"
WAYS: dict[str, Callable[[], object]] = {
    "a new password": lambda: ask_new_password(KNOWN, language="nl"),
    "a sign-up": lambda: start_sign_up("nieuw@test.example", name="Nieuw", language="nl"),
    "a copy": lambda: ask_without_account(RequestKind.COPY, "nieuw@test.example", text="", language="nl"),
    "a second step that was lost": lambda: send_link_again(account_by_email(KNOWN)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("way", WAYS)
def test_of_many_who_ask_at_the_same_moment_three_get_a_letter(committed_app: Flask, way: str) -> None:
    people.account(email=KNOWN)
    db.session.commit()
    at_once = Barrier(8)

    def ask(_each: int) -> None:
        with committed_app.app_context():
            at_once.wait()
            WAYS[way]()
            db.session.commit()

    with ThreadPoolExecutor(8) as strangers:
        list(strangers.map(ask, range(8)))
    assert db.session.query(Letter).count() == LETTERS_AN_HOUR
