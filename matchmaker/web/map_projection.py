"""Where a place lies on the map of the provinces.

The outlines are drawn in the Mercator projection. The scale follows from the four outermost points of the country:
Sint Anna ter Muiden (west), Bad Nieuweschans (east), Rottumerplaat (north) and Vaals (south).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, pi, radians, tan

MAP_WIDTH = 613.0
MAP_HEIGHT = 724.0
UNITS_PER_DEGREE = 158.13
WEST = 3.3562
NORTH = 53.556
REFERENCE_WIDTH = MAP_WIDTH


@dataclass(frozen=True)
class MapView:
    """A window on the map, in map units. `unit` is how large one unit of the whole map must be drawn in this window."""

    left: float
    top: float
    width: float
    height: float

    @property
    def viewbox(self) -> str:
        """The window as an SVG viewBox."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def unit(self) -> float:
        """Size that keeps dots and letters as large on the screen as on the whole map."""
        return self.width / REFERENCE_WIDTH


WHOLE_COUNTRY = MapView(left=0.0, top=0.0, width=MAP_WIDTH, height=MAP_HEIGHT)


def project(lat: float, lon: float) -> tuple[float, float]:
    """Latitude and longitude (degrees, WGS 84) to x and y in map units, to about one kilometre inside the country.

    One unit is about 430 metres.
    """
    x = (lon - WEST) * UNITS_PER_DEGREE
    y = (_mercator(NORTH) - _mercator(lat)) * UNITS_PER_DEGREE
    return round(x, 1), round(y, 1)


def view_around(points: Iterable[tuple[float, float]], margin: float = 18.0, least: float = 150.0) -> MapView:
    """The window that holds all points (map units) with room around it; never closer than `least` units wide.

    Without points it is the whole country.
    """
    found = list(points)
    if not found:
        return WHOLE_COUNTRY
    xs, ys = [x for x, _ in found], [y for _, y in found]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    width = min(max(max(xs) - min(xs) + 2 * margin, least), MAP_WIDTH)
    height = min(max(max(ys) - min(ys) + 2 * margin, least), MAP_HEIGHT)
    return MapView(left=middle_x - width / 2, top=middle_y - height / 2, width=width, height=height)


def _mercator(lat: float) -> float:
    return log(tan(pi / 4 + radians(lat) / 2)) * 180 / pi
