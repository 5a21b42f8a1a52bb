"""Cities, towns and villages, to put a school or an address on the map."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from matchmaker.reference.municipal import municipalities, municipality
from matchmaker.reference.names import fold
from matchmaker.reference.tables import rows


@dataclass(frozen=True, slots=True)
class Place:
    """A place and the municipality it lies in. Position in degrees (WGS 84). `source` is `geonames` or `own`."""

    name: str
    municipality_code: str
    lat: float
    lon: float
    source: str


@cache
def places() -> tuple[Place, ...]:
    """All places, by name and municipality code."""
    return tuple(
        Place(row["name"], row["municipality_code"], float(row["lat"]), float(row["lon"]), row["source"])
        for row in rows("places")
    )


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    named: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places():
        named[fold(place.name)].append(place)
    for home in municipalities():
        for alias in home.aliases:
            seat = next(p for p in places() if p.name == home.seat and p.municipality_code == home.code)
            if seat not in named[fold(alias)]:
                named[fold(alias)].append(seat)
    return {name: tuple(sorted(found, key=_best_known_first)) for name, found in named.items()}


def _best_known_first(place: Place) -> tuple[bool, bool, str]:
    home = municipality(place.municipality_code)
    return (fold(home.name) != fold(place.name), home.seat != place.name, home.code)


def find_places(name: str) -> tuple[Place, ...]:
    """Every place with this name, forgiving case, accents and punctuation.

    First the place that gave a municipality its name, then the seat of one, then by municipality code.
    """
    return _by_name().get(fold(name), ())


def find_place(name: str) -> Place | None:
    """The place people most likely mean by this name: the first of `find_places`, or None."""
    return next(iter(find_places(name)), None)
