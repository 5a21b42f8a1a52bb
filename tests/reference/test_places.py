import pytest

from matchmaker.reference import find_place, find_places, municipalities, municipality, places


def test_every_municipality_has_its_seat_among_the_places():
    seats = {(m.seat, m.code) for m in municipalities()}
    assert seats <= {(p.name, p.municipality_code) for p in places()}


def test_every_place_lies_in_a_known_municipality_and_is_listed_once():
    listed = [(p.name, p.municipality_code) for p in places()]
    assert len(set(listed)) == len(listed) == 1596
    assert {code for _, code in listed} == {m.code for m in municipalities()}


def test_no_place_lies_far_from_its_municipality():
    for p in places():
        home = municipality(p.municipality_code)
        assert abs(p.lat - home.lat) < 0.45, p
        assert abs(p.lon - home.lon) < 0.55, p


@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [
        ("DEN HAAG", "Den Haag", "GM0518"),
        ("The Hague", "Den Haag", "GM0518"),
        ("den bosch", "'s-Hertogenbosch", "GM0796"),
        ("Damwald", "Damwâld", "GM1891"),
        ("Hengelo", "Hengelo", "GM0164"),
        ("Utrecht", "Utrecht", "GM0344"),
        ("almere", "Almere", "GM0034"),
    ],
)
def test_a_place_is_found_without_minding_case_accents_or_an_old_name(typed: str, name: str, code: str):
    found = find_place(typed)
    assert found is not None
    assert (found.name, found.municipality_code) == (name, code)


def test_places_that_share_a_name_are_all_found_best_known_first():
    assert [p.municipality_code for p in find_places("Hengelo")] == ["GM0164", "GM1876"]


def test_an_unknown_place_is_not_guessed():
    assert find_place("Nergenshuizen") is None
    assert find_places("") == ()
