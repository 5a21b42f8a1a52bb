import re

import pytest

from matchmaker.reference import Breadth, find_programmes, fold, programme, programmes, study_field
from matchmaker.vocabulary import Level

CROHO_PARTS = {
    "",
    "Economie",
    "Gedrag en maatschappij",
    "Gezondheidszorg",
    "Landbouw en natuurlijke omgeving",
    "Natuur",
    "Onderwijs",
    "Recht",
    "Taal en cultuur",
    "Techniek",
}
MBO = {Level.MBO1, Level.MBO2, Level.MBO3, Level.MBO4}


def test_there_are_more_than_90_programme_names_each_once():
    assert len(programmes()) == 165
    assert len({p.key for p in programmes()}) == 165
    assert len({fold(p.name) for p in programmes()}) == 165
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", p.key) for p in programmes())


def test_every_programme_has_a_level_a_detailed_field_and_two_names():
    order = list(Level)
    for p in programmes():
        assert p.levels
        assert list(p.levels) == sorted(set(p.levels), key=order.index), p
        assert study_field(p.isced).level is Breadth.DETAILED
        assert p.name_en


def test_every_level_above_secondary_school_has_programmes():
    assert {level for p in programmes() for level in p.levels} == set(Level) - {Level.VO}


def test_higher_education_has_a_part_of_the_register_and_mbo_alone_has_none():
    assert {p.croho_part for p in programmes()} == CROHO_PARTS
    for p in programmes():
        assert (p.croho_part == "") == (set(p.levels) <= MBO), p


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bestuurskunde", "bestuurskunde"),
        ("SOCIAL WORK", "sociaal-werk"),
        ("boa", "handhaver-toezicht-en-veiligheid"),
        ("pabo", "leraar-basisonderwijs"),
        ("financiele dienstverlening", "financiele-dienstverlening"),
        ("hbo-rechten", "rechten"),
    ],
)
def test_a_programme_is_found_by_its_name_or_what_people_call_it(typed: str, key: str):
    assert find_programmes(typed)[0] == programme(key)


def test_a_level_narrows_what_is_found_and_hbo_does_not_include_the_associate_degree():
    assert [p.key for p in find_programmes("verpleegkunde", Level.WO_BACHELOR)] == []
    assert [p.key for p in find_programmes("bestuurskunde", Level.AD)] == []
    assert [p.key for p in find_programmes("bestuurskunde", Level.HBO_BACHELOR)] == ["bestuurskunde"]


def test_every_programme_is_found_first_under_its_own_name():
    for p in programmes():
        assert find_programmes(p.name)[0] == p


def test_nothing_is_found_for_an_unknown_name():
    assert find_programmes("toverkunst") == ()
