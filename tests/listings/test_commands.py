"""`flask --app wsgi import ...`."""

import json
from pathlib import Path

from flask import Flask

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import ListingStatus
from tests.factories import people
from tests.listings.test_cases import CASE

HEAD = "kant;organisatie;soort;titel;tekst\n"
OFFER = "aanbod;GM0321;stage;Tel mee op straat;Je telt fietsers bij drie scholen en schrijft een advies.\n"
NEED = "vraag;Hogeschool Utrecht;gastles;Water in de stad;Wie vertelt onze studenten over het riool?\n"


def places() -> None:
    people.municipality(code="GM0321", name="Houten", place="Houten")
    people.institution(code="hogeschool-utrecht", name="Hogeschool Utrecht", place="Utrecht")


def test_offers_and_needs_of_one_file_are_read_by_their_own_command(app: Flask, tmp_path: Path) -> None:
    places()
    file = tmp_path / "alles.csv"
    file.write_text(HEAD + OFFER + NEED)
    runner = app.test_cli_runner()
    offers = runner.invoke(args=["import", "offers", str(file)])
    assert offers.exit_code == 0 and "1 ingelezen, waarvan 1 online" in offers.output
    needs = runner.invoke(args=["import", "needs", str(file)])
    assert needs.exit_code == 0 and "1 ingelezen" in needs.output
    assert db.session.query(Listing).count() == 2
    again = runner.invoke(args=["import", "offers", str(file)])
    assert "0 ingelezen" in again.output and "1 stonden er al" in again.output


def test_a_bad_row_stops_everything_and_is_named(app: Flask, tmp_path: Path) -> None:
    places()
    file = tmp_path / "fout.csv"
    file.write_text(HEAD + OFFER + OFFER.replace("stage", "bijbaan"))
    result = app.test_cli_runner().invoke(args=["import", "offers", str(file)])
    assert result.exit_code == 1
    assert "rij 3. Kolom 'soort': 'bijbaan'. Deze keuze kennen wij niet" in result.output
    assert db.session.query(Listing).count() == 0


def test_rows_without_an_organisation_take_the_one_that_is_given(app: Flask, tmp_path: Path) -> None:
    places()
    file = tmp_path / "eigen.csv"
    file.write_text("soort;titel;tekst;status\nstage;Tel mee op straat;;concept\n")
    runner = app.test_cli_runner()
    assert "Kolom 'organisatie' is leeg. Vul dit in" in runner.invoke(args=["import", "offers", str(file)]).output
    assert runner.invoke(args=["import", "offers", str(file), "--organisation", "GM0321"]).exit_code == 0
    assert db.session.query(Listing).one().status is ListingStatus.DRAFT
    unknown = runner.invoke(args=["import", "offers", str(file), "--organisation", "GM9999"])
    assert "Onbekende organisatie" in unknown.output


def test_cases_become_a_table_that_can_be_read_in(app: Flask, tmp_path: Path) -> None:
    places()
    source, out = tmp_path / "cases.jsonl", tmp_path / "cases.csv"
    lost = {**CASE, "id": "X2", "organisation": "Een adviseur", "org_type": "onderwijs", "source_address": ""}
    source.write_text("\n".join(json.dumps(each) for each in (CASE, lost)) + "\n\n")
    runner = app.test_cli_runner()
    result = runner.invoke(args=["import", "cases", str(source), str(out)])
    assert "1 aanbod, online" in result.output and "1 geweigerd" in result.output and "X2" in result.output
    assert runner.invoke(args=["import", "offers", str(out)]).exit_code == 0
    made = db.session.query(Listing).one()
    assert (made.title, made.levels[0], made.details["study_words"]) == (CASE["title"], "mbo1", ["rechten", "toveren"])


def test_a_line_that_is_no_json_is_named(app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "kapot.jsonl"
    source.write_text('{"id": 1}\n{kapot\n')
    result = app.test_cli_runner().invoke(args=["import", "cases", str(source), str(tmp_path / "uit.csv")])
    assert result.exit_code == 1 and "Regel 2 is geen JSON" in result.output
