"""What comes in is decoded once and then read as it is; who says to come from elsewhere is not believed."""

import pytest

from matchmaker.database import db
from matchmaker.limits.models import DoorUse
from tests.factories.client import Client

TWICE = "%253Cb%253E"
DATA = {"display_name": "Noor", "email": "noor@elders.example"}


def test_what_was_encoded_twice_is_decoded_once(client: Client) -> None:
    page = client.get(f"/aanbod?q={TWICE}").text
    assert 'value="%3Cb%3E"' in page
    assert "<b>" not in page.partition("<main")[2].partition("%3Cb%3E")[0]


@pytest.mark.parametrize("path", ["/%252e%252e/config.py", "/aanbod/%252e%252e", "/wachtwoord/%25252e", "/l/..%252f"])
def test_an_address_that_was_encoded_twice_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code in {404, 410}


def test_a_visitor_cannot_choose_the_network_they_come_from(client: Client) -> None:
    """Without a proxy that is trusted no header of a visitor says where they come from."""
    claims = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "X-Client-IP", "True-Client-IP")
    for number in range(3):
        said = dict.fromkeys(claims, f"203.0.113.{number}") | {"X-Forwarded-Proto": "https"}
        client.post("/aanmelden", data=DATA, headers=said)
    networks = {use.network_key for use in db.session.query(DoorUse)}
    assert len(networks) == 1


def test_a_value_in_the_address_is_no_value_of_a_form(client: Client) -> None:
    """Who puts the fields of a form in the address sends an empty form."""
    answer = client.post("/aanmelden", query_string=DATA, data={})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert db.session.query(DoorUse).count() == 0
