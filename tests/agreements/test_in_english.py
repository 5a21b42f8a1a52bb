"""An agreement in two languages: who gets it, what stands in it, and which of the two texts counts."""

import pytest
from flask import Flask

from matchmaker.agreements.amending import draft_amendment
from matchmaker.agreements.drawing_up import draw_up, make_document, send
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.templates import OwnArticle, publish_template, write_template
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import read
from matchmaker.placements.arranging import Goal
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Role, Sector
from tests.agreements import scenes
from tests.agreements.scenes import World
from tests.documents.accessible import assert_accessible
from tests.documents.pdf_reader import Element, ReadDocument
from tests.factories import people

DUTCH_ONLY = OwnArticle("Reiskosten", "De gemeente betaalt de reis.")
BOTH = OwnArticle("Reiskosten", "De gemeente betaalt de reis.", "Travel", "The municipality pays for travel.")


def asked(world: World, **how: object) -> Placement:
    """An approved placement that asks for English."""
    placement = scenes.approved(world, **how)  # type: ignore[arg-type]
    placement.in_english = True
    db.session.flush()
    return placement


def made(world: World, placement: Placement) -> Agreement:
    agreement = draw_up(placement, by=world.as_school)
    send([agreement], by=world.as_school, organisation=world.school)
    make_document(agreement, render_agreement)
    return agreement


def publish(world: World, *articles: OwnArticle, **how: object) -> None:
    draft = write_template(world.school, preamble="", articles=articles, by=world.coordinator, **how)  # type: ignore[arg-type]
    publish_template(draft, by=world.coordinator)


def english(read_back: ReadDocument) -> list[Element]:
    return [each for each in read_back.root.all("Div") if each.language == "en"]


@pytest.mark.parametrize("sector", [Sector.HBO, Sector.MBO])
def test_each_article_stands_in_english_beside_its_dutch(app: Flask, sector: Sector) -> None:
    world = World(sector)
    publish(world, BOTH)
    agreement = made(world, asked(world))
    title = "Praktijkovereenkomst" if sector is Sector.MBO else "Stageovereenkomst"
    read_back = assert_accessible(read(agreement.document), title=title)
    headings = [each.whole_text() for each in read_back.root.all("H3")]
    assert headings[:2] == ["Artikel 1. Doel", "Article 1. Purpose"]
    dutch, other = headings[::2], headings[1::2]
    assert all(each.startswith("Artikel ") for each in dutch)
    assert [each.replace("Article", "Artikel").split(".")[0] for each in other] == [
        each.split(".")[0] for each in dutch
    ]
    said = "".join(each.whole_text() for each in english(read_back))
    assert "The placement begins on 1 February 2027 and ends on 30 June 2027." in said
    assert "The municipality pays for travel." in said
    assert "De gemeente betaalt de reis." not in said


def test_the_document_says_which_text_counts(app: Flask) -> None:
    world = World()
    whole = assert_accessible(read(made(world, asked(world)).document), title="Stageovereenkomst").root.whole_text()
    assert "De Nederlandse tekst geldt." in whole
    assert "Verschillen de teksten, dan geldt de Nederlandse." in whole


def test_without_asking_there_is_no_english(app: Flask) -> None:
    read_back = assert_accessible(read(scenes.to_sign(World()).document), title="Stageovereenkomst")
    assert english(read_back) == []
    assert "Article 1" not in read_back.root.whole_text()


def test_a_student_who_reads_english_gets_it_unless_somebody_unticks_it(app: Flask) -> None:
    world = World()
    student = people.member(Role.STUDENT, world.school)
    student.language = "en"
    assert scenes.approved(world, student=student).in_english
    assert not scenes.approved(world).in_english


def test_what_the_school_wrote_in_dutch_alone_is_not_signed_by_who_reads_english(app: Flask) -> None:
    world = World()
    publish(world, DUTCH_ONLY)
    placement = asked(world)
    with pytest.raises(InvalidValue, match="english_articles_missing"):
        draw_up(placement, by=world.as_school)
    assert db.session.query(Agreement).count() == 0
    publish(world, BOTH)
    assert draw_up(placement, by=world.as_school).is_in_english


def test_a_school_can_ask_for_it_always_and_then_writes_both(app: Flask) -> None:
    world = World()
    with pytest.raises(InvalidValue) as refused:
        publish(world, BOTH, DUTCH_ONLY, always_english=True)
    assert (refused.value.field, refused.value.reason) == ("title_2_en", "english_needed")
    publish(world, BOTH, always_english=True)
    assert scenes.drawn_up(world).is_in_english


@pytest.mark.parametrize(
    ("article", "wrong"),
    [
        (OwnArticle("A", "B", "C", ""), ("text_1_en", "article_without_text")),
        (OwnArticle("A", "B", "", "D"), ("title_1_en", "article_without_title")),
        (OwnArticle("", "", "C", "D"), ("title_1", "article_without_dutch")),
    ],
)
def test_half_an_article_is_refused_at_its_field(app: Flask, article: OwnArticle, wrong: tuple[str, str]) -> None:
    with pytest.raises(InvalidValue) as refused:
        publish(World(), article)
    assert (refused.value.field, refused.value.reason) == wrong


def test_an_amendment_stays_in_both_and_shows_the_difference_twice(app: Flask) -> None:
    world = World()
    agreement = made(world, asked(world))
    scenes.sign_all_left(world, agreement)
    values = scenes.values(hours_per_week=24)
    goals = [Goal("Plannen maken die anderen begrijpen")]
    amendment = draft_amendment(agreement, values, goals, by=world.as_town)
    send([amendment], by=world.as_town, organisation=world.school)
    make_document(amendment, render_agreement)
    read_back = assert_accessible(read(amendment.document), title="Wijziging van de stageovereenkomst")
    headings = [each.whole_text() for each in read_back.root.all("H2")]
    assert headings[:4] == ["Wat er verandert", "What changes", "Partijen", "Parties"]
    rows = [[cell.whole_text() for cell in row.children] for row in read_back.root.all("TR")]
    assert ["Uren per week", "32", "24"] in rows
    assert ["Hours per week", "32", "24"] in rows


def test_the_page_of_signatures_is_read_in_both(app: Flask) -> None:
    world = World()
    agreement = made(world, asked(world))
    scenes.sign_all_left(world, agreement)
    read_back = assert_accessible(read(agreement.final), title="Stageovereenkomst")
    tables = read_back.root.all("Table")[-2:]
    heads = [[each.whole_text() for each in table.all("TH")] for table in tables]
    assert heads == [
        ["Naam", "Tekent als", "Getekend op", "Herkomst"],
        ["Name", "Signs as", "Signed on", "Origin"],
    ]
    assert agreement.signatory(Part.STUDENT).signed_name in tables[1].whole_text()
