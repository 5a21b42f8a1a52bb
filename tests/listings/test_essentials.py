"""What readers of a kind look for."""

from matchmaker.listings.essentials import Essential, essentials
from matchmaker.vocabulary import Kind

PLACE = {"title": "Tel mee", "text": "", "levels": [], "hours_min": None, "hours_max": None, "allowance_min": None}


def done(**values: object) -> dict[str, bool]:
    return {each.name: each.done for each in essentials(Kind.WORK, {**PLACE, **values})}


def test_only_what_this_side_is_asked_is_looked_for() -> None:
    assert done() == {"title": True, "text": False, "levels": False, "hours_min": False, "allowance_min": False}


def test_a_field_or_another_that_says_the_same_is_enough() -> None:
    assert done(levels=["mbo4"])["levels"]
    assert done(hours_max=36)["hours_min"]


def test_what_the_text_says_counts_and_is_named_as_such() -> None:
    found = essentials(Kind.WORK, {**PLACE, "text": "Je werkt 24 uur per week, met een vergoeding."})
    assert Essential("hours_min", True, in_text_only=True) in found
    assert Essential("allowance_min", True, in_text_only=True) in found
    assert Essential("hours_min", True) in essentials(Kind.WORK, {**PLACE, "text": "24 uur per week", "hours_min": 24})
