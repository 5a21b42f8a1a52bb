"""Schools: mbo colleges, universities of applied sciences and universities."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matchmaker.reference.names import fold
from matchmaker.reference.tables import listed, rows
from matchmaker.vocabulary import Sector


class Funding(StrEnum):
    """Who pays for the education: the ministry of Education, another ministry, or the students."""

    PUBLIC = "public"
    OTHER_MINISTRY = "other_ministry"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Location:
    """Another place where the institution teaches."""

    place: str
    municipality_code: str


@dataclass(frozen=True, slots=True)
class Institution:
    """A school as an organisation. `key` is our own and never changes; `brin` is empty unless it is certain.

    The position (degrees, WGS 84) is that of its main place. `domains` are those of the mail of staff or students: a
    sub-domain counts as the domain.
    """

    key: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: Sector
    funding: Funding
    brin: str
    place: str
    municipality_code: str
    lat: float
    lon: float
    locations: tuple[Location, ...]
    domains: tuple[str, ...]
    note: str
    status: str


@cache
def institutions() -> tuple[Institution, ...]:
    """All institutions, by key."""
    return tuple(
        Institution(
            key=row["key"],
            name=row["name"],
            short_name=row["short_name"],
            aliases=listed(row["aliases"]),
            kind=Sector(row["kind"]),
            funding=Funding(row["funding"]),
            brin=row["brin"],
            place=row["place"],
            municipality_code=row["municipality_code"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            locations=tuple(_location(cell) for cell in listed(row["locations"])),
            domains=listed(row["domains"]),
            note=row["note"],
            status=row["status"],
        )
        for row in rows("institutions")
    )


def _location(cell: str) -> Location:
    place, _, code = cell.rpartition(" ")
    return Location(place, code)


@cache
def _by_key() -> dict[str, Institution]:
    return {institution.key: institution for institution in institutions()}


@cache
def _by_name() -> dict[str, Institution]:
    named: dict[str, Institution] = {}
    for names in (lambda i: i.aliases, lambda i: (i.short_name,), lambda i: (i.name,)):
        named |= {fold(name): institution for institution in institutions() for name in names(institution)}
    return named


@cache
def _by_domain() -> dict[str, tuple[Institution, ...]]:
    found: defaultdict[str, list[Institution]] = defaultdict(list)
    for institution in institutions():
        for domain in institution.domains:
            found[domain].append(institution)
    return {domain: tuple(there) for domain, there in found.items()}


def institution(key: str) -> Institution:
    """The institution with this key. Raises KeyError for an unknown key."""
    return _by_key()[key]


def find_institution(name: str) -> Institution | None:
    """The institution with this name, short name or alias (a former or English name), forgiving case and accents."""
    return _by_name().get(fold(name))


def institutions_with_domain(domain: str) -> tuple[Institution, ...]:
    """The institutions whose mail ends in this domain or a domain above it: `student.han.nl` finds HAN.

    More than one when schools share a domain, none when no school is known by it.
    """
    labels = domain.strip().rstrip(".").lower().split(".")
    for start in range(len(labels) - 1):
        if found := _by_domain().get(".".join(labels[start:])):
            return found
    return ()
