from collections import Counter
from datetime import date, timedelta

import pytest

from matchmaker.reference import (
    Break,
    SchoolRegion,
    all_school_holidays,
    municipalities,
    municipality,
    school_holidays,
    school_holidays_are_known,
    school_region,
)

YEARS = ["2025/2026", "2026/2027", "2027/2028"]
WEEKS = {Break.AUTUMN: 1, Break.CHRISTMAS: 2, Break.SPRING: 1, Break.MAY: 1, Break.SUMMER: 6}


def test_each_region_has_five_holidays_in_each_school_year():
    counted = Counter((h.school_year, h.region, h.holiday) for h in all_school_holidays())
    assert counted == {(year, region, holiday): 1 for year in YEARS for region in SchoolRegion for holiday in Break}


def test_holidays_run_from_saturday_to_sunday_for_their_number_of_weeks():
    for h in all_school_holidays():
        assert h.first_day.weekday() == 5
        assert h.last_day - h.first_day == timedelta(days=7 * WEEKS[h.holiday] + 1)
        assert school_holidays_are_known(h.first_day)


def test_holidays_of_a_region_follow_each_other_without_overlap():
    for region in SchoolRegion:
        own = sorted((h.first_day, h.last_day) for h in all_school_holidays() if h.region is region)
        assert all(last < first for (_, last), (first, _) in zip(own, own[1:], strict=False))


def test_christmas_and_may_are_the_same_everywhere_and_summer_is_spread():
    for year in YEARS:
        starts = {
            b: {h.first_day for h in all_school_holidays() if (h.school_year, h.holiday) == (year, b)} for b in Break
        }
        assert len(starts[Break.CHRISTMAS]) == len(starts[Break.MAY]) == 1
        assert len(starts[Break.SUMMER]) == 3


def test_only_autumn_and_spring_are_advice():
    assert {h.holiday for h in all_school_holidays() if not h.is_binding} == {Break.AUTUMN, Break.SPRING}


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("GM0363", SchoolRegion.NORTH),
        ("GM0344", SchoolRegion.MIDDLE),
        ("GM0935", SchoolRegion.SOUTH),
        ("GM0202", SchoolRegion.SOUTH),
        ("GM0200", SchoolRegion.MIDDLE),
        ("GM0244", SchoolRegion.NORTH),
        ("GM0317", SchoolRegion.NORTH),
        ("GM0050", SchoolRegion.MIDDLE),
    ],
)
def test_a_municipality_belongs_to_a_region(name: str, region: SchoolRegion):
    assert school_region(name) is region


def test_every_municipality_has_a_region_and_only_gelderland_has_all_three():
    regions = {}
    for m in municipalities():
        regions.setdefault(m.province_code, set()).add(school_region(m.code))
    assert [province for province, found in regions.items() if len(found) == 3] == [
        municipality("GM0202").province_code
    ]


def test_the_holiday_on_a_day_is_that_of_the_region():
    on = date(2026, 7, 6)
    assert [h.holiday for h in school_holidays(SchoolRegion.NORTH, on)] == [Break.SUMMER]
    assert school_holidays(SchoolRegion.MIDDLE, on) == ()


def test_a_day_outside_the_register_is_unknown_rather_than_school():
    assert school_holidays(SchoolRegion.NORTH, date(2040, 12, 26)) == ()
    assert not school_holidays_are_known(date(2040, 12, 26))
    assert school_holidays_are_known(date(2026, 3, 2))
