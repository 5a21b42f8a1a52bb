"""The product answers under its own name only, and writes no other name in what leaves it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT, Settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.web.hosts import own_names
from tests.conftest import settings_for
from tests.factories import listings, people
from tests.factories.client import Client

REQUEST_HOST = re.compile(r"_external|request\.(host|host_url|url|url_root|base_url|root_url)\b")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:5101", "127.0.0.1", "127.0.0.1:80", "[::1]:5000"]
)
def test_on_a_machine_of_ones_own_all_its_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/inloggen", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:5000",
        "localhost@evil.example",
        "localhost:x",
        "",
        "[",
        "a b",
    ],
)
def test_another_host_gets_a_page_that_says_where_we_are(client: Client, host: str) -> None:
    for path in ("/", "/aanbod/feed", "/bestaat-niet", "/aanbod//"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400, path
        assert "evil.example" not in answer.text
        assert 'href="http://localhost:5000/"' in answer.text


def test_a_post_for_another_host_changes_nothing(client: Client) -> None:
    person = people.account()
    data = {"email": person.email, "password": people.PASSWORD}
    answer = client.post("/inloggen", data=data, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers or "sign_in" not in answer.headers["Set-Cookie"]
    assert client.get("/account").status_code == 302


def test_in_production_only_the_public_address_is_answered(new_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(settings_for(new_database(), tmp_path, public_url="https://loket.example", trusted_proxies=1))
    browser = app.test_client()
    for host, status in (("loket.example", 200), ("loket.example:8000", 200), ("localhost", 400), ("127.0.0.1", 400)):
        assert browser.get("/robots.txt", headers={"Host": host}).status_code == status, host
    forwarded = {"Host": "loket.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert "evil.example" not in browser.get("/robots.txt", headers=forwarded).text
    with app.app_context():
        db.engine.dispose()


def test_loopback_names_stand_for_each_other_only_outside_production() -> None:
    assert own_names(Settings(public_url="http://127.0.0.1:5000")) == {"localhost", "127.0.0.1", "[::1]"}
    assert own_names(Settings(public_url="https://localhost", production=True)) == {"localhost"}
    assert own_names(Settings(public_url="https://löket.example")) == {"xn--lket-5qa.example"}


def test_every_whole_address_begins_with_the_public_one(app: Flask, client: Client) -> None:
    offer = listings.offer()
    told = {"Host": "127.0.0.1:9999"}
    feed = client.get("/aanbod/feed?soort=lecture&volgorde=closing", headers=told).text
    assert 'href="http://localhost:5000/aanbod/feed?soort=lecture&amp;volgorde=closing"' in feed
    assert f"<id>http://localhost:5000/aanbod/{offer.reference}</id>" in feed
    page = client.get(f"/aanbod/{offer.reference}", headers=told).text
    data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data["url"] == f"http://localhost:5000/aanbod/{offer.reference}"
    for path in (
        "/sitemap.xml",
        "/robots.txt",
        "/.well-known/security.txt",
        "/aanbod/feed",
        f"/aanbod/{offer.reference}",
    ):
        assert "127.0.0.1" not in client.get(path, headers=told).text, path


def test_no_page_asks_the_request_for_its_host() -> None:
    files = [*(ROOT / "matchmaker").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    found = [str(each.relative_to(ROOT)) for each in files if REQUEST_HOST.search(each.read_text(encoding="utf-8"))]
    assert found == []
