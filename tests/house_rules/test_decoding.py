"""What comes in is decoded once and then read as it is; who says to come from elsewhere is not believed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import request

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.limits.models import DoorUse
from tests.conftest import settings_for
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


def test_behind_a_proxy_the_last_hop_it_names_counts(new_database: Callable[[], str], tmp_path: Path) -> None:
    """One proxy is trusted: what it adds is behind what a visitor made up."""
    app = create_app(settings_for(new_database(), tmp_path, trusted_proxies=1))
    app.view_functions["public.robots"] = lambda: str(request.remote_addr)
    said = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Real-IP": "198.51.100.9"}
    assert app.test_client().get("/robots.txt", headers=said).text == "203.0.113.7"


def test_a_value_in_the_address_is_no_value_of_a_form(client: Client) -> None:
    """Who puts the fields of a form in the address sends an empty form."""
    answer = client.post("/aanmelden", query_string=DATA, data={})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert db.session.query(DoorUse).count() == 0
