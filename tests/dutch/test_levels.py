import pytest

from matchmaker.dutch.levels import levels_in


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Zes mbo'ers lopen stage.", {"mbo"}),
        ("Opleiding op niveau 4, bbl.", {"mbo"}),
        ("Hbo of universiteit.", {"hbo", "wo"}),
        ("Een masterstudent rechten", {"wo"}),
        ("Bachelor of vergelijkbaar", {"hbo", "wo"}),
        ("Associate degree aan een hogeschool", {"hbo"}),
        ("University of Applied Sciences", {"hbo"}),
        ("Je helpt bij het adviseren van bewoners.", set()),
    ],
)
def test_the_levels_a_text_names_are_found(text, levels):
    assert levels_in(text) == levels
