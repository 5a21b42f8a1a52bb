"""Every field a listing can have: its shape and its limits. Which kind asks which field is in `kinds`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matchmaker.listings.models import Listing
from matchmaker.reference import detailed_fields, work_fields
from matchmaker.vocabulary import Level, Mode, Track

MOST_PLACES = 500
MOST_HOURS = 40
TITLE_LENGTH = 160
TEXT_LENGTH = 8000
LINE_LENGTH = 200
YEARS_AHEAD = 5
LANGUAGES = ("nl", "en")


class Shape(StrEnum):
    """What a value looks like once it is read."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CODE = "code"
    CODES = "codes"
    WORDS = "words"
    YES_NO = "yes_no"
    SLOTS = "slots"
    ADDRESS = "address"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `least` and `most` bound a number, or the length of a text or list; `codes` gives the closed list."""

    name: str
    shape: Shape
    least: int = 0
    most: int = 0
    codes: Callable[[], frozenset[str]] = frozenset

    @property
    def is_detail(self) -> bool:
        """Kept in `details`, not in a column."""
        return self.name not in COLUMNS


@cache
def work_field_codes() -> frozenset[str]:
    return frozenset(field.code for field in work_fields())


@cache
def study_field_codes() -> frozenset[str]:
    return frozenset(field.code for field in detailed_fields())


COLUMNS = frozenset(Listing.__mapper__.column_attrs.keys())

_ALL = (
    Field("title", Shape.LINE, most=TITLE_LENGTH),
    Field("text", Shape.TEXT, most=TEXT_LENGTH),
    Field("team_id", Shape.ROW),
    Field("programme_id", Shape.ROW),
    Field("on_behalf_of", Shape.LINE, most=LINE_LENGTH),
    Field("work_fields", Shape.CODES, most=25, codes=work_field_codes),
    Field("study_fields", Shape.CODES, most=40, codes=study_field_codes),
    Field("study_words", Shape.WORDS, most=20),
    Field("levels", Shape.CODES, most=len(Level), codes=lambda: frozenset(Level)),
    Field("tracks", Shape.CODES, most=len(Track), codes=lambda: frozenset(Track)),
    Field("languages", Shape.CODES, most=len(LANGUAGES), codes=lambda: frozenset(LANGUAGES)),
    Field("hours_min", Shape.NUMBER, 1, MOST_HOURS),
    Field("hours_max", Shape.NUMBER, 1, MOST_HOURS),
    Field("starts_on", Shape.DAY),
    Field("ends_on", Shape.DAY),
    Field("duration_weeks", Shape.NUMBER, 1, 156),
    Field("slots", Shape.SLOTS, most=20),
    Field("allowance_min", Shape.NUMBER, 0, 9999),
    Field("allowance_max", Shape.NUMBER, 0, 9999),
    Field("allowance_note", Shape.LINE, most=LINE_LENGTH),
    Field("respond_before", Shape.DAY),
    Field("place", Shape.LINE, most=120),
    Field("mode", Shape.CODE, codes=lambda: frozenset(Mode)),
    Field("max_distance_km", Shape.NUMBER, 1, 400),
    Field("places", Shape.NUMBER, 1, MOST_PLACES),
    Field("supervisor_title", Shape.LINE, most=LINE_LENGTH),
    Field("pairs_welcome", Shape.YES_NO),
    Field("vog_required", Shape.YES_NO),
    Field("audience_year", Shape.NUMBER, 1, 6),
    Field("group_size", Shape.NUMBER, 1, 1000),
    Field("minutes", Shape.NUMBER, 15, 480),
    Field("course", Shape.LINE, most=LINE_LENGTH),
    Field("course_url", Shape.ADDRESS, most=500),
    Field("preparation", Shape.TEXT, most=1000),
    Field("committee", Shape.LINE, most=LINE_LENGTH),
    Field("profile", Shape.TEXT, most=1000),
    Field("term_years", Shape.NUMBER, 1, 10),
    Field("meetings_per_year", Shape.NUMBER, 1, 24),
    Field("ects", Shape.NUMBER, 1, 60),
    Field("form", Shape.LINE, most=LINE_LENGTH),
    Field("hours", Shape.LINE, most=LINE_LENGTH),
    Field("what_is_needed", Shape.TEXT, most=2000),
    Field("particulars", Shape.TEXT, most=2000),
    Field("source_url", Shape.ADDRESS, most=500),
)
BY_NAME = {field.name: field for field in _ALL}
