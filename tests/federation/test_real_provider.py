"""Against a provider that others wrote, in a process of its own."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.federation.metadata import read_description
from matchmaker.organisations.models import Organisation
from tests.factories import people
from tests.factories.client import Client
from tests.federation.scenes import (
    come_back,
    give_domain,
    is_in,
    leave,
    lecturer,
    letters_to,
    link_path,
    path_of,
    register,
)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/jwks", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def real_school(app: Flask, issuer: str) -> Organisation:
    made = people.institution()
    give_domain(made, "school.example")
    register(made, issuer)
    db.session.flush()
    return made


def tell_who(issuer: str, subject: str, **claims: object) -> None:
    asked = urllib.request.Request(f"{issuer}/users/{subject}", json.dumps(claims).encode(), method="PUT")
    asked.add_header("Content-Type", "application/json")
    urllib.request.urlopen(asked, timeout=5).close()


def sign_in_there(address: str, subject: str, **more: str) -> dict[str, str]:
    """What a browser brings back, from the redirect of the provider."""
    try:
        data = urlencode({"sub": subject, **more}).encode()
        urllib.request.build_opener(NoRedirect).open(address, data, timeout=5).close()
    except urllib.error.HTTPError as answer:
        with answer:
            assert answer.code == 302
            back = urlsplit(answer.headers["Location"])
            assert back.path.endswith("/terug")
            return dict(parse_qsl(back.query))
    raise AssertionError("no redirect")


def test_its_description_is_understood(issuer: str) -> None:
    said = read_description(issuer)
    assert (said.token_endpoint, len(list(said.keys))) == (f"{issuer}/oauth2/token", 1)


def test_from_first_login_to_the_second(client: Client, real_school: Organisation, issuer: str) -> None:
    person = lecturer(real_school, email="docent@school.example")
    tell_who(issuer, "mens-1", email=person.email, email_verified=True, name="Docent")
    first = come_back(client, real_school, sign_in_there(leave(client, real_school), "mens-1"))
    assert path_of(first) == "/inloggen/organisatie/mail"
    assert path_of(client.post(link_path(person.email, "identity_to_tie", "/inloggen/koppelen/"))) == "/start"
    client.post("/uitloggen")
    second = come_back(client, real_school, sign_in_there(leave(client, real_school), "mens-1"))
    assert path_of(second) == "/start" and is_in(client)


def test_an_address_it_did_not_confirm(client: Client, real_school: Organisation, issuer: str) -> None:
    person = lecturer(real_school, email="ander@school.example")
    tell_who(issuer, "mens-2", email=person.email, email_verified=False)
    answer = come_back(client, real_school, sign_in_there(leave(client, real_school), "mens-2"))
    assert answer.status_code == 400 and letters_to(person.email) == []


def test_a_code_it_gave_works_once(client: Client, real_school: Organisation, issuer: str) -> None:
    person = lecturer(real_school, email="derde@school.example")
    tell_who(issuer, "mens-3", email=person.email, email_verified=True)
    brought = sign_in_there(leave(client, real_school), "mens-3")
    assert path_of(come_back(client, real_school, brought)) == "/inloggen/organisatie/mail"
    again = sign_in_there(leave(client, real_school), "mens-3")
    assert come_back(client, real_school, {**again, "code": brought["code"]}).status_code == 400


def test_someone_who_stops_there(client: Client, real_school: Organisation, issuer: str) -> None:
    answer = come_back(client, real_school, sign_in_there(leave(client, real_school), "mens-4", action="deny"))
    assert answer.status_code == 400 and "gestopt met inloggen" in answer.text
