"""A finding is what one criterion says of one pair: score and reason together."""

import math
from enum import StrEnum
from typing import NamedTuple

Plain = str | int | float | bool | None
Values = dict[str, Plain | list[str]]
"""What a reason sentence is filled with: plain JSON values. Dates are ISO 8601, codes are register codes."""

NEUTRAL = 50
"""Score where a side has not said enough to judge. The reason then says what is missing."""


class Criterion(StrEnum):
    """What a pair is judged on, in the order it is shown."""

    SUBJECT = "subject"
    TEXT = "text"
    LEVEL = "level"
    PERIOD = "period"
    HOURS = "hours"
    DISTANCE = "distance"
    CAPACITY = "capacity"
    DESK = "desk"


class Finding(NamedTuple):
    """Score in whole points 0..100, a stable reason code, and the values of its sentence.

    Pairs that say the same share one finding: its values are read and never changed.
    """

    criterion: Criterion
    score: int
    code: str
    values: Values


class Reason(NamedTuple):
    """A finding with the share (0..1) its criterion has in the total."""

    criterion: Criterion
    score: int
    weight: float
    code: str
    values: Values

    def as_json(self) -> dict[str, object]:
        """Plain JSON, as it is stored with a proposal."""
        return {
            "criterion": str(self.criterion),
            "score": self.score,
            "weight": self.weight,
            "code": self.code,
            "values": self.values,
        }


def whole(points: float) -> int:
    """Points rounded to whole ones, half up, kept within 0..100."""
    return min(100, max(0, math.floor(points + 0.5)))
