"""Postings with known answers, in our own words.

"held" was written before the words of the trade were corrected, and what went wrong in it was never looked at.
"""

import json
from pathlib import Path

import pytest

from matchmaker.listings.suggesting import suggestion
from matchmaker.reference import find_programmes, work_fields

POSTINGS = [
    json.loads(line) for line in Path(__file__).with_name("postings.jsonl").read_text("utf-8").splitlines() if line
]
PARTS = ("look", "held")


def part(name: str) -> list[dict]:
    return [row for row in POSTINGS if row["part"] == name]


def studies_of(row: dict) -> set[str]:
    return {found[0].isced for name in row["fields_of_study"] if (found := find_programmes(name))}


@pytest.mark.parametrize("name", PARTS)
def test_every_field_of_work_is_asked(name):
    assert {row["work_field"] for row in part(name)} == {field.code for field in work_fields()}


@pytest.mark.parametrize(("name", "first", "first_three"), [("look", 0.9, 0.97), ("held", 0.8, 0.95)])
def test_the_field_of_work_is_found(name, first, first_three):
    rows = part(name)
    found = [suggestion(row["title"], row["text"], kind=row["kind"]).work_fields[:3] for row in rows]
    right = [[each.code == row["work_field"] for each in some] for row, some in zip(rows, found, strict=True)]
    assert sum(some[0] for some in right) / len(right) >= first
    assert sum(map(any, right)) / len(right) >= first_three


@pytest.mark.parametrize("name", PARTS)
def test_a_named_study_is_among_the_first_five(name):
    asked = [(row, studies_of(row)) for row in part(name)]
    found = [
        bool(right & {each.code for each in suggestion(row["title"], row["text"]).study_fields[:5]})
        for row, right in asked
        if right
    ]
    assert len(found) == len(asked)
    assert sum(found) / len(found) >= 0.95


def test_every_suggestion_that_scores_shows_a_word_of_the_posting():
    for row in POSTINGS:
        said = f"{row['title']} {row['text']}".lower()
        for each in suggestion(row["title"], row["text"]).work_fields[:3]:
            assert each.score <= 5 or each.words
            assert all(word.split()[0][:3] in said.replace("é", "e").replace("ë", "e") for word in each.words)
