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
            assert all(word.lower().split()[0] in said for word in each.words)


SECOND = [
    json.loads(line)
    for line in Path(__file__).with_name("postings_second.jsonl").read_text("utf-8").splitlines()
    if line
]


@pytest.mark.parametrize("name", PARTS)
def test_the_second_set_finds_its_field_of_work_and_the_study_it_names(name):
    rows = [row for row in SECOND if row["part"] == name]
    found = [(row, suggestion(row["title"], row["text"], kind=row["kind"])) for row in rows]
    work = [row["work_field"] in {each.code for each in some.work_fields[:3]} for row, some in found]
    study = [
        bool(studies_of(row) & {each.code for each in some.study_fields[:5]}) for row, some in found if studies_of(row)
    ]
    assert sum(work) / len(work) >= 0.95
    assert sum(study) / len(study) >= 0.95
