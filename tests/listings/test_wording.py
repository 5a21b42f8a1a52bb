"""Words that can be said plainer, and words that keep people away."""

from matchmaker.dutch.welcoming import Excludes
from matchmaker.listings.suggesting import likely_work_fields, suggested_study_fields, suggested_work_fields
from matchmaker.listings.wording import Swap, swaps


def test_each_word_is_named_once_in_the_order_of_the_text() -> None:
    found = swaps("Indien nodig werk je ten behoeve van een jong en dynamisch team, indien mogelijk.")
    assert found == (
        Swap("Indien", "Als"),
        Swap("ten behoeve van", "voor"),
        Swap("jong en dynamisch team", "fijn team", Excludes.AGE),
    )


def test_a_part_of_a_word_is_left_alone() -> None:
    assert swaps("Wij tevensen en indienen niet.") == ()
    assert swaps("Een verklaring omtrent het gedrag is nodig.") == ()


def test_what_keeps_people_away_is_named_before_what_is_only_stiff() -> None:
    stiff = "Indien inzake omtrent derhalve reeds tevens conform."
    assert Excludes.HEALTH in [swap.excludes for swap in swaps(f"{stiff} Je bent stressbestendig.")]


def test_likely_work_is_part_of_what_is_suggested() -> None:
    title, text = "De Omgevingswet in de praktijk", "Wie maakt het omgevingsplan?"
    assert likely_work_fields(title, text) == ["W22"]
    assert "W22" in suggested_work_fields(title, text)
    assert len(suggested_study_fields(title, text)) <= 5
    assert suggested_work_fields("", "") == []
