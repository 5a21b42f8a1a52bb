"""The browser is told to defend, on every answer: pages, errors, redirects, files."""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker import create_app
from matchmaker.accounts.actions import make_feed_link
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.files.actions import keep
from matchmaker.links.actions import token_of
from matchmaker.privacy.models import DataExport
from matchmaker.vocabulary import Role
from matchmaker.web.files import MEDIA
from matchmaker.web.security import HEADERS, SHUT_IN
from serving.refusals import BUSY, TOO_MANY, Refusal
from tests.conftest import settings_for
from tests.factories import people
from tests.factories.client import Client
from tests.factories.documents import PDF

HTTPS, JSON = "https://loket.example", "application/json"

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


def test_the_headers_say_what_they_must() -> None:
    """Written out once more: every other test here compares with what the product sends."""
    assert {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert SHUT_IN == "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_every_header(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    answer.close()


FILES = {
    "/aanbod/feed": "application/atom+xml",
    "/aanbod.csv": "text/csv",
    "/vragen.xlsx": MEDIA["xlsx"],
    "/school/vragen/download.csv": "text/csv",
    "/school/vragen/importeren/voorbeeld.xlsx": MEDIA["xlsx"],
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain",
    "/health/live": JSON,
    "/programma/agenda.ics": "application/problem+json",
}


@pytest.mark.parametrize("path", FILES)
def test_what_is_no_page_carries_them_too_and_is_shut_in(client: Client, path: str) -> None:
    answer = client.sign_in(people.member(Role.LECTURER, people.institution())).get(path)
    assert answer.mimetype == FILES[path]
    assert {name: answer.headers[name] for name in HEADERS} == {**HEADERS, "Content-Security-Policy": SHUT_IN}


def test_so_do_a_calendar_a_document_a_copy_of_data_and_what_was_handed_in(client: Client) -> None:
    coordinator = people.member(Role.COORDINATOR, people.institution())
    calendar = f"/agenda/feed/{token_of(make_feed_link(coordinator))}.ics"
    file = keep(PDF, name="a.pdf", media_type="application/pdf", organisation_id=None, by=None)
    export = DataExport(account_id=coordinator.id, file_id=file.id, until=now() + timedelta(days=1))
    db.session.add(export)
    db.session.flush()
    client.sign_in(coordinator)
    paths = [calendar, "/overeenkomsten/sjabloon/voorbeeld.pdf", f"/account/gegevens/kopie/{export.id}"]
    answers = [client.get(path) for path in paths]
    assert [(each.status_code, each.mimetype) for each in answers] == [
        (200, "text/calendar"), (200, "application/pdf"), (200, "application/pdf")
    ]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == {**HEADERS, "Content-Security-Policy": SHUT_IN}


@pytest.mark.parametrize("refusal", [TOO_MANY, BUSY])
def test_a_refusal_of_the_door_carries_them_at_least_as_strict(refusal: Refusal) -> None:
    told = dict(refusal.headers)
    assert set(HEADERS) <= set(told)
    stricter = {"Content-Security-Policy", "Referrer-Policy"}
    assert {name: told[name] for name in set(HEADERS) - stricter} == {
        name: HEADERS[name] for name in set(HEADERS) - stricter
    }
    policy = dict(part.split(" ", 1) for part in told["Content-Security-Policy"].split("; "))
    assert set(policy.values()) == {"'none'"} and {"default-src", "frame-ancestors", "base-uri", "form-action"} == set(
        policy
    )
    assert (told["Referrer-Policy"], told["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_range_beyond_the_end_of_a_file_is_refused_with_them_too(client: Client) -> None:
    answer = client.get("/static/img/mark.svg", headers={"Range": "bytes=999999999-"})
    assert answer.status_code == 416
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    answer.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_file_that_is_asked_in_another_way_is_refused_with_them_too(client: Client, method: str) -> None:
    answer = client.open("/static/img/mark.svg", method=method)
    assert answer.status_code == 405
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    answer.close()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/static/bestaat-niet.css", "no-cache"),
        ("/plaatsing/onbekend", "no-store"),
        ("/tekenen/onbekend", "no-store"),
        ("/l/x", "no-store"),
    ],
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
    nobody, ourselves = "'none'", "'self'"
    assert policy == {
        **dict.fromkeys(("default-src", "object-src", "frame-ancestors", "base-uri"), nobody),
        **dict.fromkeys(
            ("script-src", "style-src", "font-src", "connect-src", "manifest-src", "form-action"), ourselves
        ),
        "img-src": "'self' data:",
    }


@pytest.fixture
def over_https(migrated_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_for(migrated_database(), tmp_path, public_url="https://loket.example"))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_over_https_every_cookie_is_locked_to_the_host(over_https: Flask) -> None:
    """Before signing in there is one; after it also the one by which the browser is recognised."""
    person = people.account()
    db.session.commit()
    browser = over_https.test_client()
    data = {"email": person.email, "password": people.PASSWORD}
    answers = [browser.get("/inloggen?taal=en", base_url=HTTPS), browser.post("/inloggen", data=data, base_url=HTTPS)]
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-matchmaker", "__Host-device"}
    for cookie in cookies:
        words = set(cookie.split("; ")[1:])
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= words
        assert not any(word.startswith("Domain") for word in words)
    hosts = [answer.headers["Strict-Transport-Security"] for answer in answers]
    assert hosts == ["max-age=31536000; includeSubDomains"] * 2
    style = browser.get("/static/img/mark.svg", base_url=HTTPS)
    assert style.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    style.close()


def test_the_cookie_of_a_session_is_signed_with_sha_256(over_https: Flask) -> None:
    cookies = over_https.session_interface.get_signing_serializer(over_https)  # type: ignore[attr-defined]
    signer = cookies.make_signer(cookies.salt)
    assert len(signer.get_signature(b"x")) == len(base64.urlsafe_b64encode(bytes(32)).rstrip(b"="))


def test_what_one_sees_signed_in_is_not_kept_by_the_browser(client: Client) -> None:
    assert client.get("/inloggen").headers["Cache-Control"] == "no-cache"
    client.sign_in(people.member(Role.LECTURER, people.institution()))
    for path in ("/start", "/account", "/samen/", "/", "/bestaat-niet"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path
    left = client.post("/uitloggen")
    assert left.headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize("path", [path for path, _status in ANSWERS])
def test_no_answer_opens_itself_to_another_site(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://evil.example"})
    assert [name for name, _value in answer.headers if name.lower().startswith("access-control-")] == []
    answer.close()
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in FlaskClient(client.application).options(path, headers=asked).headers


def test_trace_is_no_method_of_ours(client: Client) -> None:
    assert client.open("/", method="TRACE").status_code == 405


@pytest.mark.parametrize("path", ["/static/", "/static/js/", "/static/js", "/static/../config.py", "/.git/config"])
def test_no_folder_and_nothing_outside_it_is_shown(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "DEFAULT_SECRET" not in answer.text


def test_every_text_says_in_which_characters_it_is_written(client: Client) -> None:
    wanted = {
        "/": "text/html", "/bestaat-niet": "text/html", "/robots.txt": "text/plain", "/sitemap.xml": "application/xml",
        "/.well-known/security.txt": "text/plain", "/aanbod/feed": "application/atom+xml", "/health/live": JSON,
        "/programma/lijst.csv": "application/problem+json", "/static/img/mark.svg": "image/svg+xml",
        "/aanbod.csv": "text/csv",
    }  # fmt: skip
    found = {}
    for path in wanted:
        answer = client.get(path)
        found[path] = answer.mimetype
        if answer.mimetype.startswith("text/") or answer.mimetype.endswith("xml"):
            assert answer.mimetype == "image/svg+xml" or answer.content_type.lower().endswith("utf-8"), path
        answer.close()
    assert found == wanted


def test_a_form_without_its_token_is_refused(app: Flask, client: Client) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post("/wachtwoord-vergeten", data={"email": "iemand@test.example"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
