"""Fields for a password hide what is typed, welcome a password manager, and nothing else is asked to know someone."""

import html5lib
import pytest

from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Purpose
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.factories.second_step import with_app

NEW = "vier gewone woorden samen"


def password_fields(page: str) -> dict[str, tuple[str, str]]:
    """Name, type and autocomplete of every field for a password."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    named = [each for each in tree.iter("input") if each.get("name") in {"password", "current"}]
    return {each.get("name"): (each.get("type"), each.get("autocomplete")) for each in named}


NOW, TO_BE = ("password", "current-password"), ("password", "new-password")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/wachtwoord", {"current": NOW, "password": TO_BE}),
        ("/account/adres", {"current": NOW}),
        ("/account/tweede-stap/app/weghalen", {"current": NOW}),
        ("/account/tweede-stap/codes", {"current": NOW}),
    ],
)
def test_what_is_typed_is_hidden_and_can_be_filled_in_by_a_program(
    client: Client, path: str, fields: dict[str, tuple[str, str]]
) -> None:
    person = people.member(Role.LECTURER, people.institution())
    client.sign_in(person)
    with_app(person)
    assert password_fields(client.get(path).text) == fields


def test_the_door_and_the_link_of_a_new_password_too(client: Client) -> None:
    assert password_fields(client.get("/inloggen").text) == {"password": NOW}
    person = people.account()
    link = make_link(Purpose.PASSWORD, subject_id=person.id, account_id=person.id, days=1)
    assert password_fields(client.get(f"/wachtwoord/{token_of(link)}").text) == {"password": TO_BE}


def test_who_forgot_it_is_asked_for_an_address_and_no_secret_question(client: Client) -> None:
    forms = PageReader(client.get("/wachtwoord-vergeten").text).forms
    asked = [{field.name for field in form.typed()} for form in forms if "email" in form.inputs]
    assert asked == [{"email"}]


def test_a_new_password_by_link_does_not_go_past_the_second_step(client: Client) -> None:
    person = people.member(Role.OFFICER, people.municipality())
    with_app(person)
    link = make_link(Purpose.PASSWORD, subject_id=person.id, account_id=person.id, days=1)
    assert client.post(f"/wachtwoord/{token_of(link)}", data={"password": NEW}).status_code == 302
    assert client.get("/account").status_code == 302
    door = client.post("/inloggen", data={"email": person.email, "password": NEW})
    assert door.headers["Location"].startswith("/inloggen/code")
    assert client.get("/account").status_code == 302
