"""ISCED-F 2013, the international list of fields of education, with our own Dutch labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matchmaker.reference.tables import rows


class Breadth(StrEnum):
    """How precise a field is: two, three or four digits."""

    BROAD = "broad"
    NARROW = "narrow"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True)
class StudyField:
    """A field of education. `parent` is the code one digit shorter, empty for a broad field."""

    code: str
    level: Breadth
    parent: str
    name_nl: str
    name_en: str


@cache
def study_fields() -> tuple[StudyField, ...]:
    """All fields of the three levels, by code."""
    return tuple(
        StudyField(row["code"], Breadth(row["level"]), row["parent"], row["name_nl"], row["name_en"])
        for row in rows("isced_f")
    )


@cache
def _by_code() -> dict[str, StudyField]:
    return {field.code: field for field in study_fields()}


def study_field(code: str) -> StudyField:
    """The field with this code of two, three or four digits. Raises KeyError for an unknown code."""
    return _by_code()[code]


def broad_fields() -> tuple[StudyField, ...]:
    """The eleven broad fields."""
    return tuple(field for field in study_fields() if field.level is Breadth.BROAD)


def detailed_fields(within: str = "") -> Iterator[StudyField]:
    """The detailed fields whose code starts with `within`: all, or those of one broad or narrow field."""
    return (field for field in study_fields() if field.level is Breadth.DETAILED and field.code.startswith(within))
