"""A password is taken as it was typed: of any signs, of any length up to 128, and it never wears out."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.accounts.passwords import LONGEST, OF_NOBODY, SHORTEST, check_strength, hash_password, verify_password
from matchmaker.clock import now
from matchmaker.errors import InvalidValue
from tests.factories import people
from tests.factories.client import Client

ALL_SIGNS = "".join(chr(33 + 37 * number % 94) for number in range(LONGEST))
ANY = (
    "alleenkleineletters", "ALLEENHOOFDLETTERS", "7391046285530", "vier gewone woorden samen", "!~)(&{}=|;:<~?/^%",
    "zeven ééndjes zwemmen", "пароль из букв", "😀🏳️‍🌈 vlaggen en lachen", "x1" * 32 + "yz", ALL_SIGNS,
)  # fmt: skip


@pytest.mark.parametrize("password", ANY)
def test_any_signs_and_up_to_128_of_them_may_be_used(password: str) -> None:
    check_strength(password)
    assert verify_password(hash_password(password), password)


def test_shorter_than_twelve_is_refused() -> None:
    assert SHORTEST == 12
    with pytest.raises(InvalidValue):
        check_strength("kort maar 1"[:11])


def test_it_is_checked_exactly_as_it_was_typed() -> None:
    kept = hash_password("Vier gewone Woorden ")
    for other in ("vier gewone woorden ", "Vier gewone Woorden", " Vier gewone Woorden ", "VIER GEWONE WOORDEN "):
        assert not verify_password(kept, other)
    long = "abcd" * (LONGEST // 4)
    assert not verify_password(hash_password(long), long[:-1])
    assert not verify_password(hash_password(long), long + "x")


def test_a_space_before_or_behind_it_belongs_to_it(client: Client) -> None:
    person = people.account(password_hash=hash_password("  vier gewone woorden "))
    for password, status in (("vier gewone woorden", 401), ("  vier gewone woorden ", 302)):
        assert client.post("/inloggen", data={"email": person.email, "password": password}).status_code == status


def test_it_never_has_to_be_renewed(client: Client) -> None:
    person = people.account()
    with time_machine.travel(now() + timedelta(days=5 * 365)):
        client.sign_in(person)
        assert client.get("/account").status_code == 200


def test_it_is_kept_with_argon2id_at_no_less_than_what_is_advised() -> None:
    """OWASP advises 19 MB and two rounds as the least; the library's own choice is RFC 9106's second."""
    _, kind, _version, costs, *_ = hash_password(people.PASSWORD).split("$")
    memory, rounds, lanes = (int(each.partition("=")[2]) for each in costs.split(","))
    assert kind == "argon2id"
    assert memory >= 65536 and rounds >= 3 and lanes >= 1
    assert hash_password(people.PASSWORD) != hash_password(people.PASSWORD)


def test_an_unknown_person_takes_as_much_work_as_a_known_one() -> None:
    """Else the time of an answer tells who has an account."""
    kept = hash_password(people.PASSWORD)
    assert OF_NOBODY.split("$")[1:4] == kept.split("$")[1:4], "made anew when the costs change"
    assert [len(part) for part in OF_NOBODY.split("$")] == [len(part) for part in kept.split("$")]
    assert not verify_password(None, "nobody has this password")
