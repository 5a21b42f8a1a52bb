"""The municipalities of the Netherlands, and which lie near each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from matchmaker.reference.distance import distance_km
from matchmaker.reference.names import fold
from matchmaker.reference.tables import day, listed, rows
from matchmaker.vocabulary import MunicipalitySize


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as people and registers know it.

    `code` is the CBS code written `GM0344`. `name` is the name to show: `Den Haag`, and a province added only where
    two municipalities share a name (`Bergen (L.)`). The position (degrees, WGS 84) is that of the town hall's place.
    `valid_from` is the first day of a municipality formed since 2000; None means it was there before. `valid_to` is the
    first day on which it no longer exists.
    """

    code: str
    tooi_uri: str
    name: str
    aliases: tuple[str, ...]
    slug: str
    province_code: str
    seat: str
    lat: float
    lon: float
    school_region: str
    valid_from: date | None
    valid_to: date | None

    def is_valid_on(self, on: date) -> bool:
        """Did the municipality exist on this day?"""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    def distance_to(self, other: "Municipality") -> float:
        """Kilometres between the two centres."""
        return distance_km(self.lat, self.lon, other.lat, other.lon)


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All of them, by code."""
    return tuple(
        Municipality(
            code=row["code"],
            tooi_uri=row["tooi_uri"],
            name=row["name"],
            aliases=listed(row["aliases"]),
            slug=row["slug"],
            province_code=row["province_code"],
            seat=row["seat"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            school_region=row["school_region"],
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
        )
        for row in rows("municipalities")
    )


@cache
def _by_code() -> dict[str, Municipality]:
    return {municipality.code: municipality for municipality in municipalities()}


@cache
def _by_slug() -> dict[str, Municipality]:
    return {municipality.slug: municipality for municipality in municipalities()}


@cache
def _by_name() -> dict[str, Municipality]:
    named = {fold(alias): municipality for municipality in municipalities() for alias in municipality.aliases}
    return named | {fold(municipality.name): municipality for municipality in municipalities()}


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows("neighbours"):
        beside[row["municipality_code"]].add(row["neighbour_code"])
        beside[row["neighbour_code"]].add(row["municipality_code"])
    return {code: frozenset(others) for code, others in beside.items()}


@cache
def _sizes() -> dict[str, MunicipalitySize]:
    return {row["code"]: MunicipalitySize(row["size"]) for row in rows("municipality_sizes")}


def size_of(one: Municipality) -> MunicipalitySize | None:
    """By number of inhabitants; None where that lies too near a limit to say which side of it."""
    return _sizes().get(one.code)


def municipality(code: str) -> Municipality:
    """The municipality with this CBS code. Raises KeyError for an unknown code."""
    return _by_code()[code]


def municipality_by_slug(slug: str) -> Municipality | None:
    """The municipality whose page has this slug, if there is one."""
    return _by_slug().get(slug)


def find_municipality(name: str) -> Municipality | None:
    """The municipality people mean by this name or alias, forgiving case, accents, punctuation and `gemeente`."""
    return _by_name().get(fold(name).removeprefix("gemeente "))


def nearest(centre: Municipality, n: int) -> tuple[Municipality, ...]:
    """The `n` other municipalities whose centre is closest, nearest first; equal distances by code."""
    others = (other for other in municipalities() if other.code != centre.code)
    return tuple(sorted(others, key=lambda other: (centre.distance_to(other), other.code))[:n])


def neighbours(centre: Municipality) -> tuple[Municipality, ...]:
    """The municipalities beside this one, nearest centre first. An island may have none.

    Derived from where places lie, not from borders: nine in ten of these pairs really touch, and nine in ten of the
    pairs that touch are here.
    """
    beside = (municipality(code) for code in _neighbours().get(centre.code, frozenset()))
    return tuple(sorted(beside, key=lambda other: (centre.distance_to(other), other.code)))


def rings(centre: Municipality) -> Iterator[tuple[Municipality, ...]]:
    """Ring by ring outward: the neighbours, then their neighbours, and so on; within a ring the nearest first.

    The last ring holds what cannot be reached over land. Together the rings hold every other municipality once.
    """
    seen = {centre.code}
    ring = {centre.code}
    while ring := {beside for code in ring for beside in _neighbours().get(code, frozenset())} - seen:
        seen |= ring
        yield _nearest_first(centre, ring)
    if rest := _by_code().keys() - seen:
        yield _nearest_first(centre, set(rest))


def _nearest_first(centre: Municipality, codes: set[str]) -> tuple[Municipality, ...]:
    return tuple(sorted(map(municipality, codes), key=lambda other: (centre.distance_to(other), other.code)))
