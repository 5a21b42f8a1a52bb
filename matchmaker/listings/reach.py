"""Who a listing reaches: programmes around a municipality, municipalities around a school."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import is_municipal
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.reference import distance_km
from matchmaker.vocabulary import OrganisationKind

REACH_KM = 30
MOST_NAMES = 4
KM_PER_DEGREE = 111.2
KM_PER_DEGREE_EAST = 66.0
"""At 53.5 degrees north, the shortest in the country: the box is never too small."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many organisations within `km`, and how many of their programmes fit (0 for a school's listing).

    `names` are programmes that fit, those at most schools first, at most `MOST_NAMES`.
    """

    km: int
    organisations: int
    programmes: int
    with_desk: int
    names: tuple[str, ...] = ()


def reach_of(listing: Listing, km: int = REACH_KM, *, study_fields: Collection[str] | None = None) -> Reach | None:
    """Who a listing reaches from its place, whatever is published; None when it is nowhere on the map.

    `study_fields` asks whom it would reach with these instead of its own; an empty collection is every field.
    """
    if listing.latitude is None or listing.longitude is None:
        return None
    if not is_municipal(listing):
        return _municipalities(listing, km)
    return _programmes(listing, km, listing.study_fields if study_fields is None else study_fields)


def _programmes(listing: Listing, km: int, study_fields: Collection[str]) -> Reach:
    rows = db.session.execute(
        select(
            Programme.name,
            Programme.levels,
            Programme.isced,
            Faculty.organisation_id,
            Organisation.latitude,
            Organisation.longitude,
        )
        .join(Programme.faculty)
        .join(Faculty.organisation)
        .where(Organisation.kind == OrganisationKind.INSTITUTION, Organisation.active, *_box(listing, km))
        .order_by(Programme.id)
    )
    found = [
        (organisation_id, name)
        for name, levels, isced, organisation_id, latitude, longitude in rows
        if _within(listing, latitude, longitude, km)
        and (not listing.levels or not levels or set(levels) & set(listing.levels))
        and (not study_fields or isced in study_fields)
    ]
    names = Counter(name for _, name in found)
    often = tuple(sorted(names, key=lambda name: (-names[name], name))[:MOST_NAMES])
    return Reach(km, len({organisation_id for organisation_id, _ in found}), len(found), 0, often)


def _municipalities(listing: Listing, km: int) -> Reach:
    rows = db.session.execute(
        select(Organisation.desk_id, Organisation.latitude, Organisation.longitude)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, Organisation.active, *_box(listing, km))
        .order_by(Organisation.id)
    )
    desks = [desk_id for desk_id, latitude, longitude in rows if _within(listing, latitude, longitude, km)]
    return Reach(km, len(desks), 0, sum(desk_id is not None for desk_id in desks))


def _box(listing: Listing, km: int) -> tuple[ColumnElement[bool], ...]:
    north, east = km / KM_PER_DEGREE, km / KM_PER_DEGREE_EAST
    assert listing.latitude is not None and listing.longitude is not None
    return (
        Organisation.latitude.between(listing.latitude - north, listing.latitude + north),
        Organisation.longitude.between(listing.longitude - east, listing.longitude + east),
    )


def _within(listing: Listing, latitude: float, longitude: float, km: int) -> bool:
    assert listing.latitude is not None and listing.longitude is not None
    return distance_km(listing.latitude, listing.longitude, latitude, longitude) <= km
