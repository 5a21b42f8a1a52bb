"""Passkeys: the right device gets in, and everything that is made up does not."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.clock import now
from matchmaker.errors import InvalidValue
from matchmaker.factors import passkeys
from matchmaker.factors.passkeys import MOST, PasskeyRefused, Site
from tests.factories import people
from tests.factories.second_step import PRESENT, VERIFIED, Device

SITE = Site("Matchmaker", "http://localhost:5000")


def added(person: Account, device: Device | None = None) -> Device:
    device = device or Device()
    passkeys.add_passkey(person, device.make(passkeys.options_to_add(person, SITE)), name="Telefoon", site=SITE)
    return device


def signs_in(device: Device, **bent: object) -> Account:
    return passkeys.check_passkey(device.sign(passkeys.options_to_sign_in(SITE), **bent), site=SITE).account


def test_a_device_that_was_added_signs_its_person_in(app: Flask) -> None:
    person, other = people.account(), people.account()
    device, foreign = added(person), added(other)
    assert (signs_in(device), signs_in(foreign), signs_in(device)) == (person, other, person)


def test_the_question_names_nobody_and_asks_who_holds_the_device_to_prove_it(app: Flask) -> None:
    asked = json.loads(passkeys.options_to_sign_in(SITE))
    assert asked.get("allowCredentials", []) == []
    assert (asked["userVerification"], asked["rpId"]) == ("required", "localhost")
    new = json.loads(passkeys.options_to_add(people.account(), SITE))
    assert new["authenticatorSelection"]["residentKey"] == "required"
    assert new["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize("counts", [True, False])
def test_an_answer_works_once(app: Flask, counts: bool) -> None:
    """Also of a passkey that goes along from one device to another, which cannot count."""
    device = added(people.account(), Device(counts=counts))
    answer = device.sign(passkeys.options_to_sign_in(SITE))
    passkeys.check_passkey(answer, site=SITE)
    with pytest.raises(PasskeyRefused):
        passkeys.check_passkey(answer, site=SITE)


def test_a_question_lasts_five_minutes(app: Flask) -> None:
    device = added(people.account())
    options = passkeys.options_to_sign_in(SITE)
    with time_machine.travel(now() + timedelta(minutes=6)), pytest.raises(PasskeyRefused):
        passkeys.check_passkey(device.sign(options), site=SITE)


@pytest.mark.parametrize(
    ("bent_device", "bent_words"),
    [
        ({"origin": "http://localhost:5001"}, {}),
        ({"origin": "https://matchmaker.evil.example"}, {}),
        ({"host": "evil.example"}, {}),
        ({"flags": PRESENT}, {}),
        ({"flags": VERIFIED}, {}),
        ({"handle": b"someone else"}, {}),
        ({}, {"type": "webauthn.create"}),
        ({}, {"challenge": "AAAA"}),
        ({}, {"challenge": 7}),
        ({}, {"challenge": None}),
    ],
)
def test_what_does_not_fit_is_refused(
    app: Flask, bent_device: dict[str, object], bent_words: dict[str, object]
) -> None:
    device = added(people.account())
    for name, value in bent_device.items():
        setattr(device, name, value)
    with pytest.raises(PasskeyRefused):
        signs_in(device, **bent_words)


def test_a_device_we_do_not_know_is_refused(app: Flask) -> None:
    with pytest.raises(PasskeyRefused):
        signs_in(Device())


def test_a_device_that_signs_with_another_key_is_refused(app: Flask) -> None:
    device = added(people.account())
    device.key = Device().key
    with pytest.raises(PasskeyRefused):
        signs_in(device)


def test_a_copy_of_a_device_that_counts_is_refused(app: Flask) -> None:
    device = added(people.account())
    signs_in(device)
    device.count = 0
    with pytest.raises(PasskeyRefused):
        signs_in(device)


def test_who_may_not_sign_in_does_not_get_in_with_a_passkey(app: Flask) -> None:
    person = people.account()
    device = added(person)
    person.status = AccountStatus.DISABLED
    with pytest.raises(PasskeyRefused):
        signs_in(device)


def test_a_question_to_sign_in_adds_nothing_and_one_for_another_neither(app: Flask) -> None:
    person, device = people.account(), Device()
    asked = json.loads(passkeys.options_to_add(person, SITE))
    asked["challenge"] = json.loads(passkeys.options_to_sign_in(SITE))["challenge"]
    for options in (json.dumps(asked), passkeys.options_to_add(people.account(), SITE)):
        with pytest.raises(PasskeyRefused):
            passkeys.add_passkey(person, device.make(options), name="x", site=SITE)


def test_a_passkey_of_someone_else_cannot_be_taken_over(app: Flask) -> None:
    device = added(people.account())
    with pytest.raises(PasskeyRefused):
        added(people.account(), device)


def test_there_is_an_end_to_how_many(app: Flask) -> None:
    person = people.account()
    for _ in range(MOST):
        added(person)
    with pytest.raises(InvalidValue):
        added(person)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
_PART = st.sampled_from(["id", "rawId", "type", "response"])
_INNER = st.sampled_from(["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"])


def test_whatever_a_browser_makes_up_is_one_refusal(app: Flask) -> None:
    device, person = added(people.account()), people.account()

    @given(_PART | _INNER, _JSON | st.text(alphabet="abcABC-_=", max_size=40))
    @example("response", None)
    def refused(part: str, value: object) -> None:
        good = json.loads(device.sign(passkeys.options_to_sign_in(SITE)))
        new = json.loads(Device().make(passkeys.options_to_add(person, SITE)))
        for answer, adds in ((good, False), (new, True)):
            place = answer if part in answer else answer["response"]
            if part not in place or place[part] == value or (part == "userHandle" and value in (None, "")):
                continue
            place[part] = value
            with pytest.raises(PasskeyRefused):
                if adds:
                    passkeys.add_passkey(person, json.dumps(answer), name="x", site=SITE)
                else:
                    passkeys.check_passkey(json.dumps(answer), site=SITE)

    refused()
    for nonsense in ("", "{", "null", "[]", "1e999", '{"response": 5}', "é" * 50, "[" * 100_000):
        with pytest.raises(PasskeyRefused):
            passkeys.check_passkey(nonsense, site=SITE)
