import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.reference import (
    distance_km,
    find_municipality,
    fold,
    municipalities,
    municipality,
    municipality_by_slug,
    nearest,
    neighbours,
    province,
    provinces,
    rings,
    size_of,
)
from matchmaker.reference.tables import rows as table
from matchmaker.vocabulary import MunicipalitySize

MUNICIPALITIES_PER_PROVINCE = {
    "PV20": 10,
    "PV21": 18,
    "PV22": 12,
    "PV23": 25,
    "PV24": 6,
    "PV25": 51,
    "PV26": 26,
    "PV27": 44,
    "PV28": 50,
    "PV29": 13,
    "PV30": 56,
    "PV31": 31,
}

latitudes = st.floats(min_value=50.7, max_value=53.6)
longitudes = st.floats(min_value=3.3, max_value=7.3)


def test_the_register_holds_all_342_municipalities_in_twelve_provinces():
    counted = {p.code: sum(m.province_code == p.code for m in municipalities()) for p in provinces()}
    assert counted == MUNICIPALITIES_PER_PROVINCE
    assert len(municipalities()) == 342


@pytest.mark.parametrize("field", ["code", "tooi_uri", "name", "slug"])
def test_no_two_municipalities_share_a(field: str):
    values = [getattr(m, field) for m in municipalities()]
    assert len(set(values)) == len(values)
    assert all(values)


def test_names_stay_distinct_however_they_are_typed():
    names = [fold(m.name) for m in municipalities()]
    aliases = [fold(alias) for m in municipalities() for alias in m.aliases]
    assert len(set(names + aliases)) == len(names) + len(aliases)


def test_codes_identifiers_and_slugs_have_the_agreed_form():
    for m in municipalities():
        assert re.fullmatch(r"GM\d{4}", m.code)
        assert m.tooi_uri == f"https://identifier.overheid.nl/tooi/id/gemeente/{m.code.lower()}"
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", m.slug)
    for p in provinces():
        assert p.tooi_uri == f"https://identifier.overheid.nl/tooi/id/provincie/{p.code.lower()}"


def test_every_centre_lies_in_the_netherlands_and_no_two_coincide():
    assert all(50.7 < m.lat < 53.6 and 3.3 < m.lon < 7.3 for m in municipalities())
    assert len({(m.lat, m.lon) for m in municipalities()}) == 342


def test_every_capital_of_a_province_lies_in_that_province():
    for p in provinces():
        capital = find_municipality(p.capital)
        assert capital is not None
        assert province(capital.province_code) == p


def test_municipalities_go_by_the_name_people_use():
    assert [municipality(code).name for code in ("GM0344", "GM0518", "GM0796", "GM0893", "GM0373", "GM1900")] == [
        "Utrecht",
        "Den Haag",
        "'s-Hertogenbosch",
        "Bergen (L.)",
        "Bergen (NH.)",
        "Súdwest-Fryslân",
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("den haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("s hertogenbosch", "GM0796"),
        ("Gemeente Bergen (L)", "GM0893"),
        ("sudwest fryslan", "GM1900"),
        ("NOARDEAST-FRYSLAN", "GM1970"),
    ],
)
def test_a_municipality_is_found_however_its_name_is_typed(typed: str, code: str):
    assert find_municipality(typed) == municipality(code)


def test_an_unknown_name_or_slug_finds_nothing_and_an_unknown_code_is_an_error():
    assert find_municipality("Bergen") is None
    assert municipality_by_slug("wijk-aan-zee") is None
    assert municipality_by_slug("bergen-l") == municipality("GM0893")
    with pytest.raises(KeyError):
        municipality("GM9999")


def test_a_municipality_exists_from_the_day_it_was_formed():
    voorne_aan_zee = municipality("GM1992")
    assert not voorne_aan_zee.is_valid_on(date(2022, 12, 31))
    assert voorne_aan_zee.is_valid_on(date(2023, 1, 1))
    assert municipality("GM0344").is_valid_on(date(1999, 1, 1))
    assert all(m.valid_to is None for m in municipalities())


def test_municipalities_are_formed_on_new_years_day_but_for_de_fryske_marren():
    formed = {m.name: m.valid_from for m in municipalities() if m.valid_from}
    assert len(formed) == 65
    assert [name for name, on in formed.items() if (on.month, on.day) != (1, 1)] == ["De Fryske Marren"]


def test_the_distance_between_two_town_halls_is_known():
    assert municipality("GM0363").distance_to(municipality("GM0599")) == pytest.approx(57.5, abs=1.5)
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, abs=1)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_same_both_ways_and_nought_on_the_spot(lat1: float, lon1: float, lat2: float, lon2: float):
    there = distance_km(lat1, lon1, lat2, lon2)
    assert there == pytest.approx(distance_km(lat2, lon2, lat1, lon1))
    assert 0 <= there < 500
    assert distance_km(lat1, lon1, lat1, lon1) == 0


def test_nearest_gives_the_closest_first_and_never_the_municipality_itself():
    utrecht = municipality("GM0344")
    found = nearest(utrecht, 5)
    distances = [utrecht.distance_to(m) for m in found]
    assert distances == sorted(distances)
    assert len(found) == 5
    assert utrecht not in found
    assert max(distances) < min(utrecht.distance_to(m) for m in municipalities() if m not in (*found, utrecht))


def test_neighbours_are_mutual():
    for m in municipalities():
        assert m not in neighbours(m)
        assert all(m in neighbours(other) for other in neighbours(m))


def test_leiden_lies_beside_the_municipalities_around_it():
    assert {"Leiderdorp", "Oegstgeest", "Voorschoten", "Zoeterwoude"} <= {
        m.name for m in neighbours(municipality("GM0546"))
    }


def test_only_the_island_of_schiermonnikoog_has_no_neighbour():
    assert [m.name for m in municipalities() if not neighbours(m)] == ["Schiermonnikoog"]


@pytest.mark.parametrize("code", ["GM0344", "GM0088", "GM0935"])
def test_the_rings_hold_every_other_municipality_once(code: str):
    home = municipality(code)
    found = [m for ring in rings(home) for m in ring]
    assert sorted(m.code for m in found) == [m.code for m in municipalities() if m != home]


def test_the_first_ring_is_the_neighbours():
    home = municipality("GM0344")
    assert next(rings(home)) == neighbours(home)


def test_the_size_of_nearly_every_municipality_is_known_and_of_those_near_a_limit_not():
    known = [each for each in municipalities() if size_of(each) is not None]
    assert len(known) == 330
    assert {rows["name"] for rows in table("municipality_sizes")} == {each.name for each in known}
    assert size_of(municipality("GM0344")) is MunicipalitySize.LARGE
    assert size_of(municipality("GM0356")) is MunicipalitySize.MEDIUM
    assert size_of(municipality("GM0312")) is MunicipalitySize.SMALL
    assert size_of(municipality("GM0753")) is None
