"""How heavy each criterion counts, per group of kinds, under a version that is stored with every proposal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import mul
from types import MappingProxyType
from typing import Any

from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup

MOST_POINTS = 1000


class WeightsError(ValueError):
    """The weights cannot be used. The message says which group and criterion is wrong."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole points (0..1000) per criterion that applies to a group. Only their proportion matters, so any sum will do.

    Whole points keep the arithmetic exact: the same version gives the same score on every machine.
    """

    version: str
    by_group: Mapping[KindGroup, Mapping[Criterion, int]] = field(hash=False)
    _shares: Mapping[KindGroup, Mapping[Criterion, float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.version:
            raise WeightsError("weights need a version")
        for group in KindGroup:
            points = self.by_group.get(group)
            if points is None or set(points) != set(APPLIES[group]):
                raise WeightsError(f"{group}: give points for exactly {', '.join(APPLIES[group])}")
            for criterion, value in points.items():
                if type(value) is not int or not 0 <= value <= MOST_POINTS:
                    raise WeightsError(f"{group}, {criterion}: points must be a whole number 0..{MOST_POINTS}")
            if not any(points.values()):
                raise WeightsError(f"{group}: at least one criterion must count")
        shares = {
            group: {
                criterion: round(points / sum(self.by_group[group].values()), 4)
                for criterion, points in self.by_group[group].items()
            }
            for group in KindGroup
        }
        object.__setattr__(self, "_shares", shares)

    def shares(self, group: KindGroup) -> Mapping[Criterion, float]:
        """The part (0..1) of the total each criterion decides, rounded to four decimals for display."""
        return self._shares[group]

    def total(self, group: KindGroup, scores: Mapping[Criterion, int]) -> float:
        """The weighted mean of the criteria, 0..100, rounded half up to one decimal in whole numbers."""
        points = self.by_group[group]
        chosen = [points[criterion] for criterion in scores]
        weighted: int = sum(map(mul, chosen, scores.values()))
        all_points = sum(chosen)
        return (20 * weighted + all_points) // (2 * all_points) / 10

    def to_json(self) -> str:
        """Text that `from_json` reads back to equal weights."""
        groups = {str(group): {str(each): points[each] for each in APPLIES[group]} for group, points in self._ordered()}
        return json.dumps({"version": self.version, "weights": groups})

    @classmethod
    def from_json(cls, text: str) -> "Weights":
        """Read weights. Raises WeightsError when the text is no JSON of this form or the weights cannot be used."""
        try:
            read: Any = json.loads(text)
            by_group = {
                KindGroup(group): MappingProxyType({Criterion(each): value for each, value in points.items()})
                for group, points in read["weights"].items()
            }
            version = read["version"]
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise WeightsError(f"these are no weights: {wrong}") from wrong
        if not isinstance(version, str):
            raise WeightsError("the version must be text")
        return cls(version, MappingProxyType(by_group))

    def _ordered(self) -> list[tuple[KindGroup, Mapping[Criterion, int]]]:
        return [(group, self.by_group[group]) for group in KindGroup]


def _points(group: KindGroup, *points: int) -> Mapping[Criterion, int]:
    return MappingProxyType(dict(zip(APPLIES[group], points, strict=True)))


# Subject, text, level, period, (hours for places), distance, capacity, desk.
DEFAULT_WEIGHTS = Weights(
    version="1",
    by_group=MappingProxyType(
        {
            KindGroup.PLACES: _points(KindGroup.PLACES, 35, 10, 10, 15, 5, 10, 10, 5),
            KindGroup.SESSIONS: _points(KindGroup.SESSIONS, 35, 15, 10, 15, 10, 10, 5),
            KindGroup.SEATS: _points(KindGroup.SEATS, 45, 15, 10, 5, 10, 10, 5),
            KindGroup.ASSIGNMENTS: _points(KindGroup.ASSIGNMENTS, 40, 20, 10, 15, 5, 5, 5),
        }
    ),
)
