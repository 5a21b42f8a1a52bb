"""What each distinct value of a column brings against one posting, weighed: small tables that rows look up.

Audience, hours and capacity are read by the rules themselves, on profiles that hold that one thing.
"""

from collections.abc import Callable, Hashable, Mapping, Sized
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine import criteria
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion, Finding
from matchmaker.engine.index.columns import Distinct
from matchmaker.engine.index.moments import Moments
from matchmaker.engine.index.periods import Periods
from matchmaker.engine.index.places import Places
from matchmaker.engine.index.subjects import Subjects
from matchmaker.engine.profiles import Hours, KindGroup, Profile, group_of
from matchmaker.engine.requirements import excluded
from matchmaker.vocabulary import Kind, Level, Party, Side, Track

EXCLUDED = -(10**8)
"""So far below nought that no other points make up for it."""

MOST_REMEMBERED = 4_000

Points = NDArray[np.int64]
Audience = tuple[frozenset[Level], frozenset[Track], frozenset[str]]
Shape = tuple[int, int, int]
"""Numbers of an audience, of hours and of a capacity."""


class Tables(NamedTuple):
    """Weighed points per distinct subject, whereabouts, time, shape and desk. EXCLUDED breaks a hard requirement."""

    subject: Points
    where: Points
    when: Points
    shape: Points
    desk: Points


class Attributes:
    """The distinct values of all columns of a block, and the tables they make against one posting."""

    def __init__(self, kind: Kind, side: Side) -> None:
        self._kind, self._side = kind, side
        self._of_municipality = Profile("-", kind, side).party is Party.MUNICIPALITY
        self.subjects, self.places = Subjects(), Places()
        self.timed: Moments | Periods = Moments() if group_of(kind) is KindGroup.SESSIONS else Periods()
        self.audiences: Distinct[Audience] = Distinct()
        self.hours: Distinct[Hours | None] = Distinct()
        self.capacities: Distinct[int | None] = Distinct()
        self.shapes: Distinct[Shape] = Distinct()
        self.desks: Distinct[int | None] = Distinct()
        self._crosswalk: Crosswalk | None = None
        self._remembered: dict[Hashable, Any] = {}

    def numbers(self, profile: Profile, desk: int | None) -> tuple[int, int, int, int, int]:
        """The numbers of a posting's values, in the order of `Tables`."""
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

    def tables(
        self, own: Profile, crosswalk: Crosswalk, points: Mapping[Criterion, int], loads: Mapping[int, float]
    ) -> Tables:
        """The tables against `own`, each criterion times its `points` in the weights."""
        if self._crosswalk is not crosswalk and self._crosswalk != crosswalk:
            self._remembered.clear()
        self._crosswalk = crosswalk
        subject = (own.work_fields, own.study_fields)
        where = (own.location, own.mode, own.max_distance_km)
        near, too_far = self._remember("where", where, self.places.distinct, lambda: self.places.points(where))
        subjects = self._remember("subject", subject, self.subjects, lambda: self.subjects.points(subject, crosswalk))
        return Tables(
            subjects * points[Criterion.SUBJECT],
            np.where(too_far, EXCLUDED, near * points[Criterion.DISTANCE]),
            self._when(own) * points[Criterion.PERIOD],
            self._shape(own, points),
            self._desk(own, loads) * points[Criterion.DESK],
        )

    def _when(self, own: Profile) -> Points:
        timed = self.timed
        if isinstance(timed, Moments):
            moment = (own.sessions, own.period)
            return self._remember("when", moment, timed.distinct, lambda: timed.points(moment))  # type: ignore[no-any-return]
        asks = own.side is Side.NEED
        return self._remember(  # type: ignore[no-any-return]
            "when", own.period, timed.distinct, lambda: timed.points(own.period, own_asks=asks)
        )

    def _shape(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        """Level, hours and capacity of each distinct shape together."""
        audience = (own.levels, own.tracks, own.languages)
        level = self._by_rule("audience", audience, self.audiences, own, criteria.level)
        hours = self._by_rule("hours", own.hours, self.hours, own, criteria.hours)
        capacity = self._by_rule("capacity", own.capacity_left, self.capacities, own, criteria.capacity)
        parts = np.array(self.shapes.values, dtype=np.int64).reshape(-1, 3)
        found = (level[parts[:, 0]], hours[parts[:, 1]], capacity[parts[:, 2]])
        weighed = (
            found[0] * points[Criterion.LEVEL]
            + found[1] * points.get(Criterion.HOURS, 0)
            + found[2] * points[Criterion.CAPACITY]
        )
        return np.where(np.minimum.reduce(found) < 0, EXCLUDED, weighed)

    def _by_rule(
        self, name: str, value: Hashable, distinct: Distinct[Any], own: Profile, rule: Callable[..., Finding]
    ) -> Points:
        """Points by the rule itself for profiles that hold one attribute alone; EXCLUDED breaks a hard requirement."""
        mine = self._holding(name, value, own.side)

        def read() -> Points:
            found = []
            for each in distinct.values:
                pair = self._pair(mine, self._holding(name, each, self._side))
                found.append(EXCLUDED if excluded(*pair) else rule(*pair).score)
            return np.array(found, dtype=np.int64)

        return self._remember(name, value, distinct, read)  # type: ignore[no-any-return]

    def _holding(self, name: str, value: Any, side: Side) -> Profile:
        blank = Profile("-", self._kind, side)
        if name == "audience":
            levels, tracks, languages = value
            return replace(blank, levels=levels, tracks=tracks, languages=languages)
        return replace(blank, hours=value) if name == "hours" else replace(blank, capacity_left=value)

    def _pair(self, own: Profile, other: Profile) -> tuple[Profile, Profile]:
        """Need first."""
        return (own, other) if own.side is Side.NEED else (other, own)

    def _desk(self, own: Profile, loads: Mapping[int, float]) -> Points:
        """Points of each distinct desk; the same for all where the desk is that of `own`."""
        if not self._of_municipality:
            return np.full(len(self.desks), criteria.desk_points(own.desk_load))
        each = (None if desk is None else loads.get(desk, 0.0) for desk in self.desks.values)
        return np.array([criteria.desk_points(load) for load in each], dtype=np.int64)

    def _remember(self, name: str, value: Hashable, distinct: Sized, read: Callable[[], Any]) -> Any:
        """What was read before with the same own value, as long as no distinct value was added since."""
        known = self._remembered.get((name, value))
        if known is not None and known[0] == len(distinct):
            return known[1]
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.clear()
        found = read()
        self._remembered[name, value] = (len(distinct), found)
        return found
