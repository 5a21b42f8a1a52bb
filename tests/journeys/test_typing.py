"""Typing in the wizard in a real browser: kept by itself, said plainly when it is not, and never over another."""

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.listings.models import Listing
from tests.journeys.visitors import Town, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.committed]

LONGER_THAN_THE_PAUSE = 9_000
TEXT = "Je telt fietsers bij drie scholen. Daarna schrijf je met ons een advies voor de wethouder."


def drafting(town: Town) -> Visitor:
    """An officer in the second step of a new offer."""
    visitor = town.visit(town.officer).go("/gemeente/aanbod/nieuw")
    visitor.page.check("input[name=kind][value=work_placement]")
    return visitor.press("Ga verder")


def kept() -> Listing:
    db.session.rollback()
    return db.session.scalars(select(Listing)).one()


def says(visitor: Visitor, text: str) -> None:
    status = visitor.page.locator("[data-autosave-status]")
    expect(status).to_contain_text(text, timeout=LONGER_THAN_THE_PAUSE)


def test_what_is_typed_is_kept_and_can_still_be_saved(town: Town) -> None:
    visitor = drafting(town)
    visitor.fill("Titel", "Tel mee")
    says(visitor, "Opgeslagen om ")
    assert kept().title == "Tel mee"
    visitor.fill("Titel", "Tel mee op straat").fill("Tekst", TEXT).press("Bewaar en ga verder")
    assert visitor.path.endswith("/voor-wie")
    assert (kept().title, kept().text) == ("Tel mee op straat", TEXT)


def test_leaving_the_page_keeps_the_last_words(town: Town) -> None:
    visitor = drafting(town)
    visitor.fill("Titel", "Nog net getypt").press("Later afmaken")
    visitor.sees("Nog net getypt")


def test_a_failure_is_said_and_nothing_is_lost(town: Town) -> None:
    visitor = drafting(town)

    def away(route: Route) -> None:
        route.abort()

    visitor.page.route("**/bewaren", away)
    visitor.fill("Titel", "Tel mee")
    says(visitor, "Opslaan is niet gelukt.")
    assert visitor.page.locator("[name=title]").input_value() == "Tel mee"
    assert kept().title == ""
    visitor.page.unroute("**/bewaren", away)
    visitor.fill("Titel", "Tel mee op straat")
    says(visitor, "Opgeslagen om ")
    assert kept().title == "Tel mee op straat"


def test_a_second_window_hears_of_the_first_and_does_not_overwrite_it(town: Town) -> None:
    first = drafting(town)
    second = Visitor(town, first.page.context.new_page()).go(first.path)
    first.fill("Titel", "Uit het eerste venster")
    says(first, "Opgeslagen om ")
    second.fill("Titel", "Uit het tweede venster")
    says(second, "Niet opgeslagen.")
    assert kept().title == "Uit het eerste venster"
    second.press("Bewaar en ga verder").sees("Uit het eerste venster")
    assert second.page.locator("[name=title]").input_value() == "Uit het tweede venster"
    assert kept().title == "Uit het eerste venster"


def test_saving_while_it_is_being_kept_is_no_conflict(town: Town) -> None:
    visitor = drafting(town)

    def slow(route: Route) -> None:
        visitor.page.wait_for_timeout(700)
        route.continue_()

    visitor.page.route("**/bewaren", slow)
    with visitor.page.expect_request("**/bewaren", timeout=LONGER_THAN_THE_PAUSE):
        visitor.fill("Titel", "Tel mee op straat")
    visitor.press("Bewaar en ga verder")
    assert visitor.path.endswith("/voor-wie")
