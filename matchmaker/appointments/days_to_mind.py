"""What to mind about a day before it is proposed. Nothing here forbids a day: people decide."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchmaker.reference import (
    MUNICIPAL,
    institution,
    institutions,
    municipalities,
    public_holidays,
    school_holidays,
    school_region,
)
from matchmaker.reference.school_calendar import SchoolRegion


class Mind(StrEnum):
    """Why a day may not suit."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class DayToMind:
    """One thing to mind. `name` is the code of the holiday, `region` that of the school holidays."""

    mind: Mind
    name: str = ""
    region: str = ""


def to_mind(day: date, region: SchoolRegion | None) -> tuple[DayToMind, ...]:
    """What to mind about a day: a day off at the town hall, a school holiday of the region, a weekend."""
    found = []
    if MUNICIPAL.includes(day):
        holiday = public_holidays(day.year)[day][0]
        found.append(DayToMind(Mind.PUBLIC_HOLIDAY, holiday.value))
    elif day.weekday() >= 5:
        found.append(DayToMind(Mind.WEEKEND))
    if region is not None:
        found.extend(
            DayToMind(Mind.SCHOOL_HOLIDAY, holiday.holiday.value, region.value)
            for holiday in school_holidays(region, day)
        )
    return tuple(found)


def region_of(school_code: str | None, municipality_code: str) -> SchoolRegion | None:
    """The region whose school holidays count: that of the school, else of the municipality; None when unknown."""
    if school_code and any(each.key == school_code for each in institutions()):
        return school_region(institution(school_code).municipality_code)
    if any(each.code == municipality_code for each in municipalities()):
        return school_region(municipality_code)
    return None
