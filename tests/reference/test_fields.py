from collections import Counter

import pytest

from matchmaker.reference import (
    Breadth,
    broad_fields,
    crosswalk,
    detailed_fields,
    programmes,
    study_field,
    study_fields,
    work_field,
    work_fields,
)

EXPLAINED_CORE = {
    ("W03", "0421"),
    ("W04", "0411"),
    ("W07", "0613"),
    ("W08", "1032"),
    ("W10", "1041"),
    ("W12", "0111"),
    ("W13", "1014"),
    ("W16", "0922"),
    ("W19", "0910"),
    ("W20", "0732"),
    ("W22", "0731"),
    ("W25", "0542"),
}


def test_isced_f_is_complete_with_broad_field_10():
    assert Counter(field.level for field in study_fields()) == {
        Breadth.BROAD: 11,
        Breadth.NARROW: 57,
        Breadth.DETAILED: 148,
    }
    assert [field.code for field in broad_fields()] == [f"{n:02}" for n in range(11)]
    assert {"1011", "1014", "1015", "1021", "1022", "1031", "1032", "1041"} <= {f.code for f in detailed_fields("10")}


def test_every_field_has_a_parent_one_digit_shorter_and_two_names():
    digits = {Breadth.BROAD: 2, Breadth.NARROW: 3, Breadth.DETAILED: 4}
    for field in study_fields():
        assert len(field.code) == digits[field.level]
        assert field.parent == ("" if field.level is Breadth.BROAD else field.code[:-1])
        assert field.name_nl
        assert field.name_en
        if field.parent:
            study_field(field.parent)


def test_every_narrow_field_has_a_detailed_field_and_no_code_stands_twice():
    codes = [field.code for field in study_fields()]
    assert codes == sorted(set(codes))
    for field in study_fields():
        if field.level is Breadth.NARROW:
            assert list(detailed_fields(field.code)), field


def test_the_25_fields_of_work_have_names_in_two_languages_teams_budget_codes_and_search_words():
    assert [field.code for field in work_fields()] == [f"W{n:02}" for n in range(1, 26)]
    assert len({field.name_nl for field in work_fields()}) == 25
    assert len({field.name_en for field in work_fields()}) == 25
    for field in work_fields():
        assert field.iv3
        assert field.teams
        assert len(field.search_words) >= 5
        assert len(set(field.search_words)) == len(field.search_words)


def test_an_unknown_field_is_an_error():
    with pytest.raises(KeyError):
        work_field("W26")
    with pytest.raises(KeyError):
        study_field("9999")


def test_the_crosswalk_names_known_work_fields_and_detailed_study_fields_with_strength_1_to_3():
    detailed = {field.code for field in detailed_fields()}
    for (work, study), strength in crosswalk().items():
        work_field(work)
        assert study in detailed
        assert strength in (1, 2, 3)


def test_every_field_of_work_has_a_core_field_of_study_and_several_useful_ones():
    for field in work_fields():
        strengths = Counter(strength for (work, _), strength in crosswalk().items() if work == field.code)
        assert strengths[3] >= 1, field
        assert strengths[2] >= 3, field


def test_the_crosswalk_tells_fields_of_work_apart():
    """Three digits did not: one narrow field fitted 24 of the 25. No detailed field is core to more than eight."""
    core = Counter(study for (_, study), strength in crosswalk().items() if strength == 3)
    assert max(core.values()) <= 8
    rows = {w.code: {pair: s for pair, s in crosswalk().items() if pair[0] == w.code and s > 1} for w in work_fields()}
    assert len({frozenset((study, s) for (_, study), s in row.items()) for row in rows.values()}) == 25


def test_the_core_pairs_nobody_in_the_trade_would_doubt_are_core():
    assert {pair: crosswalk()[pair] for pair in EXPLAINED_CORE} == dict.fromkeys(EXPLAINED_CORE, 3)


def test_every_programme_reaches_some_field_of_work():
    studied = {study for _, study in crosswalk()}
    assert [p.name for p in programmes() if p.isced not in studied] == []


def test_changing_the_crosswalk_in_hand_leaves_the_register_as_it_is():
    crosswalk()["W01", "0312"] = 1
    assert crosswalk()["W01", "0312"] == 3
