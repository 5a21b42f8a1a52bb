"""The browser is told to defend, on every answer: pages, errors, redirects, files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.web.security import HEADERS
from tests.conftest import settings_for
from tests.factories.client import Client

ANSWERS = [
    ("/", 200),
    ("/inloggen", 200),
    ("/beheer/mensen", 302),
    ("/bestaat-niet", 404),
    ("/wachtwoord/onbekend", 410),
    ("/uitloggen", 405),
    ("/?q=%00", 400),
    ("/static/img/mark.svg", 200),
    ("/static/bestaat-niet.css", 404),
]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_every_header(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    answer.close()


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/", "no-cache"), ("/plaatsing/onbekend", "no-store"), ("/tekenen/onbekend", "no-store"), ("/l/x", "no-store")],
)
def test_what_a_secret_address_opens_stays_out_of_the_memory_of_a_browser(client: Client, path: str, kept: str) -> None:
    assert client.get(path).headers["Cache-Control"] == kept


def test_an_unexpected_error_carries_them_too(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall() -> str:
        raise RuntimeError("onverwacht")

    monkeypatch.setitem(app.view_functions, "public.show_home", fall)
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert "onverwacht" not in answer.text and "Traceback" not in answer.text


def test_the_policy_starts_from_nothing_and_trusts_no_one_else() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in policy.values())


def test_over_https_the_cookie_is_locked_to_the_host(new_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(settings_for(new_database(), tmp_path, public_url="https://loket.example"))
    answer = app.test_client().get("/inloggen", base_url="https://loket.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-matchmaker=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    with app.app_context():
        db.engine.dispose()


def test_what_one_sees_signed_in_is_not_kept_by_the_browser(client: Client) -> None:
    from_outside = client.get("/inloggen")
    assert from_outside.headers["Cache-Control"] == "no-cache"


def test_a_form_without_its_token_is_refused(app: Flask, client: Client) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post("/wachtwoord-vergeten", data={"email": "iemand@test.example"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
