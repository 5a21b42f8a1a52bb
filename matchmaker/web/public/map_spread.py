"""Dots that would lie on each other are moved apart a little, the same way every time."""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, hypot, sin
from typing import Any

GAP = 1.5
"""Room between two dots, in map units."""
FURTHEST = 45.0
"""How far a dot may come from its own place: beyond this it would stand in another region. About 19 kilometres."""
ROUNDS = 200
_RING = 3.2
_MOST_COUNTED = 100

Place = tuple[float, float, float]
"""Across, down and reach."""


def reach(dot: dict[str, Any]) -> float:
    """How far a dot with its ring reaches from its middle, in map units; it grows as the drawing does."""
    radius = 3.2 + 1.1 * min(dot["supply"], _MOST_COUNTED) ** 0.5
    return radius + (_RING if dot["demand"] else 0.0)


def spread(dots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The dots in their order, with `reach`, and moved so that none lies on another as far as `FURTHEST` allows."""
    reaches = [reach(dot) for dot in dots]
    places = _apart(tuple((dot["x"], dot["y"], each) for dot, each in zip(dots, reaches, strict=True)))
    return [dot | {"reach": each, "x": x, "y": y} for dot, each, (x, y) in zip(dots, reaches, places, strict=True)]


@lru_cache(maxsize=16)
def _apart(places: tuple[Place, ...]) -> tuple[tuple[float, float], ...]:
    """Where dots at these places come. Takes a good part of a second for a country, so it is remembered."""
    moved = [{"x": x, "y": y, "reach": each} for x, y, each in places]
    for _ in range(ROUNDS):
        if not _push_apart(moved):
            break
        for dot, (x, y, _reach) in zip(moved, places, strict=True):
            _keep_near(dot, x, y)
    return tuple((round(dot["x"], 1), round(dot["y"], 1)) for dot in moved)


def _push_apart(dots: list[dict[str, float]]) -> bool:
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


def _keep_near(dot: dict[str, float], x: float, y: float) -> None:
    across, down = dot["x"] - x, dot["y"] - y
    far = hypot(across, down)
    if far > FURTHEST:
        dot["x"], dot["y"] = x + across / far * FURTHEST, y + down / far * FURTHEST
