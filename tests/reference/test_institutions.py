import re

import pytest

from matchmaker.reference import (
    Funding,
    find_institution,
    fold,
    institution,
    institutions,
    institutions_with_domain,
    places,
)
from matchmaker.vocabulary import Sector

UNIVERSITIES = {
    "erasmus-universiteit-rotterdam",
    "open-universiteit",
    "protestantse-theologische-universiteit",
    "radboud-universiteit",
    "rijksuniversiteit-groningen",
    "technische-universiteit-delft",
    "technische-universiteit-eindhoven",
    "theologische-universiteit-apeldoorn",
    "theologische-universiteit-utrecht",
    "tilburg-university",
    "universiteit-leiden",
    "universiteit-maastricht",
    "universiteit-twente",
    "universiteit-utrecht",
    "universiteit-van-amsterdam",
    "universiteit-voor-humanistiek",
    "vrije-universiteit-amsterdam",
    "wageningen-university",
}


def funded(kind: Sector) -> set[str]:
    return {i.key for i in institutions() if i.kind is kind and i.funding is Funding.PUBLIC}


def test_the_register_holds_all_funded_universities():
    assert funded(Sector.WO) == UNIVERSITIES


def test_the_register_holds_the_funded_universities_of_applied_sciences_and_the_mbo_colleges():
    assert len(funded(Sector.HBO)) == 36
    assert len(funded(Sector.MBO)) == 52
    assert len(institutions()) >= 100


@pytest.mark.parametrize("field", ["key", "name", "short_name"])
def test_no_two_institutions_share_a(field: str):
    values = [fold(getattr(i, field)) for i in institutions()]
    assert len(set(values)) == len(values)


def test_keys_are_slugs_in_order():
    keys = [i.key for i in institutions()]
    assert keys == sorted(keys)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)


def test_every_main_place_and_location_is_a_known_place_in_the_municipality_named():
    known = {(p.name, p.municipality_code): (p.lat, p.lon) for p in places()}
    for i in institutions():
        assert known[i.place, i.municipality_code] == (i.lat, i.lon)
        for location in i.locations:
            assert (location.place, location.municipality_code) in known, (i.key, location)
            assert location.place != i.place


def test_no_code_of_the_ministry_is_made_up():
    assert {i.brin for i in institutions()} == {""}


def test_domains_are_bare_and_only_two_schools_of_one_group_share_one():
    shared = {domain for i in institutions() for domain in i.domains if len(institutions_with_domain(domain)) > 1}
    assert shared == {"aeres.nl"}
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for i in institutions() for domain in i.domains)


@pytest.mark.parametrize(
    ("domain", "keys"),
    [
        ("hva.nl", ["hogeschool-van-amsterdam"]),
        ("student.rug.nl", ["rijksuniversiteit-groningen"]),
        ("Students.UU.nl", ["universiteit-utrecht"]),
        ("aeres.nl", ["aeres-hogeschool", "aeres-mbo"]),
        ("nothva.nl", []),
        ("nl", []),
        ("", []),
    ],
)
def test_a_mail_domain_points_to_the_schools_that_use_it(domain: str, keys: list[str]):
    assert [i.key for i in institutions_with_domain(domain)] == keys


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("TU Delft", "technische-universiteit-delft"),
        ("hogeschool van arnhem en nijmegen", "han"),
        ("Horizon College", "talland"),
        ("maastricht university", "universiteit-maastricht"),
        ("HvA", "hogeschool-van-amsterdam"),
    ],
)
def test_a_school_is_found_by_its_short_former_or_english_name(typed: str, key: str):
    assert find_institution(typed) == institution(key)


def test_an_unknown_school_is_not_guessed():
    assert find_institution("Hogeschool Nergenshuizen") is None
    with pytest.raises(KeyError):
        institution("nergens")
