"""Municipalities that ask nearly the same thing: exact over every open posting, with what the likeness rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.engine.likeness import ALIKE_FROM, Likeness, likeness, points_of_likeness
from matchmaker.engine.profiles import Profile
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.matches.profiles_from import postings, read_profile
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import Kind, OrganisationKind, Side

ASSIGNMENTS = frozenset({Kind.GROUP, Kind.GRADUATION, Kind.RESEARCH})
"""Of these the municipality has the offer; an open question it asks as a need. A place or a lecture is no question."""

MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """An open posting of another municipality, and how much it is like the own one."""

    listing: Listing
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Shared:
    """An own posting with the postings of others that ask nearly the same, the most alike first."""

    listing: Listing
    others: Sequence[Alike]


@dataclass(frozen=True, slots=True)
class _Question:
    number: int
    organisation_id: int
    profile: Profile


def is_question(listing: Listing) -> bool:
    """Whether a posting is a municipality's question that others may have as well."""
    side = Side.NEED if listing.kind is Kind.QUESTION else Side.OFFER
    municipal = listing.organisation is not None and listing.organisation.is_municipality
    return municipal and listing.side is side and (listing.kind is Kind.QUESTION or listing.kind in ASSIGNMENTS)


def alike_of(listing: Listing) -> list[Alike]:
    """Open postings of other municipalities that ask nearly the same as this one, five at most."""
    if not is_question(listing) or not listing.is_open:
        return []
    return [each for shared in _shared([listing.id]) for each in shared.others]


def shared_questions(desk: Desk) -> list[Shared]:
    """The open questions of the municipalities of a desk that others ask as well, the most alike first."""
    own = select(Listing.id).join(Listing.organisation).where(*_open(), Organisation.desk_id == desk.id)
    found = _shared(db.session.scalars(own.order_by(Listing.id)).all())
    return sorted(found, key=lambda each: (-each.others[0].likeness.points, each.listing.reference))


def _shared(numbers: Sequence[int]) -> list[Shared]:
    """Those of these postings that others ask as well. The fields of work narrow, the rule compares what is left, and
    only what is alike is read whole: as many queries for one posting as for a hundred."""
    own = _questions(Listing.id.in_(numbers))
    fields = {field for each in own for field in each.profile.work_fields}
    others = _questions(*_open(), _names_one_of(fields)) if fields else []
    pairs = {each.number: _most_alike(each, others) for each in own}
    shown = {number for found in pairs.values() for number in found}
    if not shown:
        return []
    written = {each.number: each.profile for each in _questions(Listing.id.in_({*numbers, *shown}), with_text=True)}
    listings = _listings({*numbers, *shown})
    return [
        Shared(listings[number], [Alike(listings[each], likeness(written[number], written[each])) for each in found])
        for number, found in pairs.items()
        if found
    ]


def _most_alike(own: _Question, others: Sequence[_Question]) -> list[int]:
    """Numbers of the postings of other municipalities that are alike, the most alike first."""
    compared = [
        (points_of_likeness(own.profile, each.profile), each)
        for each in others
        if each.organisation_id != own.organisation_id and own.profile.work_fields & each.profile.work_fields
    ]
    alike = [(-points, each.profile.reference, each.number) for points, each in compared if points >= ALIKE_FROM]
    return [number for *_, number in sorted(alike)[:MOST_ALIKE]]


def _questions(*conditions: ColumnElement[bool], with_text: bool = False) -> list[_Question]:
    rows = postings(*conditions, with_text=with_text)
    return [_Question(row.id, row.organisation_id, read_profile(row)) for row in rows]


def _open() -> tuple[ColumnElement[bool], ...]:
    """Open postings of municipalities that ask something others may ask too."""
    asked = or_(
        and_(Listing.kind == Kind.QUESTION, Listing.side == Side.NEED),
        and_(Listing.kind.in_(ASSIGNMENTS), Listing.side == Side.OFFER),
    )
    return Listing.is_open, Organisation.kind == OrganisationKind.MUNICIPALITY, asked


def _names_one_of(work_fields: Collection[str]) -> ColumnElement[bool]:
    """A posting in one of these fields: who names none of them is never alike."""
    tagged = select(ListingTag.listing_id).where(
        ListingTag.facet == "work_fields", ListingTag.value.in_(sorted(work_fields))
    )
    return Listing.id.in_(tagged)


def _listings(numbers: Collection[int]) -> Mapping[int, Listing]:
    query = (
        select(Listing)
        .where(Listing.id.in_(numbers))
        .options(joinedload(Listing.organisation).joinedload(Organisation.desk).joinedload(Desk.holder))
    )
    return {each.id: each for each in db.session.scalars(query)}
