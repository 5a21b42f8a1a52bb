"""Guesses are counted, also those that come together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from matchmaker.accounts.attempts import FAILURES, TooManyAttempts, note_failure
from matchmaker.accounts.sessions import SignInRefused, check_sign_in
from matchmaker.database import db
from tests.factories import people

GUESSES = 16


def test_who_fails_stops_no_other_account_and_not_themselves_from_elsewhere(app: Flask) -> None:
    one, other = people.account(), people.account()
    for _ in range(FAILURES):
        note_failure(one.email, address="192.0.2.7")
    with pytest.raises(TooManyAttempts):
        check_sign_in(one.email, people.PASSWORD, address="192.0.2.7")
    assert check_sign_in(other.email, people.PASSWORD, address="192.0.2.7") == other
    assert check_sign_in(one.email, people.PASSWORD, address="192.0.2.8") == one


@pytest.mark.committed
def test_guesses_at_the_same_moment_are_all_counted(committed_app: Flask) -> None:
    email = people.account().email
    db.session.commit()
    db.session.remove()
    barrier = Barrier(GUESSES)

    def guess(number: int) -> str:
        with committed_app.app_context():
            barrier.wait()
            try:
                check_sign_in(email, f"geraden wachtwoord {number}", address="192.0.2.7")
            except SignInRefused:
                db.session.commit()
                return "judged"
            except TooManyAttempts:
                db.session.rollback()
                return "refused"
            raise AssertionError("guessed")

    with ThreadPoolExecutor(GUESSES) as pool:
        answers = list(pool.map(guess, range(GUESSES)))
    assert sorted(answers) == ["judged"] * FAILURES + ["refused"] * (GUESSES - FAILURES)
