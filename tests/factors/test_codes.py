"""Codes of an app and codes on paper: each works once, and guessing ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask

from matchmaker.accounts.attempts import FAILURES, TooManyAttempts
from matchmaker.accounts.models import Account, OpenedWith
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.factors.actions import CodeRefused, check_code, remove_app
from matchmaker.factors.apps import address_of, begin_app, confirm_app, secret_of
from matchmaker.factors.models import CodeApp, RecoveryCode
from matchmaker.factors.queries import app_of, has_second_step, recovery_codes_left
from matchmaker.factors.recovery import CODES, make_codes
from tests.factories import people
from tests.factories.second_step import code_now, with_app


def test_a_code_works_once_and_so_does_none_before_it(app: Flask) -> None:
    person = people.account()
    secret = with_app(person)
    later = code_now(secret, steps=1)
    assert check_code(person, f" {later[:3]} {later[3:]}") is OpenedWith.APP_CODE
    for used in (later, code_now(secret)):
        with pytest.raises(CodeRefused):
            check_code(person, used)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_more_than_a_step_away_is_refused(app: Flask, steps: int) -> None:
    person = people.account()
    secret = with_app(person)
    with time_machine.travel(now() + timedelta(minutes=5)), pytest.raises(CodeRefused):
        check_code(person, code_now(secret, steps=steps))


def test_an_app_that_was_not_confirmed_counts_for_nothing(app: Flask) -> None:
    person = people.account()
    secret = secret_of(begin_app(person))
    assert not has_second_step(person)
    with pytest.raises(CodeRefused):
        check_code(person, code_now(secret))
    with pytest.raises(InvalidValue):
        confirm_app(person, "000000" if code_now(secret) != "000000" else "111111")


def test_beginning_again_gives_another_secret_and_never_one_beside_an_app_in_use(app: Flask) -> None:
    person = people.account()
    first = secret_of(begin_app(person))
    assert secret_of(begin_app(person)) != first
    confirm_app(person, code_now(secret_of(app_of(person))))  # type: ignore[arg-type]
    with pytest.raises(InvalidMove):
        begin_app(person)


def test_the_database_holds_no_secret_that_can_be_read(app: Flask) -> None:
    person = people.account()
    secret, codes = with_app(person), make_codes(person)
    kept = [
        str(value) for kind in (CodeApp, RecoveryCode) for row in db.session.query(kind) for value in vars(row).values()
    ]
    assert not [each for each in kept for plain in (secret, *codes, codes[0].replace("-", "")) if plain in each]
    assert f"secret={secret}" in address_of(app_of(person), site="Matchmaker")  # type: ignore[arg-type]


def test_a_code_on_paper_works_once_however_it_is_typed(app: Flask) -> None:
    person, other = people.account(), people.account()
    codes = make_codes(person)
    assert len(set(codes)) == CODES
    assert check_code(person, codes[0]) is OpenedWith.RECOVERY_CODE
    assert check_code(person, codes[1].upper().replace("-", " ")) is OpenedWith.RECOVERY_CODE
    for who, code in ((person, codes[0]), (other, codes[2])):
        with pytest.raises(CodeRefused):
            check_code(who, code)
    assert recovery_codes_left(person) == CODES - 2


def test_new_codes_end_those_of_before(app: Flask) -> None:
    person = people.account()
    old = make_codes(person)
    make_codes(person)
    with pytest.raises(CodeRefused):
        check_code(person, old[0])


def test_ten_wrong_codes_in_five_minutes_are_the_end_also_for_the_right_one(app: Flask) -> None:
    person = people.account()
    secret = with_app(person)
    for _ in range(FAILURES):
        with pytest.raises(CodeRefused):
            check_code(person, "12345x")
    with pytest.raises(TooManyAttempts):
        check_code(person, code_now(secret, steps=1))
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert check_code(person, code_now(secret)) is OpenedWith.APP_CODE


@pytest.mark.parametrize("typed", ["", "      ", "１２３４５６", "²²²²²²", "a" * 5000, "\ud800" * 20, "-" * 60])
def test_hostile_codes_are_refused(app: Flask, typed: str) -> None:
    person = people.account()
    with_app(person)
    make_codes(person)
    with pytest.raises(CodeRefused):
        check_code(person, typed)


def test_who_needs_a_second_step_keeps_the_last_one(app: Flask) -> None:
    person = people.account()
    with_app(person)
    make_codes(person)
    with pytest.raises(InvalidValue):
        remove_app(person, required=True)
    remove_app(person, required=False)
    assert (has_second_step(person), recovery_codes_left(person)) == (False, 0)


@pytest.mark.committed
@pytest.mark.parametrize("on_paper", [False, True])
def test_a_code_given_by_six_at_the_same_moment_gets_one_in(committed_app: Flask, on_paper: bool) -> None:
    person = people.account()
    secret, codes = with_app(person), make_codes(person)
    number, code = person.id, codes[0] if on_paper else code_now(secret)
    db.session.commit()
    at_once = Barrier(6)

    def gets_in(_each: int) -> bool:
        with committed_app.app_context():
            at_once.wait()
            try:
                check_code(db.session.get_one(Account, number), code)
                return True
            except CodeRefused:
                return False
            finally:
                db.session.commit()

    with ThreadPoolExecutor(6) as people_at_once:
        assert sum(people_at_once.map(gets_in, range(6))) == 1
