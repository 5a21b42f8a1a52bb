"""What each distinct value of a column brings against one posting, weighed: small tables that rows look up.

Audience and amount are read by the rules themselves, on profiles that hold nothing else.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine import criteria
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion
from matchmaker.engine.index.attributes import Attributes, Audience
from matchmaker.engine.index.moments import Moments
from matchmaker.engine.profiles import Profile
from matchmaker.engine.requirements import excluded
from matchmaker.vocabulary import Kind, Party, Side

EXCLUDED = -(10**8)
"""So far below nought that no other points make up for it."""

MOST_BYTES = 16_000_000
"""Tables kept of each name to use again; above it those not used for longest are let go."""

Points = NDArray[np.int64]
Table = NDArray[np.int32]


Item = TypeVar("Item")


class Tables(NamedTuple):
    """Weighed points per distinct subject, whereabouts, time, audience, amount and desk. EXCLUDED is a hard no."""

    subject: Table
    where: Table
    when: Table
    audience: Table
    amount: Table
    desk: Table


class TableMaker:
    """Makes the tables of one block, and keeps those of an own value for the next posting that has the same."""

    def __init__(self, kind: Kind, side: Side, attributes: Attributes) -> None:
        self._kind, self._side, self._attributes = kind, side, attributes
        self._of_municipality = Profile("-", kind, side).party is Party.MUNICIPALITY
        self._under: tuple[Crosswalk, Mapping[Criterion, int]] | None = None
        self._loads: Mapping[int, float] = {}
        self._kept: dict[Hashable, Kept[Table]] = defaultdict(Kept)

    def tables(
        self, own: Profile, crosswalk: Crosswalk, points: Mapping[Criterion, int], loads: Mapping[int, float]
    ) -> Tables:
        """The tables against `own`, each criterion times its `points` in the weights."""
        under = self._under
        if under is None or under[0] is not crosswalk or under[1] is not points:
            if under is None or under != (crosswalk, points):
                self._kept.clear()
            self._under = (crosswalk, points)
        parts = self._attributes
        subject = (own.work_fields, own.study_fields)
        where = (own.location, own.mode, own.max_distance_km)
        when = (own.sessions, own.period) if isinstance(parts.timed, Moments) else own.period
        audience = (own.levels, own.tracks, own.languages)
        amount = (own.hours, own.capacity_left)
        return Tables(
            self._keep(
                "subject",
                subject,
                len(parts.subjects.values),
                lambda: parts.subjects.points(subject, crosswalk) * points[Criterion.SUBJECT],
            ),
            self._keep("where", where, len(parts.places.distinct.values), lambda: self._where(own, points)),
            self._keep("when", when, len(parts.timed.distinct.values), lambda: self._when(own, points)),
            self._keep("audience", audience, len(parts.audiences.values), lambda: self._audience(own, points)),
            self._keep("amount", amount, len(parts.amounts.values), lambda: self._amount(own, points)),
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

    def _audience(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        mine, asks = (own.levels, own.tracks, own.languages), own.side is Side.NEED
        found = np.array([_level_points(mine, theirs, asks) for theirs in self._attributes.audiences.values])
        return np.where(found < 0, EXCLUDED, points[Criterion.LEVEL] * found)

    def _amount(self, own: Profile, points: Mapping[Criterion, int]) -> Points:
        found = []
        for hours, capacity in self._attributes.amounts.values:
            pair = self._pair(own, hours=hours, capacity_left=capacity)
            weighed = points.get(Criterion.HOURS, 0) * criteria.hours(*pair).score
            weighed += points[Criterion.CAPACITY] * criteria.capacity(*pair).score
            found.append(EXCLUDED if excluded(*pair) else weighed)
        return np.array(found)

    def _pair(self, own: Profile, **values: Any) -> tuple[Profile, Profile]:
        """Need and offer that hold these attributes alone, the one as `own` has them and the other as given."""
        mine = {name: getattr(own, name) for name in values}
        holder = replace(Profile("-", self._kind, own.side), **mine)
        other = replace(Profile("-", self._kind, self._side), **values)
        return (holder, other) if own.side is Side.NEED else (other, holder)

    def _desk(self, own: Profile, weight: int, loads: Mapping[int, float]) -> Table:
        """Points of each distinct desk; the same for all where the desk is that of `own`.

        Loads that were asked with once are not changed after: new loads come as another mapping.
        """
        desks = self._attributes.desks
        if not self._of_municipality:
            return np.full(len(desks), criteria.desk_points(own.desk_load) * weight, dtype=np.int32)
        if loads is not self._loads:
            if loads != self._loads:
                self._kept.pop("desk", None)
            self._loads = loads

        def read() -> Points:
            each = (None if desk is None else loads.get(desk, 0.0) for desk in desks.values)
            return np.array([criteria.desk_points(load) * weight for load in each], dtype=np.int64)

        return self._keep("desk", None, len(desks.values), read)

    def _keep(self, name: Hashable, value: Hashable, size: int, read: Callable[[], Points]) -> Table:
        """What was made before for the same own value, as long as no distinct value was added since."""
        kept = self._kept[name]
        known = kept.get(value)
        if known is not None and len(known) == size:
            return known
        table = read().astype(np.int32)
        kept.add(value, table, table.nbytes)
        return table


class Kept(Generic[Item]):
    """What was made for an own value, that used last at the end, within MOST_BYTES."""

    def __init__(self) -> None:
        self._items: OrderedDict[Hashable, tuple[Item, int]] = OrderedDict()
        self._bytes = 0

    def get(self, value: Hashable) -> Item | None:
        found = self._items.get(value)
        if found is None:
            return None
        self._items.move_to_end(value)
        return found[0]

    def add(self, value: Hashable, item: Item, nbytes: int) -> None:
        _, before = self._items.pop(value, (None, 0))
        self._bytes += nbytes - before
        self._items[value] = item, nbytes
        while self._bytes > MOST_BYTES and len(self._items) > 1:
            _, (_, oldest) = self._items.popitem(last=False)
            self._bytes -= oldest


@lru_cache(maxsize=100_000)
def _level_points(own: Audience, other: Audience, own_asks: bool) -> int:
    """Points for level by the rule itself; EXCLUDED breaks a requirement. All blocks share it."""
    need, offer = (own, other) if own_asks else (other, own)
    pair = _holding(need, Side.NEED), _holding(offer, Side.OFFER)
    return EXCLUDED if excluded(*pair) else criteria.level(*pair).score


def _holding(audience: Audience, side: Side) -> Profile:
    levels, tracks, languages = audience
    return Profile("-", Kind.WORK, side, levels=levels, tracks=tracks, languages=languages)
