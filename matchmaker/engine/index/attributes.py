"""The distinct values of every column of a block: a posting as five numbers, and back."""

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
Shape = tuple[int, int, int]
"""Numbers of an audience, of hours and of a capacity."""


class Attributes:
    """Distinct subjects, whereabouts, times, shapes and desks."""

    def __init__(self, kind: Kind) -> None:
        self.subjects, self.places = Subjects(), Places()
        self.timed: Moments | Periods = Moments() if group_of(kind) is KindGroup.SESSIONS else Periods()
        self.audiences: Distinct[Audience] = Distinct()
        self.hours: Distinct[Hours | None] = Distinct()
        self.capacities: Distinct[int | None] = Distinct()
        self.shapes: Distinct[Shape] = Distinct()
        self.desks: Distinct[int | None] = Distinct()

    def numbers(self, profile: Profile, desk: int | None) -> tuple[int, int, int, int, int]:
        """The numbers of a posting's subject, whereabouts, time, shape and desk."""
        shape = (
            self.audiences.number((profile.levels, profile.tracks, profile.languages)),
            self.hours.number(profile.hours),
            self.capacities.number(profile.capacity_left),
        )
        if isinstance(self.timed, Moments):
            when = self.timed.distinct.number((profile.sessions, profile.period))
        else:
            when = self.timed.distinct.number(profile.period)
        return (
            self.subjects.number((profile.work_fields, profile.study_fields)),
            self.places.distinct.number((profile.location, profile.mode, profile.max_distance_km)),
            when,
            self.shapes.number(shape),
            self.desks.number(desk),
        )

    def values(self, numbers: Sequence[int], loads: Mapping[int, float]) -> dict[str, Any]:
        """What such numbers stand for, as fields of a profile."""
        subject, where, when, shape, desk = numbers
        audience, hours, capacity = self.shapes.values[shape]
        levels, tracks, languages = self.audiences.values[audience]
        works, studies = self.subjects.values[subject]
        place, mode, most = self.places.distinct.values[where]
        own_desk = self.desks.values[desk]
        return self._time(when) | {
            "work_fields": works,
            "study_fields": studies,
            "location": place,
            "mode": mode,
            "max_distance_km": most,
            "levels": levels,
            "tracks": tracks,
            "languages": languages,
            "hours": self.hours.values[hours],
            "capacity_left": self.capacities.values[capacity],
            "desk_load": None if own_desk is None else loads.get(own_desk, 0.0),
        }

    def _time(self, number: int) -> dict[str, Any]:
        if isinstance(self.timed, Moments):
            sessions, period = self.timed.distinct.values[number]
            return {"sessions": sessions, "period": period}
        return {"period": self.timed.distinct.values[number]}
