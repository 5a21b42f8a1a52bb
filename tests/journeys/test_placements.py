"""A student of 17 at mbo, from an agreed place to an approved arrangement, with everyone doing their own part: some
signed in, the practice trainer and the parent from the link in their letter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from matchmaker.clock import today
from matchmaker.database import db, reading
from matchmaker.mail.models import Letter
from matchmaker.placements.arranging import SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS
from matchmaker.placements.models import Placement
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Kind, Sector
from tests.journeys.visitors import Town
from tests.placements.scenes import CREBO, Stage, stage

pytestmark = [pytest.mark.browser, pytest.mark.committed]

TRAINER, PARENT = "hans@nieuwegein.example", "wil@thuis.example"


@dataclass
class College(Town):
    """A school of mbo with a student, and a recognised municipality with a place both agreed on."""

    there: Stage = field(init=False)

    def __post_init__(self) -> None:
        self.there = stage(Sector.MBO, Kind.WORK)
        self.there.recognised()
        self.match_id = self.there.match.id
        self.people = {
            name: getattr(self.there, name) for name in ("coordinator", "lecturer", "student", "officer", "colleague")
        }
        db.session.commit()

    def placement(self) -> Placement:
        db.session.rollback()
        return db.session.scalars(select(Placement)).one()

    def link_to(self, address: str) -> str:
        """The link in the newest letter to someone without an account."""
        db.session.rollback()
        query = select(Letter).where(Letter.to_address == address).order_by(Letter.id.desc()).limit(1)
        return self.link_in(db.session.scalars(query).one())


@pytest.fixture
def college(live_app: tuple[Flask, str], browser: Browser) -> Iterator[College]:
    app, address = live_app
    with app.app_context():
        made = College(app, address, browser)
        with reading():
            yield made
        made.leave()
        db.session.remove()


def period() -> tuple[date, date]:
    """Days of one school year, whatever today is."""
    first = today() + timedelta(days=7)
    year = first.year if (first.month, first.day) >= SCHOOL_YEAR_BEGINS else first.year - 1
    return first, min(first + timedelta(days=60), date(year + 1, *SCHOOL_YEAR_ENDS))


def test_a_minor_of_mbo_is_placed_by_everyone_together(college: College) -> None:
    coordinator = college.visit(college.people["coordinator"])
    coordinator.go(f"/samen/{college.match_id}").press("Wijs de student aan")
    coordinator.fill("Naam", "Noor de Vries").fill("Mailadres", college.people["student"].email)
    coordinator.page.select_option("[name=programme]", index=1)
    coordinator.choose("Nee, de student is 16 of 17")
    turns_18 = today() + timedelta(days=200)
    coordinator.fill("In welke maand", f"{turns_18:%m-%Y}").press("Wijs aan")
    coordinator.sees("De student is aangewezen.")
    here = coordinator.path
    coordinator.press("Wijs aan: begeleider van school").fill("Naam", "Marit Verhoef")
    coordinator.fill("Mailadres", college.people["lecturer"].email).press("Wijs aan")
    coordinator.press("Wijs aan: ouder of verzorger").fill("Naam", "Wil de Vries")
    coordinator.fill("Mailadres", PARENT).press("Wijs aan")

    officer = college.visit(college.people["officer"])
    officer.go(here).press("Wijs aan: praktijkopleider").fill("Naam", "Hans Visser").fill("Mailadres", TRAINER)
    officer.press("Wijs aan").sees("Hans Visser")

    trainer = college.visit()
    trainer.go(college.link_to(TRAINER)).press("Vul de afspraken in")
    first, last = period()
    trainer.fill("De opdracht", "Meelopen in de wijk en brieven schrijven.").fill("Leerdoel 1", "Rustig uitleggen")
    trainer.page.fill("[name=first_day]", first.isoformat())
    trainer.page.fill("[name=last_day]", last.isoformat())
    trainer.fill("Uren per week", "24").fill("Werkplek", "Stadsplein 1").fill("Crebo", CREBO).press("Bewaar")
    trainer.sees("De afspraken zijn bewaard.").press("Leg voor aan de opleiding")
    assert college.placement().state is PlacementState.TO_APPROVE

    coordinator.go(here).press("Bekijk en beslis").choose("Ja, ik keur het goed").press("Bewaar")
    assert college.placement().state is PlacementState.APPROVED

    parent = college.visit()
    parent.go(college.link_to(PARENT)).sees("Meelopen in de wijk en brieven schrijven.").sees("Goedkeuring")

    student = college.visit(college.people["student"])
    student.go(here).press("Meld dat het niet goed gaat").choose("school")
    student.fill("Wat gaat er niet goed?", "Ik zie er erg tegenop.").press("Verstuur")
    lecturer = college.visit(college.people["lecturer"])
    lecturer.go(here).press("Lees het en geef antwoord").sees("Ik zie er erg tegenop.")
    lecturer.fill("Wat gaat u doen?", "Ik bel je vandaag.").press("Geef antwoord")
    student.go(here).press("Signaal van").sees("Ik bel je vandaag.")
