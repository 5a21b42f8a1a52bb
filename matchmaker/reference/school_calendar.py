"""School holidays, as the ministry of Education publishes them for three regions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from matchmaker.reference.municipal import municipality
from matchmaker.reference.tables import rows


class SchoolRegion(StrEnum):
    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


class Break(StrEnum):
    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    SPRING = "spring"
    MAY = "may"
    SUMMER = "summer"


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """One holiday of one region, first and last day included.

    `is_binding` is False for autumn and spring, where the dates are advice to schools. Primary and secondary schools
    follow these dates, mbo mostly, hbo and wo do not. `status` is `published`, or `own_knowledge` when not yet checked.
    """

    school_year: str
    region: SchoolRegion
    holiday: Break
    first_day: date
    last_day: date
    is_binding: bool
    status: str


@cache
def all_school_holidays() -> tuple[SchoolHoliday, ...]:
    """Every holiday in the register, by school year, then holiday, then region."""
    return tuple(
        SchoolHoliday(
            school_year=row["school_year"],
            region=SchoolRegion(row["region"]),
            holiday=Break(row["holiday"]),
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]),
            is_binding=row["binding"] == "yes",
            status=row["status"],
        )
        for row in rows("school_holidays")
    )


def school_region(municipality_code: str) -> SchoolRegion:
    """The region whose holidays the schools in this municipality keep. Raises KeyError for an unknown code.

    A few municipalities are divided between two regions; they get the region of the larger part.
    """
    return SchoolRegion(municipality(municipality_code).school_region)


def school_holidays(region: SchoolRegion, on: date) -> tuple[SchoolHoliday, ...]:
    """The school holidays of a region on a day: none or one. A day outside the register gives none as well."""
    return tuple(h for h in all_school_holidays() if h.region is region and h.first_day <= on <= h.last_day)


def school_holidays_are_known(on: date) -> bool:
    """Does the register cover the school year (1 August to 31 July) in which this day falls?"""
    start = on.year if on.month >= 8 else on.year - 1
    return any(holiday.school_year == f"{start}/{start + 1}" for holiday in all_school_holidays())
