"""Where to report a weakness: always an address, always a day ahead, the same as the page beside the code says."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from config import ROOT
from tests.factories.client import Client

DAYS = (
    "2026-12-31T23:59:59",
    "2028-02-29T12:00:00",
    "2028-08-31T00:00:00",
    "2031-01-01T00:00:00",
    "2040-07-15T08:00:00",
)


def fields(client: Client) -> dict[str, str]:
    lines = client.get("/.well-known/security.txt").text.splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize("day", DAYS)
def test_it_never_lapses(client: Client, day: str) -> None:
    """The standard (RFC 9116) asks for a day ahead, and advises less than a year."""
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        ends = datetime.fromisoformat(fields(client)["Expires"])
    assert 150 < (ends - moment).days < 365


def test_it_gives_the_address_of_the_installation(app: Flask, client: Client) -> None:
    before = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(before, security_contact="mailto:veilig@loket.example")
    try:
        assert fields(client)["Contact"] == "mailto:veilig@loket.example"
    finally:
        app.extensions["settings"] = before


def test_the_page_beside_the_code_leads_there_and_names_no_other_address() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "`/.well-known/security.txt`" in page and "`SECURITY_CONTACT`" in page
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+", page) == []


def test_a_term_is_promised_for_every_severity() -> None:
    part = (
        (ROOT / "SECURITY.md")
        .read_text(encoding="utf-8")
        .partition("## How soon it is mended")[2]
        .partition("\n## ")[0]
    )
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")][2:]
    assert [row[0].split()[0] for row in rows] == ["critical", "high", "medium", "low", "no"]
    assert all(re.search(r"\d+ (working )?days?|release|every month", each) for row in rows for each in row[1:])
