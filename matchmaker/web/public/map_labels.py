"""Dots on a map with names that do not run into each other."""

from collections.abc import Iterable
from typing import Any

from matchmaker.web.map_projection import MapView

LETTER = 24.0
WIDTH_OF_LETTER = 0.56
AWAY = 12.0
BESIDE = 4.8
"""Between the edge of a dot that says how far it reaches and its name, as it is drawn."""
SMALL = 1.7
"""How much larger a dot and its name must be drawn on a map in the margin than on one across the page."""

Box = tuple[float, float, float, float]


def with_names(dots: Iterable[dict[str, Any]], view: MapView, most: int = 12) -> list[dict[str, Any]]:
    """The dots in their order, the first ones named on a side where there is room; a name without room is left out."""
    dots = list(dots)
    taken: list[Box] = [_spot(dot, view) for dot in dots]
    named: list[dict[str, Any]] = []
    for dot in dots:
        side = _free_side(dot, view, taken) if sum(each["label"] for each in named) < most else None
        if side is not None:
            taken.append(_box(dot, view, side))
        named.append(dot | {"label": side is not None, "side": side or "right"})
    return named


def small(view: MapView) -> dict[str, Any]:
    """The same window for a map in the margin."""
    return {"viewbox": view.viewbox, "left": view.left, "width": view.width, "unit": view.unit * SMALL}


def _free_side(dot: dict[str, Any], view: MapView, taken: list[Box]) -> str | None:
    order = ("right", "left", "above", "below")
    others = [box for box in taken if box != _spot(dot, view)]
    for side in order:
        box = _box(dot, view, side)
        if _inside(box, view) and not any(_touch(box, other) for other in others):
            return side
    return None


def _spot(dot: dict[str, Any], view: MapView) -> Box:
    size = dot.get("reach", AWAY * view.unit / 2)
    return (dot["x"] - size, dot["y"] - size, dot["x"] + size, dot["y"] + size)


def _box(dot: dict[str, Any], view: MapView, side: str) -> Box:
    long = len(dot["name"]) * LETTER * WIDTH_OF_LETTER * view.unit
    high, away = LETTER * view.unit, dot["reach"] + BESIDE if "reach" in dot else AWAY * view.unit
    x, y = dot["x"], dot["y"]
    if side == "right":
        return (x, y - high / 2, x + away + long, y + high / 2)
    if side == "left":
        return (x - away - long, y - high / 2, x, y + high / 2)
    top = y - away - high if side == "above" else y + away
    return (x - long / 2, top, x + long / 2, top + high)


def _inside(box: Box, view: MapView) -> bool:
    left, top, right, bottom = box
    across = left >= view.left and right <= view.left + view.width
    return across and top >= view.top and bottom <= view.top + view.height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
