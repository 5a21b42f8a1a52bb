"""Dots that would lie on each other are moved apart a little, the same way every time."""

from collections.abc import Sequence
from math import cos, hypot, sin
from typing import Any

GAP = 1.5
"""Room between two dots, in map units."""
FURTHEST = 45.0
"""How far a dot may come from its own place: beyond this it would stand in another region. About 19 kilometres."""
ROUNDS = 200
_RING = 3.2
_MOST_COUNTED = 100


def reach(dot: dict[str, Any]) -> float:
    """How far a dot with its ring reaches from its middle, in map units; it grows as the drawing does."""
    radius = 3.2 + 1.1 * min(dot["supply"], _MOST_COUNTED) ** 0.5
    return radius + (_RING if dot["demand"] else 0.0)


def spread(dots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The dots in their order, with `reach`, and moved so that none lies on another as far as `FURTHEST` allows."""
    moved = [dot | {"reach": reach(dot)} for dot in dots]
    for _ in range(ROUNDS):
        if not _push_apart(moved):
            break
        for dot, home in zip(moved, dots, strict=True):
            _keep_near(dot, home)
    return [dot | {"x": round(dot["x"], 1), "y": round(dot["y"], 1)} for dot in moved]


def _push_apart(dots: list[dict[str, Any]]) -> bool:
    """Move each pair that touches half of what is lacking; True when something moved."""
    touched = False
    for index, one in enumerate(dots):
        for turn, other in enumerate(dots[index + 1 :], index + 1):
            across, down = other["x"] - one["x"], other["y"] - one["y"]
            far = hypot(across, down)
            lacking = one["reach"] + other["reach"] + GAP - far
            if lacking <= 0.05:
                continue
            touched = True
            ways = (across / far, down / far) if far > 0.01 else (cos(turn), sin(turn))
            for dot, sign in ((one, -1), (other, 1)):
                dot["x"] += sign * ways[0] * lacking / 2
                dot["y"] += sign * ways[1] * lacking / 2
    return touched


def _keep_near(dot: dict[str, Any], home: dict[str, Any]) -> None:
    across, down = dot["x"] - home["x"], dot["y"] - home["y"]
    far = hypot(across, down)
    if far > FURTHEST:
        dot["x"], dot["y"] = home["x"] + across / far * FURTHEST, home["y"] + down / far * FURTHEST
