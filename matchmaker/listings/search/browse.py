"""Browsing what is open: what answers a filter, near what, and what would answer if one choice were taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import sqrt

import numpy as np
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.dutch.stopwords import POSTING_WORDS
from matchmaker.dutch.terms import terms
from matchmaker.listings.models import Listing
from matchmaker.listings.search.columns import Positions, microseconds
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.terms import LONGEST_TERM
from matchmaker.listings.search.warm import learn
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import Side

PAGE_SIZE = 20
MOST_ON_MAP = 400
WORDS_COMPARED = 8
"""The heaviest words of a listing, by which others are told to be like it."""


class Order(StrEnum):
    NEWEST = "nieuwste"
    CLOSING = "sluit"
    NEAREST = "afstand"


@dataclass(frozen=True)
class Found:
    """One page of what answers a filter. `number` is the page shown: the last one when a later one was asked.

    The listings are read when they are asked for; `keys` tells whether something made of them before is still true.
    """

    look: Look
    rows: Positions
    total: int
    number: int
    pages: int

    @cached_property
    def listings(self) -> Sequence[Listing]:
        return _listings(self.look, self.rows)

    @cached_property
    def listing_ids(self) -> list[int]:
        return self.look.listing_ids(self.rows)

    @cached_property
    def keys(self) -> list[tuple[int, int]]:
        """For each listing what changes as soon as it does, or what it hangs under."""
        return self.look.keys(self.rows)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.total else 0


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
    """Online, with a place left, and still time to respond: for who counts in the database."""
    return Listing.side == side, Listing.is_open


def find(look: Look, *, order: Order = Order.NEWEST, page: int = 1) -> Found:
    """A page of what answers the filter, in full order: equal ones newest first, then by number."""
    rows = look.rows
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    first = (number - 1) * PAGE_SIZE
    shown_rows = _in_order(look, rows, order, first + PAGE_SIZE)[first:]
    return Found(look, shown_rows, len(rows), number, pages)


def count(wanted: Filter) -> int:
    """How many listings answer the filter."""
    return len(Look(wanted).rows)


def first_of(wanted: Filter, most: int) -> Sequence[Listing]:
    """The newest listings that answer the filter, at most so many."""
    look = Look(wanted)
    return _listings(look, look.rows[:most])


def published_between(wanted: Filter, since: datetime, until: datetime, most: int) -> Sequence[Listing]:
    """The newest listings that answer the filter and were put online after one moment, up to and with another."""
    look = Look(wanted)
    moments = look.block.published_at[look.rows]
    fresh = (moments > microseconds(since)) & (moments <= microseconds(until))
    return _listings(look, look.rows[fresh][:most])


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


def count_without_each(look: Look) -> dict[str, int]:
    """How many listings would answer when one field is taken off, per field that narrows now."""
    return {name: len(look.without(name)) for name in look.wanted.narrowed}


def nearest_km(look: Look) -> float | None:
    """How far the nearest listing is that answers all but the distance; None without one or without a place."""
    if look.wanted.centre is None:
        return None
    squared = look.km_squared(look.wanted.centre, look.without("place"))
    nearest = float(squared.min(initial=np.inf))
    return None if nearest == np.inf else sqrt(nearest)


def spots(look: Look) -> Sequence[Spot]:
    """Where the listings that answer the filter are, per organisation, the most first."""
    numbers = look.block.facets["organisations"][look.rows]
    listings = look.count_per_number("organisations", look.rows)
    places = np.bincount(numbers, weights=look.block.places_left[look.rows], minlength=len(listings))
    found = []
    for poster, number in look.posters(listings):
        if poster.latitude is not None and poster.longitude is not None:
            where = (poster.latitude, poster.longitude)
            found.append(Spot(poster.name, poster.slug, *where, int(listings[number]), int(places[number])))
    return found[:MOST_ON_MAP]


def similar(listing: Listing, most: int = 3) -> Sequence[Listing]:
    """Open listings of the same side that share its heaviest words and its fields of work, the nearest kin first.

    Of the same kind first, then those that share most of them, then the newest number.
    """
    look = Look(Filter(side=listing.side))
    shared = np.zeros(len(look.block), dtype=np.int32)
    own = [term[:LONGEST_TERM] for term in terms(listing.title, listing.text) if term not in POSTING_WORDS]
    learn(look.snapshot, own[:WORDS_COMPARED])
    for term in own[:WORDS_COMPARED]:
        shared += look.snapshot.holding(term, listing.side)
    for code in listing.work_fields:
        shared += look.names("work_fields", code)
    position = look.snapshot.position(listing.id, listing.side)
    alike = look.rows[(shared[look.rows] > 0) & (look.rows != (-1 if position is None else position))]
    same_kind = look.names("kinds", listing.kind.value)[alike]
    order = np.lexsort((-look.block.listing_id[alike], -shared[alike], ~same_kind))
    return _listings(look, alike[order[:most]])


def _in_order(look: Look, rows: Positions, order: Order, most: int) -> Positions:
    """The first of the rows in an order. Rows come newest first, and a stable sort keeps that among equal ones."""
    if order is Order.CLOSING:
        return _smallest(rows, look.block.last_day[rows], most)
    if order is Order.NEAREST and look.wanted.centre is not None:
        return _smallest(rows, look.km_squared(look.wanted.centre, rows), most)
    return rows[:most]


def _smallest(rows: Positions, values: np.ndarray, most: int) -> Positions:
    if len(rows) > 4 * most:
        limit = np.partition(values, most)[most]
        near = np.flatnonzero(values <= limit)
        rows, values = rows[near], values[near]
    return rows[np.argsort(values, kind="stable")[:most]]


def _listings(look: Look, rows: Positions) -> Sequence[Listing]:
    """The listings in these rows with what a card shows, in the order of the rows."""
    numbers = look.listing_ids(rows)
    if not numbers:
        return []
    found = {each.id: each for each in db.session.scalars(shown(select(Listing).where(Listing.id.in_(numbers))))}
    return [found[number] for number in numbers if number in found]
