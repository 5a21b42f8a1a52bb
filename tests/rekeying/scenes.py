"""An installation that has lived under one secret key, and what of it works under another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from matchmaker import create_app
from matchmaker.accounts.actions import ask_new_password
from matchmaker.accounts.models import Account
from matchmaker.audit.verifying import verify
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.factors.passkeys import Site, add_passkey, options_to_add
from matchmaker.factors.recovery import make_codes
from matchmaker.federation.metadata import forget_descriptions
from matchmaker.matches.conversation import write_message
from matchmaker.organisations.models import Organisation
from matchmaker.outgoing.lines import wake_all
from matchmaker.replies.actions import arrive
from matchmaker.vocabulary import Party
from tests.conftest import settings_for
from tests.factories import people
from tests.factories.client import Client
from tests.factories.dates import meeting
from tests.factories.mails import answer_to, letter_to
from tests.factories.second_step import Device, code_now, with_app
from tests.federation.provider import Provider
from tests.federation.scenes import give_domain, is_in, known, register, sign_in

A, B, C = "a" * 40, "b" * 40, "c" * 40
MAILBOX = "antwoord@loket.example"
CALENDAR = "/samen/agenda?maand=2026-12"
SITE = Site("Matchmaker", "http://localhost:5000")


class Browser(Client):
    """Each request begins and ends without a connection to the database, as on a server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.remove()
        try:
            return super().open(*args, **kwargs)
        finally:
            db.session.remove()


@dataclass
class World:
    """What people hold that was made under the first key: a code app, paper, a device, letters, a browser."""

    url: str
    folder: Path
    provider: Provider
    secret: str = ""
    codes: list[str] = field(default_factory=list)
    device: Device = field(default_factory=Device)
    feed: str = ""
    letter: str = ""
    answer: bytes = b""
    cookie: str = ""
    with_app: int = 0
    reader: int = 0
    school: int = 0
    answers: list[int] = field(default_factory=list)
    """The status of every answer a browser got."""

    @contextmanager
    def running(self, now: str, *before: str) -> Iterator[Flask]:
        """The application with these secret keys, on the database and files there are."""
        keys = {"secret_key": now, "secret_keys_before": before}
        app = create_app(settings_for(self.url, self.folder, **keys, reply_to=MAILBOX, outgoing_loopback=True))
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
        app.test_client_class = Browser
        app.after_request(self._noted)
        wake_all()
        forget_descriptions()
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def _noted(self, response):  # type: ignore[no-untyped-def]
        self.answers.append(response.status_code)
        return response

    def begin(self) -> None:
        """Live under the first key."""
        with self.running(A) as app:
            there = meeting()
            self.with_app, self.reader = there.officer.id, there.lecturer.id
            self.secret, self.codes = with_app(there.officer), make_codes(there.officer)
            add_passkey(
                there.officer, self.device.make(options_to_add(there.officer, SITE)), name="Telefoon", site=SITE
            )
            school = people.institution(name="Hogeschool Proef")
            give_domain(school, "school.example")
            register(school, self.provider.issuer)
            known(school)
            self.school = school.id
            write_message(there.match, text="Is er een beamer?", by=there.lecturer, as_party=Party.SCHOOL)
            self.answer = answer_to(letter_to(there.officer.email), "Ja, die hangt er.").as_bytes()
            ask_new_password(there.colleague.email, language="nl")
            self.letter = path_of(render(letter_to(there.colleague.email, "new_password")).text, "/wachtwoord/")
            db.session.commit()
            browser = browser_of(app).sign_in(person(self.reader))
            self.feed = feed_on(browser.post("/samen/agenda/abonnement", follow_redirects=True).text)
            self.cookie = cookie_of(browser)

    def works(self, app: Flask) -> dict[str, bool]:
        """What of all that works in this application. Each is used up by looking."""
        return {what: look(self, app) for what, look in LOOKS.items()}


def browser_of(app: Flask) -> Browser:
    made = app.test_client()
    assert isinstance(made, Browser)
    return made


def cookie_of(browser: Browser) -> str:
    found = browser.get_cookie("matchmaker")
    assert found is not None
    return found.value


def with_cookie(app: Flask, cookie: str) -> Browser:
    browser = browser_of(app)
    browser.set_cookie("matchmaker", cookie)
    return browser


def path_of(text: str, start: str) -> str:
    """The first address in a text from here on."""
    return text[text.index(start) :].split()[0]


def feed_on(page: str) -> str:
    """The address of the calendar that a page shows; empty when it shows none."""
    if "/agenda/feed/" not in page:
        return ""
    start = page.index("/agenda/feed/")
    return page[start : page.index(".ics", start) + 4]


def person(number: int) -> Account:
    return db.session.get_one(Account, number)


def gives_code(world: World, app: Flask, code: str) -> bool:
    who, browser = person(world.with_app), browser_of(app)
    browser.post("/inloggen", data={"email": who.email, "password": people.PASSWORD})
    browser.post("/inloggen/code", data={"code": code})
    return is_in(browser)


def _session(world: World, app: Flask) -> bool:
    return is_in(with_cookie(app, world.cookie))


def _code(world: World, app: Flask) -> bool:
    return gives_code(world, app, code_now(world.secret))


def _paper(world: World, app: Flask) -> bool:
    return gives_code(world, app, world.codes.pop())


def _passkey(world: World, app: Flask) -> bool:
    browser = browser_of(app)
    signed = world.device.sign(browser.get("/inloggen/passkey/vraag").text)
    browser.post("/inloggen/passkey", data={"credential": signed})
    return is_in(browser)


def _provider(world: World, app: Flask) -> bool:
    school, browser = db.session.get_one(Organisation, world.school), browser_of(app)
    try:
        sign_in(browser, school, world.provider)
    except AssertionError:
        return False
    return is_in(browser)


def _letter(world: World, app: Flask) -> bool:
    return browser_of(app).get(world.letter).status_code == 200


def _feed(world: World, app: Flask) -> bool:
    return browser_of(app).get(world.feed).status_code == 200


def _feed_shown(world: World, app: Flask) -> bool:
    reader = browser_of(app).sign_in(person(world.reader))
    return feed_on(reader.get(CALENDAR).text) == world.feed


def _answer(world: World, app: Flask) -> bool:
    known_letter = arrive(world.answer).letter_id is not None
    db.session.rollback()
    return known_letter


def _log(world: World, app: Flask) -> bool:
    db.session.rollback()
    return verify().wrong == []


LOOKS: dict[str, Callable[[World, Flask], bool]] = {
    "session": _session,
    "code of the app": _code,
    "code on paper": _paper,
    "passkey": _passkey,
    "provider": _provider,
    "link in a letter": _letter,
    "address of a calendar": _feed,
    "that address shown": _feed_shown,
    "answer by mail": _answer,
    "log": _log,
}
