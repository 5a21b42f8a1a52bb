"""What the engine sees of a posting. Nothing in a profile is about a person."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from matchmaker.vocabulary import PLACE_KINDS, SESSION_KINDS, Kind, Level, Mode, Party, Side, Track


class KindGroup(StrEnum):
    """Kinds that are weighed alike."""

    PLACES = "places"
    SESSIONS = "sessions"
    SEATS = "seats"
    ASSIGNMENTS = "assignments"


class PartOfDay(StrEnum):
    """Morning until 12.00, afternoon until 17.00, evening after it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@cache
def group_of(kind: Kind) -> KindGroup:
    """The group a kind is weighed in."""
    if kind in PLACE_KINDS:
        return KindGroup.PLACES
    if kind in SESSION_KINDS:
        return KindGroup.SESSIONS
    return KindGroup.SEATS if kind is Kind.SEAT else KindGroup.ASSIGNMENTS


def part_of_day(at: dt.time) -> PartOfDay:
    """The part of the day a local time falls in."""
    if at < dt.time(12):
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if at < dt.time(17) else PartOfDay.EVENING


def moved(day: dt.date, weeks: int, *, days: int = 0) -> dt.date:
    """A day some weeks (and days) later, kept within the calendar that Python knows."""
    return dt.date.fromordinal(min(dt.date.max.toordinal(), max(1, day.toordinal() + 7 * weeks + days)))


@dataclass(frozen=True, slots=True, order=True)
class WeeklyPart:
    """A part of a weekday that suits every week. Monday is 1, Sunday 7 (ISO 8601)."""

    weekday: int
    part: PartOfDay

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:
            raise ValueError(f"weekday must be 1..7, got {self.weekday}")


@dataclass(frozen=True, slots=True, order=True)
class DatedSlot:
    """A part of one day (a date in Europe/Amsterdam) that suits."""

    day: dt.date
    part: PartOfDay


@dataclass(frozen=True, slots=True)
class Sessions:
    """When a lecture or visit may be held. Both empty: nothing is said."""

    dated: frozenset[DatedSlot] = frozenset()
    weekly: frozenset[WeeklyPart] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.dated or self.weekly)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours per week as a range, ends included."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"hours must be a range, got {self.least}-{self.most}")


@dataclass(frozen=True, slots=True)
class Period:
    """Earliest start, latest end, and how many weeks it takes. Each may be unknown."""

    start: dt.date | None = None
    end: dt.date | None = None
    weeks: int | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError("a period cannot end before it starts")
        if self.weeks is not None and self.weeks < 1:
            raise ValueError("a duration is at least one week")

    def window(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day, filled in from the duration where one of them is unknown. None is open."""
        if self.weeks and self.start and not self.end:
            return self.start, moved(self.start, self.weeks, days=-1)
        if self.weeks and self.end and not self.start:
            return moved(self.end, -self.weeks, days=1), self.end
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Place:
    """A point on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("latitude must be -90..90 and longitude -180..180")


@dataclass(frozen=True, slots=True)
class Profile:
    """One posting. An empty set of levels, study fields, tracks or languages means all, never none.

    `terms` is a bag of stems with whole weights above 0, as `matchmaker.dutch.terms.terms` makes it; `written_as` shows
    a stem as a word. `capacity_left` is what is still free in an offer and still sought in a need. `desk_load` is the
    number of open items per officer at the municipality's desk. None means that it is not known.
    """

    reference: str
    kind: Kind
    side: Side
    levels: frozenset[Level] = frozenset()
    study_fields: frozenset[str] = frozenset()
    work_fields: frozenset[str] = frozenset()
    terms: Mapping[str, int] = field(default_factory=dict, hash=False)
    written_as: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False, repr=False)
    hours: Hours | None = None
    period: Period = Period()
    sessions: Sessions = Sessions()
    location: Place | None = None
    mode: Mode = Mode.ON_SITE
    max_distance_km: float | None = None
    capacity_left: int | None = 1
    tracks: frozenset[Track] = frozenset()
    languages: frozenset[str] = frozenset()
    desk_load: float | None = None
    terms_length: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.reference:
            raise ValueError("a profile needs a reference")
        length = math.sqrt(sum(weight * weight for weight in self.terms.values()))
        object.__setattr__(self, "terms_length", length)

    @property
    def party(self) -> Party:
        """Who posted it. The municipality asks a question without shape, and has the offer of every other kind."""
        asks = Party.MUNICIPALITY if self.kind is Kind.QUESTION else Party.SCHOOL
        gives = Party.SCHOOL if self.kind is Kind.QUESTION else Party.MUNICIPALITY
        return asks if self.side is Side.NEED else gives
