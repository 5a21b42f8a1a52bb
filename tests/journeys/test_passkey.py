"""A passkey in a real browser, whose authenticator is made of software."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from matchmaker import create_app
from matchmaker.database import db
from matchmaker.vocabulary import Role
from tests.conftest import settings_for
from tests.factories import people
from tests.journeys.conftest import Quiet

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def strict_site(migrated_database: Callable[[], str], tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The application with the second step asked, at the name a passkey is tied to: browsers refuse a number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    app = create_app(settings_for(migrated_database(), tmp_path, public_url=address, second_step=True))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield app, address
    server.shutdown()
    running.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def test_an_officer_sets_up_a_passkey_and_signs_in_with_it_alone(
    strict_site: tuple[Flask, str], browser: Browser
) -> None:
    app, address = strict_site
    with app.app_context():
        email = people.member(
            Role.OFFICER, people.municipality(), who=people.account(display_name="Aisha Jansen")
        ).email
        db.session.commit()
    context = browser.new_context(base_url=address, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_text("Voor uw rol is een tweede stap nodig")).to_be_visible()
    page.get_by_role("link", name="Voeg een passkey toe").click()
    page.get_by_label("Naam van deze passkey").fill("Laptop van het werk")
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.get_by_role("heading", name="Bewaar uw herstelcodes")).to_be_visible()
    expect(page.get_by_role("heading", name="Laptop van het werk")).to_be_visible()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page).to_have_url(f"{address}/loket/")
    context.clear_cookies()
    page.goto("/inloggen?next=/loket/")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page).to_have_url(f"{address}/loket/")
    assert wrong == []
    context.close()
