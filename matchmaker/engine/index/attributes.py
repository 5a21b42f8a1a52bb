"""The distinct values of every column of a block: a posting as six numbers, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from matchmaker.engine.index.columns import Distinct
from matchmaker.engine.index.moments import Moments
from matchmaker.engine.index.periods import Periods
from matchmaker.engine.index.places import Places
from matchmaker.engine.index.subjects import Subjects
from matchmaker.engine.profiles import Hours, KindGroup, Profile, group_of
from matchmaker.vocabulary import Kind, Level, Track

Audience = tuple[frozenset[Level], frozenset[Track], frozenset[str]]
Amount = tuple[Hours | None, int | None]
"""Hours a week, and what is free or sought."""


class Attributes:
    """Distinct subjects, whereabouts, times, audiences, amounts and desks."""

    def __init__(self, kind: Kind) -> None:
        self.subjects, self.places = Subjects(), Places()
        self.timed: Moments | Periods = Moments() if group_of(kind) is KindGroup.SESSIONS else Periods()
        self.audiences: Distinct[Audience] = Distinct()
        self.amounts: Distinct[Amount] = Distinct()
        self.desks: Distinct[int | None] = Distinct()

    def numbers(self, profile: Profile, desk: int | None) -> tuple[int, ...]:
        """The numbers of a posting's subject, whereabouts, time, audience, amount and desk."""
        if isinstance(self.timed, Moments):
            when = self.timed.distinct.number((profile.sessions, profile.period))
        else:
            when = self.timed.distinct.number(profile.period)
        return (
            self.subjects.number((profile.work_fields, profile.study_fields)),
            self.places.distinct.number((profile.location, profile.mode, profile.max_distance_km)),
            when,
            self.audiences.number((profile.levels, profile.tracks, profile.languages)),
            self.amounts.number((profile.hours, profile.capacity_left)),
            self.desks.number(desk),
        )

    def values(self, numbers: Sequence[int], loads: Mapping[int, float]) -> dict[str, Any]:
        """What such numbers stand for, as fields of a profile."""
        subject, where, when, audience, amount, desk = numbers
        hours, capacity = self.amounts.values[amount]
        levels, tracks, languages = self.audiences.values[audience]
        works, studies = self.subjects.values[subject]
        place, mode, most = self.places.distinct.values[where]
        return self._time(when) | {
            "work_fields": works,
            "study_fields": studies,
            "location": place,
            "mode": mode,
            "max_distance_km": most,
            "levels": levels,
            "tracks": tracks,
            "languages": languages,
            "hours": hours,
            "capacity_left": capacity,
            "desk_load": self.load(desk, loads),
        }

    def load(self, number: int, loads: Mapping[int, float]) -> float | None:
        """The load of the desk with this number; None where there is no desk."""
        desk = self.desks.values[number]
        return None if desk is None else loads.get(desk, 0.0)

    def _time(self, number: int) -> dict[str, Any]:
        if isinstance(self.timed, Moments):
            sessions, period = self.timed.distinct.values[number]
            return {"sessions": sessions, "period": period}
        return {"period": self.timed.distinct.values[number]}
