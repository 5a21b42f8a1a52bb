"""Browsing what is open: what answers a filter, near what, and what would answer if one choice were taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians, sin, sqrt

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, true
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.filters import HOURS_BANDS, Filter
from matchmaker.listings.search.terms import NO_DATE, PREFIX_FROM, START, TERM, searched_terms
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.reference import Place
from matchmaker.vocabulary import Mode, Side

PAGE_SIZE = 20
KM_PER_DEGREE = 111.195
MOST_ON_MAP = 400
BROAD = func.substr(ListingTag.value, literal_column("1"), literal_column("2"))
"""The broad field of study: the first two digits of a detailed one."""


class Order(StrEnum):
    NEWEST = "nieuwste"
    CLOSING = "sluit"
    NEAREST = "afstand"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what answers a filter. `number` is the page shown: the last one when a later one was asked."""

    listings: Sequence[Listing]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.listings) - 1 if self.total else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where open listings are: one organisation, how many listings and how many places."""

    name: str
    slug: str
    latitude: float
    longitude: float
    listings: int
    places: int


def open_to_all(side: Side) -> tuple[ColumnElement[bool], ...]:
    """Online, with a place left, and still time to respond."""
    return Listing.side == side, Listing.is_open


def conditions(wanted: Filter, *, without: str = "") -> list[ColumnElement[bool]]:
    """What a listing must satisfy; the field named `without` is left out of it."""
    narrowing = {
        "words": lambda: and_(true(), *(_has_term(term) for term in searched_terms(wanted.words))),
        "kinds": lambda: Listing.kind.in_(wanted.kinds),
        "levels": lambda: _tagged_or_all("levels", ListingTag.value.in_(wanted.levels)),
        "studies": lambda: _tagged_or_all("study_fields", BROAD.in_(wanted.studies)),
        "programme": lambda: _tagged_or_all("study_fields", ListingTag.value.in_(wanted.study_codes)),
        "work_fields": lambda: _tagged_or_all("work_fields", ListingTag.value.in_(wanted.work_fields)),
        "starts": lambda: _starts(wanted.starts),
        "hours": lambda: or_(*(in_hours(band) for band in wanted.hours)),
        "modes": lambda: Listing.mode.in_(wanted.modes),
        "provinces": lambda: _of_organisation(Organisation.province.in_(wanted.provinces)),
        "organisations": lambda: _of_organisation(Organisation.slug.in_(wanted.organisations)),
        "place": lambda: _within(wanted),
    }
    return [*open_to_all(wanted.side), *(narrowing[name]() for name in wanted.narrowed if name != without)]


def find(wanted: Filter, *, order: Order = Order.NEWEST, page: int = 1) -> Found:
    """A page of what answers the filter, in full order: equal ones newest first, then by number."""
    total = count(wanted)
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), pages)
    query = shown(select(Listing).where(*conditions(wanted))).order_by(*_ordering(wanted, order))
    return Found(
        db.session.scalars(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all(), total, number, pages
    )


def count(wanted: Filter) -> int:
    """How many listings answer the filter."""
    return db.session.scalar(select(func.count()).select_from(Listing).where(*conditions(wanted))) or 0


def first_of(wanted: Filter, most: int) -> Sequence[Listing]:
    """The newest listings that answer the filter, at most so many."""
    query = shown(select(Listing).where(*conditions(wanted)))
    return db.session.scalars(query.order_by(*_ordering(wanted, Order.NEWEST)).limit(most)).all()


def newest_references(side: Side, most: int) -> Sequence[str]:
    """References of open listings, newest first."""
    query = select(Listing.reference).where(*open_to_all(side))
    return db.session.scalars(query.order_by(Listing.published_at.desc(), Listing.id.desc()).limit(most)).all()


def shown(query: Select[tuple[Listing]]) -> Select[tuple[Listing]]:
    """With what a card shows of it."""
    return query.options(
        joinedload(Listing.organisation).joinedload(Organisation.desk).joinedload(Desk.holder),
        joinedload(Listing.team),
        joinedload(Listing.programme),
    )


def count_without_each(wanted: Filter) -> dict[str, int]:
    """How many listings would answer when one field is taken off, per field that narrows now, in one query."""
    if not wanted.narrowed:
        return {}
    counts = [
        select(func.count()).select_from(Listing).where(*conditions(wanted, without=name)).scalar_subquery()
        for name in wanted.narrowed
    ]
    return dict(zip(wanted.narrowed, db.session.execute(select(*counts)).one(), strict=True))


def nearest_km(wanted: Filter) -> float | None:
    """How far the nearest listing is that answers all but the distance; None without one or without a place."""
    if wanted.centre is None:
        return None
    squared = km_squared(wanted.centre)
    found = db.session.scalar(
        select(func.min(squared)).where(*conditions(wanted, without="place"), Listing.latitude.is_not(None))
    )
    return None if found is None else sqrt(max(0.0, float(found)))


def spots(wanted: Filter) -> Sequence[Spot]:
    """Where the listings that answer the filter are, per organisation, the most first."""
    rows = db.session.execute(
        select(
            Organisation.name,
            Organisation.slug,
            Organisation.latitude,
            Organisation.longitude,
            func.count(),
            func.sum(Listing.places - Listing.places_taken),
        )
        .select_from(Listing)
        .join(Listing.organisation)
        .where(*conditions(wanted), Organisation.latitude.is_not(None))
        .group_by(Organisation.id, Organisation.name, Organisation.slug, Organisation.latitude, Organisation.longitude)
        .order_by(func.count().desc(), Organisation.name, Organisation.id)
        .limit(MOST_ON_MAP)
    )
    return [Spot(*row) for row in rows]


def similar(listing: Listing, most: int = 3) -> Sequence[Listing]:
    """Open listings of the same side that share most words and fields of work with this one, the nearest kin first."""
    own = select(ListingTag.facet, ListingTag.value).where(
        ListingTag.listing_id == listing.id, ListingTag.facet.in_((TERM, "work_fields"))
    )
    mine = own.subquery()
    shared = (
        select(ListingTag.listing_id, func.count().label("number"))
        .join(mine, and_(mine.c.facet == ListingTag.facet, mine.c.value == ListingTag.value))
        .where(ListingTag.listing_id != listing.id)
        .group_by(ListingTag.listing_id)
        .subquery()
    )
    query = shown(select(Listing).join(shared, shared.c.listing_id == Listing.id).where(*open_to_all(listing.side)))
    same_kind = (Listing.kind == listing.kind).desc()
    return db.session.scalars(query.order_by(same_kind, shared.c.number.desc(), Listing.id.desc()).limit(most)).all()


def km_squared(centre: Place) -> ColumnElement[float]:
    """The square of the distance in kilometres, in arithmetic every database has.

    East to west a degree shrinks with the cosine of the latitude between the two points, here by its slope at the
    centre. Inside the country it differs less than 1 in 1,000 from the great circle.
    """
    north = Listing.latitude - centre.lat
    shrink = cos(radians(centre.lat)) - sin(radians(centre.lat)) * radians(0.5) * north
    east = (Listing.longitude - centre.lon) * shrink
    return (north * north + east * east) * (KM_PER_DEGREE * KM_PER_DEGREE)


def in_hours(code: str) -> ColumnElement[bool]:
    """Whether the hours a week touch a band; the code for no date stands for hours nobody named."""
    if code == NO_DATE:
        return and_(Listing.hours_min.is_(None), Listing.hours_max.is_(None))
    band = next(each for each in HOURS_BANDS if each.code == code)
    least = func.coalesce(Listing.hours_min, Listing.hours_max)
    most = func.coalesce(Listing.hours_max, Listing.hours_min)
    return and_(least <= band.most, most >= band.least)


def _has_term(term: str) -> ColumnElement[bool]:
    same = ListingTag.value == term
    if len(term) >= PREFIX_FROM:
        same = or_(same, ListingTag.value.startswith(term, autoescape=True))
    return Listing.id.in_(select(ListingTag.listing_id).where(ListingTag.facet == TERM, same))


def _tagged_or_all(facet: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A list that is empty means all: it answers every choice."""
    tags = select(ListingTag.listing_id).where(ListingTag.facet == facet)
    return or_(Listing.id.in_(tags.where(condition)), Listing.id.not_in(tags))


def _starts(months: Sequence[str]) -> ColumnElement[bool]:
    tags = select(ListingTag.listing_id).where(ListingTag.facet == START)
    chosen = Listing.id.in_(tags.where(ListingTag.value.in_(months)))
    return or_(chosen, Listing.id.not_in(tags)) if NO_DATE in months else chosen


def _of_organisation(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Listing.organisation_id.in_(select(Organisation.id).where(condition))


def _within(wanted: Filter) -> ColumnElement[bool]:
    """Within reach of the place; what is online is within everyone's reach."""
    assert wanted.centre is not None
    near = and_(Listing.latitude.is_not(None), km_squared(wanted.centre) <= wanted.km * wanted.km)
    return or_(Listing.mode == Mode.ONLINE, near)


def _ordering(wanted: Filter, order: Order) -> tuple[ColumnElement[object], ...]:
    newest = (Listing.published_at.desc(), Listing.id.desc())
    if order is Order.CLOSING:
        return (Listing.respond_before.is_(None), Listing.respond_before, *newest)
    if order is Order.NEAREST and wanted.centre is not None:
        return (Listing.latitude.is_(None), km_squared(wanted.centre), *newest)
    return newest
