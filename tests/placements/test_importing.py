"""Placements from a file: every bad cell is named, nothing is written while one is left, and twice is once."""

import io

import pytest
import time_machine
from flask import Flask

from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.export import to_csv
from matchmaker.mail.models import Letter
from matchmaker.placements.importing import COLUMNS, CheckedPlacements, check_table, keep_table, write_table
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.placements.scenes import Stage, stage

GOOD = {
    "soort": "afstudeeropdracht", "titel": "Brieven", "student": "Noor de Vries", "student_mail": "noor@school.example",
    "opleiding": "Rechten", "gemeente": "Nieuwegein", "begeleider_school": "", "begeleider_school_mail": "",
    "begeleider_gemeente": "Guus", "begeleider_gemeente_mail": "guus@nieuwegein.example", "eerste_dag": "2027-02-01",
    "laatste_dag": "30-6-2027", "uren_per_week": "32", "vergoeding": "€ 450", "werkplek": "Stadsplein 1",
    "opdracht": "Brieven leesbaar maken.", "crebo": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_the_school_year(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


def table(*rows: dict[str, str]) -> bytes:
    return to_csv([list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows)])


def checked(there: Stage, *rows: dict[str, str]) -> CheckedPlacements:
    stored = keep_table(table(*rows), name="stages.csv", school=there.school, by=there.coordinator)
    return check_table(stored, school=there.school)


def test_a_good_row_becomes_a_placement_that_is_being_arranged():
    there = stage()
    assert write_table(checked(there, GOOD), school=there.school, by=there.coordinator) == 1
    made = Placement.query.one()
    assert (made.title, made.municipality, made.hours_per_week, made.allowance) == (
        "Brieven",
        there.municipality,
        32,
        450,
    )
    assert {each.part: each.display_name for each in made.people} == {
        Part.STUDENT: "Noor de Vries",
        Part.SUPERVISOR: "Guus",
        Part.COORDINATOR: "Els Kuiper",
    }
    assert made.last_day is not None and made.last_day.isoformat() == "2027-06-30"


def test_reading_in_sends_no_letters():
    there = stage()
    write_table(checked(there, GOOD), school=there.school, by=there.coordinator)
    assert Letter.query.count() == 0


@pytest.mark.parametrize(
    "change, column, reason",
    [
        ({"student": ""}, "student", "required"),
        ({"student_mail": "geen adres"}, "student_mail", "not_a_mail_address"),
        ({"soort": "gastles"}, "soort", "unknown_code"),
        ({"opleiding": "Toveren"}, "opleiding", "unknown_code"),
        ({"gemeente": "Nergenshuizen"}, "gemeente", "unknown_code"),
        ({"eerste_dag": "31-2-2027"}, "eerste_dag", "not_a_date"),
        ({"eerste_dag": "2031-02-01"}, "eerste_dag", "outside_school_year"),
        ({"laatste_dag": "2027-01-01"}, "laatste_dag", "reversed"),
        ({"uren_per_week": "veel"}, "uren_per_week", "not_a_number"),
        ({"uren_per_week": "80"}, "uren_per_week", "too_large"),
        ({"titel": "a" * 201}, "titel", "text_too_long"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(change: dict[str, str], column: str, reason: str):
    there = stage()
    found = checked(there, {**GOOD, **change}, GOOD)
    assert [(cell.column, cell.error.reason) for row in found.bad for cell in row.problems] == [(column, reason)]
    with pytest.raises(InvalidValue):
        write_table(found, school=there.school, by=there.coordinator)
    assert Placement.query.count() == 0


def test_the_same_file_twice_makes_each_placement_once():
    there = stage()
    write_table(checked(there, GOOD), school=there.school, by=there.coordinator)
    again = checked(there, GOOD, {**GOOD, "student_mail": "ander@school.example"})
    assert [row.known_already for row in again.rows] == [True, False]
    assert write_table(again, school=there.school, by=there.coordinator) == 1
    assert Placement.query.count() == 2


def test_the_same_row_twice_in_one_file_is_one_placement():
    there = stage()
    assert write_table(checked(there, GOOD, GOOD), school=there.school, by=there.coordinator) == 1


def test_the_page_shows_what_is_wrong_and_then_reads_in(client: Client):
    there = stage()
    client.sign_in(there.coordinator)
    bad, good = table({**GOOD, "gemeente": "Nergens"}), table(GOOD)
    answer = client.post("/plaatsingen/inlezen", data={"file": (io.BytesIO(bad), "stages.csv")})
    page = client.get(answer.location).text
    assert "Nergens" in page and "Lees 1 rij in" not in page
    answer = client.post("/plaatsingen/inlezen", data={"file": (io.BytesIO(good), "stages.csv")})
    assert "Lees 1 rij in" in client.get(answer.location).text
    client.post(answer.location, data={})
    assert "Noor de Vries" in client.get("/plaatsingen/").text


def test_a_file_of_another_school_is_not_there(client: Client):
    there, other = stage(), people.institution()
    stored = keep_table(table(GOOD), name="stages.csv", school=other, by=people.member(Role.COORDINATOR, other))
    assert client.sign_in(there.coordinator).get(f"/plaatsingen/inlezen/{stored.id}").status_code == 404


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 geen werkboek", b"%PDF-1.7"])
def test_what_is_no_table_gets_its_sentence(client: Client, content: bytes):
    there = stage()
    page = client.sign_in(there.coordinator).post(
        "/plaatsingen/inlezen", data={"file": (io.BytesIO(content), "stages.xlsx")}
    )
    assert page.status_code == 200 and "Fout" in page.text
