"""The written content of the demo, row by row as it stands in the files."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"

Row = dict[str, Any]


def organisations() -> Row:
    """The region, its municipalities with teams, schools with programmes, and a provider."""
    return _json("organisations.json")


def people() -> list[Row]:
    """Everyone with an account; the first of each role is the one `make demo` prints."""
    return _lines("people.jsonl")


def offers() -> list[Row]:
    return _lines("offers.jsonl")


def needs() -> list[Row]:
    return _lines("needs.jsonl")


def stories() -> list[Row]:
    """What happened between a need and a municipality."""
    return _lines("stories.jsonl")


def daily_life() -> Row:
    """Leave, letters wanted, searches kept, postings reported, people at the door."""
    return _json("daily_life.json")


def students() -> Row:
    """What students look for, where they applied, and what their programmes ask."""
    return _json("students.json")


def together() -> Row:
    """Joint assignments, finished work, and searches that found nothing."""
    return _json("together.json")


def placements() -> Row:
    """Students at municipalities, recognitions, and what must always be ready."""
    return _json("placements.json")


def _json(name: str) -> Row:
    row: Row = json.loads((FOLDER / name).read_text("utf-8"))
    return row


def _lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines() if line.strip()]
