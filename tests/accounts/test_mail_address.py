"""One address is written in one way, however it was typed."""

import pytest

from matchmaker.accounts.mail_address import is_address, normal_form
from tests.factories import people
from tests.factories.client import Client


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" D.Meijer@HU.example ", "d.meijer@hu.example"),
        ("d.meijer@hu\u3002example", "d.meijer@hu.example"),
        ("d.meijer@\uff48\uff55.example", "d.meijer@hu.example"),
        ("d.meijer@hu.ex\u0430mple", "d.meijer@hu.xn--exmple-4nf"),
        ("a@b\u00fccher.example", "a@xn--bcher-kva.example"),
    ],
    ids=["capitals", "another full stop", "wide letters", "a Cyrillic a", "an umlaut"],
)
def test_it_has_one_spelling(typed: str, kept: str) -> None:
    assert normal_form(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "a", "a@b", "\uff41@hu.example", "a@hu.example\nBcc: b@hu.example", "a" * 250 + "@hu.example"],
    ids=["nothing", "a letter", "no domain", "a wide letter before the @", "a header", "too long"],
)  # fmt: skip
def test_what_no_mail_server_delivers_to_is_no_address(typed: str) -> None:
    assert not is_address(typed)


def test_who_types_another_spelling_is_the_same_person(client: Client) -> None:
    someone = people.account(email="d.meijer@hu.example")
    data = {"email": "D.Meijer@\uff48\uff55\u3002example", "password": people.PASSWORD}
    assert client.post("/inloggen", data=data).status_code == 302
    assert someone.email in client.get("/account").text
