"""People who visit the site in a browser of their own, and the letters they get."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Flask
from icalendar import Calendar, Event
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.appointments.queries import appointment_of
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.clock import now, today
from matchmaker.database import db, read_only
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.matches.models import Match
from matchmaker.sessions.scheduled import ask_after
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people

PATIENCE = 30_000


@dataclass
class Town:
    """One municipality, its neighbour and one school, and everyone who takes part."""

    app: Flask
    address: str
    browser: Browser
    pages: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        school = people.institution(name="Hogeschool Vechtland", place="Utrecht")
        people.programme(school)
        self.town = people.municipality(
            code="GM0356", name="Nieuwegein", place="Nieuwegein", latitude=52.03, longitude=5.08
        )
        self.neighbour = people.municipality(
            code="GM0353", name="IJsselstein", place="IJsselstein", latitude=52.02, longitude=5.04
        )
        team = people.team(self.town, name="Omgeving")
        self.lecturer = self._person(Role.LECTURER, school, "Marit Verhoef")
        self.officer = self._person(Role.OFFICER, self.town, "Aisha Jansen")
        self.colleague = self._person(Role.COLLEAGUE, self.town, "Ruben Westra", team_id=team.id)
        self.second = self._person(Role.COLLEAGUE, self.town, "Noor Visser", team_id=team.id)
        self.other_officer = self._person(Role.OFFICER, self.neighbour, "Bram Oosterom")
        db.session.commit()

    def _person(self, role: Role, where: object, name: str, **values: object) -> Account:
        return people.member(role, where, who=people.account(display_name=name), **values)  # type: ignore[arg-type]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What happens outside any page."""
        db.session.rollback()
        read_only(False)
        yield
        db.session.commit()
        read_only(True)

    def offer(self, kind: Kind, title: str, *, levels: Sequence[str] = ("hbo_bachelor",)) -> None:
        """A posting of the municipality."""
        with self.writing():
            listings.offer(
                self.town,
                kind=kind,
                title=title,
                place="Nieuwegein",
                owner_id=self.colleague.id,
                places=2,
                levels=list(levels),
            )

    def begins_in(self, hours: int) -> None:
        """The agreed session is an hour that begins so many hours from now; what the worker does then is done."""
        with self.writing():
            appointment = appointment_of(self.match().id)
            assert appointment is not None
            appointment.starts_at = now() + timedelta(hours=hours)
            appointment.ends_at = appointment.starts_at + timedelta(hours=1)
            db.session.flush()
            ask_confirmations(now())
            ask_after(now())

    def visit(self, person: Account | None = None) -> "Visitor":
        """A browser of one person, signed in when they have an account."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE)
        self.pages.append(page)
        visitor = Visitor(self, page)
        if person is not None:
            visitor.sign_in(person.email)
        return visitor

    def leave(self) -> None:
        for page in self.pages:
            page.context.close()

    def match(self) -> Match:
        """The match that was asked for last."""
        db.session.rollback()
        query = select(Match).where(Match.initiated_by.is_not(None)).order_by(Match.id.desc()).limit(1)
        return db.session.scalars(query).one()

    def letters(self, person: Account, template: str) -> list[Letter]:
        db.session.rollback()
        query = select(Letter).where(Letter.account_id == person.id, Letter.template == template)
        return list(db.session.scalars(query.order_by(Letter.id)))

    def link_in(self, letter: Letter) -> str:
        """The path of the address in the letter as it is sent."""
        found = re.search(r"https?://[^/\s]+(/\S+)", render(letter).text)
        assert found is not None
        return found[1]


@dataclass
class Visitor:
    """What someone does on the site, in the words of the page."""

    town: Town
    page: Page

    def go(self, path: str) -> "Visitor":
        answer = self.page.goto(self.town.address + path)
        assert answer is not None and answer.status < 400, (path, answer and answer.status)
        return self

    def sign_in(self, email: str) -> "Visitor":
        self.go("/inloggen")
        self.fill("E-mailadres", email)
        self.fill("Wachtwoord", people.PASSWORD)
        self.press("Inloggen")
        return self

    def fill(self, label: str, text: str) -> "Visitor":
        self.page.locator("main").get_by_label(label, exact=False).first.fill(text)
        return self

    def choose(self, label: str) -> "Visitor":
        self.page.locator("main").get_by_label(label, exact=False).first.check()
        return self

    def press(self, name: str) -> "Visitor":
        """A button or a link by its words; the page that follows must be there."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first
        with self.page.expect_navigation():
            button.click()
        return self

    def sees(self, text: str) -> "Visitor":
        expect(self.page.locator("main")).to_contain_text(text, timeout=PATIENCE)
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.town.address)

    def calendar_file(self) -> Event:
        """The entry in the file behind `Zet in uw agenda`."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Zet in uw agenda").click()
        return entry(download.value.path().read_bytes())


def entry(content: bytes | None) -> Event:
    """The one entry of a calendar file."""
    assert content is not None
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def weekday_ahead(days: int) -> date:
    """A Tuesday at least so many days from now."""
    day = today() + timedelta(days=days)
    return day + timedelta(days=(1 - day.weekday()) % 7)
