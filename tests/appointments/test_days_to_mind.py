"""What to mind about a day."""

from datetime import date

from matchmaker.appointments.days_to_mind import DayToMind, Mind, region_of, to_mind
from matchmaker.reference import SchoolRegion, institutions


def test_an_ordinary_tuesday_needs_no_warning():
    assert to_mind(date(2027, 3, 9), SchoolRegion.MIDDLE) == ()


def test_kings_day_is_named():
    assert DayToMind(Mind.PUBLIC_HOLIDAY, "kings_day") in to_mind(date(2027, 4, 27), None)


def test_the_holidays_of_the_own_region_count():
    summer = date(2027, 7, 30)
    found = to_mind(summer, SchoolRegion.SOUTH)
    assert [(each.mind, each.name, each.region) for each in found] == [(Mind.SCHOOL_HOLIDAY, "summer", "zuid")]


def test_a_saturday_is_named():
    assert to_mind(date(2027, 3, 6), None) == (DayToMind(Mind.WEEKEND),)


def test_the_region_is_that_of_the_school_before_that_of_the_municipality():
    school = next(each for each in institutions() if each.place == "Groningen")
    assert region_of(school.key, "GM0344") is SchoolRegion.NORTH
    assert region_of(None, "GM0344") is SchoolRegion.MIDDLE
    assert region_of(None, "X12") is None
