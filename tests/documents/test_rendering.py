"""A document is accessible, archivable and the same each time, and shows what people typed as they typed it."""

from datetime import date

import pytest
from flask import Flask

from matchmaker.documents.blocks import beside, bullets, facts, heading, note, numbered, paragraphs, table
from matchmaker.documents.rendering import DocumentFailed, Template, render
from tests.documents.accessible import assert_accessible, assert_read_as_seen

DAY = date(2027, 3, 2)
HOSTILE = '#panic("x") \\ $1/0$ *vet* _x_ `raw` @ref <label> "] [ #[ // /* #read("/etc/passwd") #import "x"'
BLOCKS = [
    heading("De partijen"),
    *facts([("Student", "Sanne"), ("Telefoon", ""), ("School", "Hogeschool")], columns=("Onderdeel", "Afspraak")),
    heading("Afspraken"),
    heading("Artikel 1. Doel", level=3),
    *paragraphs("De stage hoort bij de opleiding.\n\nDe student leert."),
    *bullets(["een", "", "twee"]),
    *numbered(["eerst", "dan"]),
    note("Let hierop.", title="Belangrijk"),
    *table(["Naam", "Getekend"], [[f"Naam {n}", "2 maart"] for n in range(80)], caption="Wie tekende", widths=(2, 3)),
]


def made(blocks: list[dict[str, object]], **values: str) -> bytes:
    return render(Template.DOCUMENT, {"title": "Een overeenkomst", "blocks": blocks, **values}, made_on=DAY)


def test_a_document_is_tagged_titled_archivable_and_read_in_order(app: Flask) -> None:
    read = assert_accessible(made(BLOCKS, lead="Tussen drie partijen"), title="Een overeenkomst")
    assert [each.whole_text() for each in read.root.all("H1", "H2", "H3", "P", "LBody")][:12] == [
        "Een overeenkomst",
        "Tussen drie partijen",
        "De partijen",
        "Afspraken",
        "Artikel 1. Doel",
        "De stage hoort bij de opleiding.",
        "De student leert.",
        "een",
        "twee",
        "eerst",
        "dan",
        "Belangrijk",
    ]
    assert [cell.whole_text() for cell in read.root.all("Table")[0].all("TH", "TD")] == [
        "Onderdeel", "Afspraak", "Student", "Sanne", "School", "Hogeschool"
    ]  # fmt: skip
    assert read.pages > 1


def test_a_certificate_is_accessible_too(app: Flask) -> None:
    blocks = paragraphs("heeft de stage afgerond.")
    content = render(Template.CERTIFICATE, {"title": "Bewijs", "name": "Sanne de Vries", "blocks": blocks}, made_on=DAY)
    read = assert_accessible(content, title="Bewijs")
    assert [each.whole_text() for each in read.root.all("H1", "P")] == [
        "Bewijs",
        "Sanne de Vries",
        "heeft de stage afgerond.",
    ]


def test_an_english_document_says_that_it_is_english(app: Flask) -> None:
    content = render(Template.DOCUMENT, {"title": "Agreement", "blocks": BLOCKS}, language="en", made_on=DAY)
    assert_accessible(content, title="Agreement", language="en")


@pytest.mark.parametrize("block", ["paragraph", "bullet", "cell", "heading", "note"])
def test_text_that_looks_like_code_is_shown_as_text(app: Flask, block: str) -> None:
    placed = {
        "paragraph": paragraphs(HOSTILE),
        "bullet": bullets([HOSTILE]),
        "cell": table(["Naam"], [[HOSTILE]]),
        "heading": [heading(HOSTILE)],
        "note": [note(HOSTILE)],
    }[block]
    read = assert_accessible(made(placed, reference=HOSTILE, foot=HOSTILE), title="Een overeenkomst")
    assert HOSTILE in read.root.whole_text()


def test_a_hostile_title_and_lead_are_shown_as_text(app: Flask) -> None:
    content = render(Template.DOCUMENT, {"title": HOSTILE, "lead": HOSTILE, "blocks": []}, made_on=DAY)
    assert assert_accessible(content, title=HOSTILE).root.whole_text() == HOSTILE * 2


def test_names_from_everywhere_are_written_in_full(app: Flask) -> None:
    names = "Łukasz Świątek, Ђорђе, Ελένη, Şeyma Gökçe, Nguyễn Thị Ánh"
    assert names in assert_accessible(made(paragraphs(names)), title="Een overeenkomst").root.whole_text()


def test_a_character_that_no_font_has_becomes_an_open_square_and_never_stops_the_document(app: Flask) -> None:
    read = assert_accessible(made(paragraphs("Naam 漢字 😀 einde")), title="Een overeenkomst")
    assert "Naam □□ □ einde" in read.root.whole_text()


def test_control_codes_halves_of_pairs_and_turned_text_are_taken_out(app: Flask) -> None:
    text = "een\x00\x07\x1b twee \ud800 \ue000 \u202eeird\u202c \u2066vier\u2069"
    assert "een twee □ □ eird vier" in made_text(text)


def made_text(text: str) -> str:
    return assert_accessible(made(paragraphs(text)), title="Een overeenkomst").root.whole_text()


def test_the_same_values_and_day_give_the_same_bytes(app: Flask) -> None:
    assert made(BLOCKS) == made(BLOCKS)


def test_a_fault_in_a_template_is_told_by_name(app: Flask) -> None:
    with pytest.raises(DocumentFailed):
        render(Template.DOCUMENT, {"title": "x", "blocks": [{"kind": "heading"}]}, made_on=DAY)


def test_a_document_that_is_read_in_another_order_than_it_is_seen_is_no_good(app: Flask) -> None:
    read = assert_accessible(made(BLOCKS), title="Een overeenkomst")
    read.root.children.reverse()
    with pytest.raises(AssertionError):
        assert_read_as_seen(read)


def test_two_languages_stand_beside_each_other_and_are_read_one_after_the_other(app: Flask) -> None:
    dutch, english = [heading("Doel"), *paragraphs("Leren.")], [heading("Purpose"), *paragraphs("Learning.")]
    read = assert_accessible(made(beside(dutch, english, language="en")), title="Een overeenkomst")
    assert read.root.whole_text() == "Een overeenkomstDoelLeren.PurposeLearning."
    assert [each.whole_text() for each in read.root.all("Div") if each.language == "en"] == ["PurposeLearning."]
    first, second = (each.every_place()[0] for each in read.root.all("H2"))
    assert (first.bottom, first.left < second.left) == (second.bottom, True)
