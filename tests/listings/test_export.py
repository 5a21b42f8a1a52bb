"""Listings as a table: harmless in a spreadsheet, and read in again as they were."""

import io
from datetime import timedelta

import openpyxl
import pytest

from matchmaker.clock import today
from matchmaker.listings import actions
from matchmaker.listings.import_export import export
from matchmaker.listings.import_export.cells import defused, undefused
from matchmaker.listings.import_export.importing import check_sheet
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.vocabulary import Kind, OrganisationKind, Side
from tests.factories import listings, people

TEXT = "Je telt fietsers bij drie scholen en schrijft een advies voor de wethouder."
pytestmark = pytest.mark.usefixtures("app")


def test_what_is_exported_can_be_read_in_again_by_another() -> None:
    home, other = people.municipality(), people.municipality()
    day = today() + timedelta(days=50)
    made = actions.save_draft(
        None, side=Side.OFFER, kind=Kind.LECTURE, organisation=home, by=None,
        values={
            "title": "Water in de stad", "text": TEXT, "work_fields": ["W20", "W21"], "levels": ["mbo4", "wo_master"],
            "study_fields": ["0732"], "study_words": ["waterkunst"], "languages": ["nl"], "group_size": 30,
            "slots": [{"weekday": 2, "part": "evening"}, {"date": day.isoformat(), "time": "10:30"}],
            "starts_on": day, "minutes": 90, "vog_required": True, "source_url": "https://gemeente.example/les",
            "mode": "online", "preparation": "Lees; en denk, na.",
        },
    )  # fmt: skip
    actions.publish(made, by=None)
    content = export.to_csv(export.rows([made]))
    sheet = read_sheet(content)
    again = check_sheet(sheet, side=Side.OFFER, fingerprint="f", organisation=other, find_organisation=lambda _n: other)
    assert again.bad == ()
    wanted = {name: value for name, value in actions.values_of(made).items() if value not in (None, "", [], False)}
    assert {name: value for name, value in again.rows[0].values.items() if value not in (None, "", [], False)} == wanted


DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0@",
    "\ufeff=",
    "\u200b+",
    "\r\n =",
)


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_exported_cell_can_become_a_formula(start: str) -> None:
    assert defused(f"{start}1+1") == f"'{start}1+1"
    assert undefused(defused(f"{start}1+1")) == f"{start}1+1"


def test_a_cell_that_is_no_formula_stays_as_it_is() -> None:
    for cell in ("", "Een zin = een zin", "a-b", "'s Ochtends", "'t Loket", " twee woorden", "24-36"):
        assert defused(cell) == undefused(cell) == cell


def test_a_text_that_begins_with_a_dash_comes_back_without_an_apostrophe() -> None:
    home, other = people.municipality(), people.municipality()
    made = listings.offer(home, kind=Kind.WORK, title="Tel mee op straat", text=f"- {TEXT}")
    sheet = read_sheet(export.to_csv(export.rows([made])))
    again = check_sheet(sheet, side=Side.OFFER, fingerprint="f", organisation=other, find_organisation=lambda _n: other)
    assert again.rows[0].values["text"] == f"- {TEXT}"


def test_a_template_fits_the_poster_and_explains_itself() -> None:
    for poster, there, gone in (
        (OrganisationKind.MUNICIPALITY, "team", "opleiding"),
        (OrganisationKind.INSTITUTION, "opleiding", "team"),
    ):
        side = Side.OFFER if poster is OrganisationKind.MUNICIPALITY else Side.NEED
        names = export.template(poster, side)[0]
        assert there in names and gone not in names
        book = openpyxl.load_workbook(
            io.BytesIO(export.to_xlsx(export.template(poster, side), export.explanation(poster, side)))
        )
        assert book.sheetnames == ["gegevens", "uitleg"]
        assert [cell.value for cell in book["gegevens"][1]] == names
