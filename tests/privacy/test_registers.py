"""The registers hold every column and table of people, on the page and in each file, and the words fit each code."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from flask import Flask

from matchmaker.classification import Keep, What, Whose, Why
from matchmaker.database import Base
from matchmaker.privacy.registry import OF_PEOPLE, columns_matched_on
from matchmaker.vocabulary import OrganisationKind, Role
from matchmaker.words.processing import GROUNDS, KEEPS, MEASURES, READERS, WHATS, WHOSES, WHYS
from tests.factories import people
from tests.factories.client import Client

REGISTERS = ("bewaartermijnen", "verwerkingen", "algoritme")


def of_people() -> list[tuple[str, str]]:
    """Read from the tables themselves, not through the code under test."""
    return [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info["classified"].whose in OF_PEOPLE
    ]


def cells(client: Client, address: str) -> list[list[str]]:
    """The lines of a file, header first, the same from each kind."""
    text = client.get(f"{address}.csv").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx").data)).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == lines
    objects = json.loads(client.get(f"{address}.json").data)
    assert [list(objects[0]), *(list(each.values()) for each in objects)] == lines
    return lines


def test_every_code_has_its_words() -> None:
    for words, codes in ((WHATS, What), (MEASURES, What), (WHOSES, Whose), (WHYS, Why), (KEEPS, Keep)):
        assert set(words) == set(codes)
    assert set(GROUNDS) == set(READERS) == set(Why)


def test_the_annex_names_every_column_of_people_once(client: Client) -> None:
    admin = people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM))
    client.sign_in(admin)
    lines = cells(client, "/beheer/privacy/kolommen")
    assert sorted((line[0], line[1]) for line in lines[1:]) == sorted(of_people())
    page = client.get("/beheer/privacy/kolommen").text
    assert all(name in page for pair in of_people() for name in pair)


def test_the_record_names_every_table_of_people(client: Client) -> None:
    lines = cells(client, "/privacy/verwerkingen")
    named = {table for line in lines[1:] for table in line[6].split(", ")}
    assert named == {table for table, _ in of_people()}
    assert all(all(line) for line in lines)


def test_the_retention_table_holds_every_kind_of_term(client: Client, app: Flask) -> None:
    lines = cells(client, "/privacy/bewaartermijnen")
    used = {
        column.info["classified"].keep
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info["classified"].whose in OF_PEOPLE
    }
    assert {line[-1] for line in lines[1:]} == {str(KEEPS[keep]) for keep in used}


def test_the_algorithm_reads_no_column_of_people_but_own_wishes(client: Client) -> None:
    lines = dict(cells(client, "/privacy/algoritme"))
    assert lines["Gegevens die het leest"] == ", ".join(column.name for column in columns_matched_on())
    assert "owner_id" not in lines["Gegevens die het leest"]
    assert "work_fields" in lines["Wensen die het leest"] and "account_id" not in lines["Wensen die het leest"]


@pytest.mark.parametrize("register", REGISTERS)
def test_a_page_shows_what_its_file_holds(client: Client, register: str) -> None:
    page = client.get("/privacy" if register == "bewaartermijnen" else f"/privacy/{register}").text
    for cell in cells(client, f"/privacy/{register}")[-1]:
        assert cell.replace("'", "&#39;") in page


def test_the_record_names_who_runs_the_platform_and_says_so_while_that_is_missing(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/privacy/verwerkingen").text.count("Dit is nog niet ingevuld.") == 3
    told = {
        "controller": "Gemeente Voorbeeld, Plein 1, Voorbeeld",
        "privacy_officer": "privacy@voorbeeld.example",
        "processors": "Host BV, server in Nederland; Post BV, mail",
    }
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **told))
    page = client.get("/privacy/verwerkingen").text
    assert "Dit is nog niet ingevuld." not in page
    assert "Gemeente Voorbeeld, Plein 1, Voorbeeld" in page and "privacy@voorbeeld.example" in page
    assert "Host BV, server in Nederland<br>Post BV, mail" in page
    assert "Autoriteit Persoonsgegevens" in client.get("/privacy").text
    for line in cells(client, "/privacy/verwerkingen")[1:]:
        assert line[-3:] == [told["controller"], told["privacy_officer"], told["processors"]]
