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

FURTHER = (0.6, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
"""How many lines of text the name of the first dot may stand away when it is closed in, the nearest first."""
WAYS = ((0.0, -1.0), (0.7, -0.7), (-0.7, -0.7), (-0.7, 0.7), (0.7, 0.7), (0.0, 1.0))
"""Which ways that name may go: up, the four corners, down. As wide as one step across and down."""

Box = tuple[float, float, float, float]


def with_names(dots: Iterable[dict[str, Any]], view: MapView, most: int = 12) -> list[dict[str, Any]]:
    """The dots in their order, the first ones named on a side where there is room; a name without room is left out.

    The first dot matters most. When the others close it in, its name stands further off: `lead` is the point where the
    line from the dot to its name ends, None for a name beside its dot.
    """
    dots = list(dots)
    taken: list[Box] = [_spot(dot, view) for dot in dots]
    named: list[dict[str, Any]] = []
    for dot in dots:
        side = _free_side(dot, view, taken) if sum(each["label"] for each in named) < most else None
        far = _far_away(dot, view, taken) if side is None and not named else None
        if far is not None:
            taken += far[1]
        elif side is not None:
            taken.append(_box(dot, view, side))
        label = side is not None or far is not None
        named.append(dot | {"label": label, "side": side or "right", "lead": far[0] if far else None})
    return named


def small(view: MapView) -> dict[str, Any]:
    """The same window for a map in the margin."""
    return {"viewbox": view.viewbox, "left": view.left, "width": view.width, "unit": view.unit * SMALL}


def _free_side(dot: dict[str, Any], view: MapView, taken: list[Box]) -> str | None:
    for side in ("right", "left", "above", "below"):
        if _is_free(_box(dot, view, side), dot, view, taken):
            return side
    return None


def _far_away(dot: dict[str, Any], view: MapView, taken: list[Box]) -> tuple[tuple[float, float], list[Box]] | None:
    """Where the line to the name ends, and the room that name and line take; the line may not run over another dot."""
    high, long = LETTER * view.unit, len(dot["name"]) * LETTER * WIDTH_OF_LETTER * view.unit
    for lines in FURTHER:
        for across, down in WAYS:
            far = dot.get("reach", AWAY * view.unit / 2) + lines * high
            x, y = dot["x"] + across * far, dot["y"] + down * far
            left = x - long / 2 if across == 0 else (x if across > 0 else x - long)
            top = y - high / 2 if across else (y if down > 0 else y - high)
            box = (left, top, left + long, top + high)
            on_the_way = [
                (dot["x"] + across * far * part / 10, dot["y"] + down * far * part / 10) for part in range(11)
            ]
            line = [(px - 1, py - 1, px + 1, py + 1) for px, py in on_the_way]
            if all(_is_free(each, dot, view, taken) for each in (box, *line)):
                return (round(x, 1), round(y, 1)), [box, *line]
    return None


def _is_free(box: Box, dot: dict[str, Any], view: MapView, taken: list[Box]) -> bool:
    own = _spot(dot, view)
    return _inside(box, view) and not any(_touch(box, other) for other in taken if other != own)


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
