"""Asking for English on the pages: at the arrangement, at the template, and what a reader is told."""

import pytest
from flask import Flask

from matchmaker.agreements.drawing_up import make_document, send
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.templates import draft_template
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.placements.actions import reopen
from matchmaker.placements.parts import Part
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.agreements.test_in_english import BOTH, DUTCH_ONLY, asked, english, made, publish
from tests.documents.accessible import assert_accessible
from tests.factories.client import Client
from tests.web.agreements.test_pages import LIST, form_of, signing_path

DUTCH = {"title_1": "Reiskosten", "text_1": "De gemeente betaalt de reis."}
ENGLISH = {"title_1_en": "Travel", "text_1_en": "The municipality pays for travel."}


def test_it_is_asked_for_with_the_arrangement_and_taken_back_there(app: Flask, client: Client) -> None:
    world = World()
    placement = scenes.approved(world)
    reopen(placement, by=world.as_school)
    browser, path = client.sign_in(world.coordinator), f"/plaatsingen/{placement.id}/afspraken"
    form = form_of(Agreement(placement=placement))
    assert "Maak de overeenkomst ook in het Engels" in browser.get(path).text
    assert browser.post(path, data={**form, "in_english": "y"}).status_code == 302
    assert placement.in_english
    assert "in het Nederlands en het Engels" in browser.get(f"/plaatsingen/{placement.id}").text
    browser.post(path, data=form)
    assert not placement.in_english


def test_who_signs_reads_which_text_counts(app: Flask, client: Client) -> None:
    world = World()
    agreement = made(world, asked(world))
    assert "Nederlands en Engels. De Nederlandse tekst geldt." in client.get(signing_path(Part.STUDENT, agreement)).text
    page = client.sign_in(world.officer).get(f"{LIST}{agreement.id}").text
    assert "Nederlands en Engels. De Nederlandse tekst geldt." in page


def test_the_school_writes_its_articles_in_both_and_reads_them_in_the_example(app: Flask, client: Client) -> None:
    world = World()
    browser, path = client.sign_in(world.coordinator), f"{LIST}sjabloon"
    wrong = browser.post(path, data={**DUTCH, "always_english": "y"})
    assert "Schrijf dit ook in het Engels." in wrong.text
    assert draft_template(world.school.id) is None
    assert browser.post(path, data={**DUTCH, **ENGLISH, "always_english": "y"}).status_code == 302
    assert 'value="Travel"' in browser.get(path).text
    shown = assert_accessible(browser.get(f"{path}/voorbeeld.pdf").data, title="Stageovereenkomst")
    said = "".join(each.whole_text() for each in english(shown))
    assert ENGLISH["text_1_en"] in said
    assert DUTCH["text_1"] not in said


def test_the_example_of_what_is_in_dutch_alone_is_in_dutch(app: Flask, client: Client) -> None:
    world = World()
    publish(world, DUTCH_ONLY)
    content = client.sign_in(world.coordinator).get(f"{LIST}sjabloon/voorbeeld.pdf").data
    assert english(assert_accessible(content, title="Stageovereenkomst")) == []


@pytest.mark.parametrize(("article", "number"), [(DUTCH_ONLY, 0), (BOTH, 1)])
def test_what_lacks_its_english_stays_on_the_list_and_says_why(
    app: Flask, client: Client, article: object, number: int
) -> None:
    world = World()
    publish(world, article)  # type: ignore[arg-type]
    placement = asked(world)
    browser = client.sign_in(world.coordinator)
    page = browser.post(f"{LIST}maak", data={"plek": str(placement.id)}, follow_redirects=True).text
    assert ("Schrijf ze in het Engels bij Ons sjabloon." in page) is (number == 0)


def test_an_amendment_does_not_ask_for_the_language_again(app: Flask, client: Client) -> None:
    world = World()
    agreement = made(world, asked(world))
    scenes.sign_all_left(world, agreement)
    browser, path = client.sign_in(world.officer), f"{LIST}{agreement.id}/wijzig"
    assert "Maak de overeenkomst ook in het Engels" not in browser.get(path).text
    browser.post(path, data=form_of(agreement, hours_per_week="24"))
    amendment = db.session.query(Agreement).filter_by(amends_id=agreement.id).one()
    assert amendment.is_in_english
    send([amendment], by=world.as_town, organisation=world.school)
    make_document(amendment, render_agreement)
    scenes.sign_all_left(world, amendment)
    assert (agreement.placement.hours_per_week, agreement.placement.in_english) == (24, True)
