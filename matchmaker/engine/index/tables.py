"""What each distinct value of a column brings against one posting, weighed: small tables that rows look up.

Audience, hours and capacity are read by the rules themselves, on profiles that hold that one thing.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine import criteria
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion, Finding
from matchmaker.engine.index.attributes import Attributes
from matchmaker.engine.index.columns import Distinct
from matchmaker.engine.index.moments import Moments
from matchmaker.engine.profiles import Profile
from matchmaker.engine.requirements import excluded
from matchmaker.vocabulary import Kind, Party, Side

EXCLUDED = -(10**8)
"""So far below nought that no other points make up for it."""

MOST_BYTES = 64_000_000
"""Tables kept to use again; above it all are let go."""

Points = NDArray[np.int64]
Table = NDArray[np.int32]


class Tables(NamedTuple):
    """Weighed points per distinct subject, whereabouts, time, shape and desk. EXCLUDED is a hard no."""

    subject: Table
    where: Table
    when: Table
    shape: Table
    desk: Table


class TableMaker:
    """Makes the tables of one block, and keeps those of an own value for the next posting that has the same."""

    def __init__(self, kind: Kind, side: Side, attributes: Attributes) -> None:
        self._kind, self._side, self._attributes = kind, side, attributes
        self._of_municipality = Profile("-", kind, side).party is Party.MUNICIPALITY
        self._under: tuple[Crosswalk, Mapping[Criterion, int]] | None = None
        self._loads: Mapping[int, float] = {}
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        self._bytes = 0

    def tables(
        self, own: Profile, crosswalk: Crosswalk, points: Mapping[Criterion, int], loads: Mapping[int, float]
    ) -> Tables:
        """The tables against `own`, each criterion times its `points` in the weights."""
        if self._under is None or (crosswalk, points) != self._under:
            self._let_go()
            self._under = (crosswalk, points)
        parts = self._attributes
        subject = (own.work_fields, own.study_fields)
        where = (own.location, own.mode, own.max_distance_km)
        when = (own.sessions, own.period) if isinstance(parts.timed, Moments) else own.period
        shape = (own.levels, own.tracks, own.languages, own.hours, own.capacity_left)
        return Tables(
            self._keep(
                "subject",
                subject,
                len(parts.subjects),
                lambda: parts.subjects.points(subject, crosswalk) * points[Criterion.SUBJECT],
            ),
            self._keep("where", where, len(parts.places.distinct), lambda: self._where(own, points)),
            self._keep("when", when, len(parts.timed.distinct), lambda: self._when(own, points)),
            self._keep("shape", shape, len(parts.shapes), lambda: self._shape(own, points)),
            self._desk(own, points[Criterion.DESK], loads),
        )

    def _where(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        near, too_far = self._attributes.places.points((own.location, own.mode, own.max_distance_km))
        return np.where(too_far, EXCLUDED, near * points[Criterion.DISTANCE])

    def _when(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        timed = self._attributes.timed
        if isinstance(timed, Moments):
            return timed.points((own.sessions, own.period)) * points[Criterion.PERIOD]
        return timed.points(own.period, own_asks=own.side is Side.NEED) * points[Criterion.PERIOD]

    def _shape(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        """Level, hours and capacity of each distinct shape together."""
        parts = self._attributes
        level = self._by_rule(own, ("levels", "tracks", "languages"), parts.audiences, criteria.level)
        hours = self._by_rule(own, ("hours",), parts.hours, criteria.hours)
        capacity = self._by_rule(own, ("capacity_left",), parts.capacities, criteria.capacity)
        numbers = np.array(parts.shapes.values, dtype=np.int64).reshape(-1, 3)
        found = (level[numbers[:, 0]], hours[numbers[:, 1]], capacity[numbers[:, 2]])
        weighed = (
            found[0] * points[Criterion.LEVEL]
            + found[1] * points.get(Criterion.HOURS, 0)
            + found[2] * points[Criterion.CAPACITY]
        )
        return np.where(np.minimum.reduce(found) < 0, EXCLUDED, weighed)

    def _by_rule(
        self, own: Profile, names: tuple[str, ...], distinct: Distinct[Any], rule: Callable[..., Finding]
    ) -> Points:
        """Points by the rule itself for profiles that hold these attributes alone; EXCLUDED breaks a requirement."""
        mine = {name: getattr(own, name) for name in names}

        def read() -> Points:
            holder = replace(Profile("-", self._kind, own.side), **mine)
            blank = Profile("-", self._kind, self._side)
            found = []
            for each in distinct.values:
                values = each if len(names) > 1 else (each,)
                other = replace(blank, **dict(zip(names, values, strict=True)))
                pair = (holder, other) if own.side is Side.NEED else (other, holder)
                found.append(EXCLUDED if excluded(*pair) else rule(*pair).score)
            return np.array(found, dtype=np.int64)

        table: Points = self._keep(names, tuple(mine.values()), len(distinct), read)
        return table

    def _desk(self, own: Profile, weight: int, loads: Mapping[int, float]) -> Table:
        """Points of each distinct desk; the same for all where the desk is that of `own`."""
        desks = self._attributes.desks
        if not self._of_municipality:
            return np.full(len(desks), criteria.desk_points(own.desk_load) * weight, dtype=np.int32)
        if loads != self._loads:
            self._kept.pop(("desk", None), None)
            self._loads = dict(loads)

        def read() -> Points:
            each = (None if desk is None else loads.get(desk, 0.0) for desk in desks.values)
            return np.array([criteria.desk_points(load) * weight for load in each], dtype=np.int64)

        table: Table = self._keep("desk", None, len(desks), read)
        return table

    def _keep(self, name: Hashable, value: Hashable, size: int, read: Callable[[], Points]) -> Any:
        """What was made before for the same own value, as long as no distinct value was added since."""
        known = self._kept.get((name, value))
        if known is not None and known[0] == size:
            return known[1]
        table = read().astype(np.int32)
        if self._bytes + table.nbytes > MOST_BYTES:
            self._let_go()
        self._kept[name, value] = (size, table)
        self._bytes += table.nbytes
        return table

    def _let_go(self) -> None:
        self._kept.clear()
        self._bytes = 0
