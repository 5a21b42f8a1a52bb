"""What people read in their mail about an agreement, in both languages."""

import pytest
from flask import Flask

from matchmaker.agreements.scheduled import OVERTAKEN, tell_offices
from matchmaker.agreements.signing import withdraw
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from tests.agreements import scenes
from tests.agreements.scenes import World


def first(template: str) -> Letter:
    return db.session.query(Letter).filter_by(template=template).order_by(Letter.id).first()


def read(template: str, language: str = "nl") -> str:
    """Subject and text of the first letter of a kind; its HTML says the same words."""
    letter = first(template)
    letter.language = language
    made = render(letter)
    assert "<p>" in made.html
    return f"{made.subject}\n{made.text}"


def test_the_letter_to_sign_has_the_link_and_says_it_is_personal(app: Flask) -> None:
    scenes.to_sign(World())
    text = read("agreement_to_sign")
    assert text.startswith("Wilt u tekenen? Groen in de wijk")
    assert "/tekenen/" in text
    assert "stuur hem niet door" in text


def test_the_letter_to_an_office_counts_what_waits(app: Flask) -> None:
    world = World()
    for _ in range(2):
        scenes.to_sign(world)
    tell_offices(now())
    assert read("agreements_to_sign").startswith("2 overeenkomsten wachten op een handtekening")


def test_everyone_hears_that_all_have_signed(app: Flask) -> None:
    scenes.signed(World())
    assert "De overeenkomst is door iedereen getekend." in read("agreement_signed")


@pytest.mark.parametrize(
    ("note", "said"),
    [("De dagen kloppen niet.", "De dagen kloppen niet."), (OVERTAKEN, "De afspraken of de mensen zijn veranderd")],
)
def test_a_letter_says_why_a_text_was_taken_back(app: Flask, note: str, said: str) -> None:
    world = World()
    withdraw(scenes.to_sign(world), note=note, by=world.as_school)
    assert said in read("agreement_withdrawn")


@pytest.mark.parametrize("template", ["agreement_to_sign", "agreement_signed"])
def test_a_letter_can_be_made_in_english(app: Flask, template: str) -> None:
    scenes.signed(World())
    assert read(template, "en").count("\n") > 5
