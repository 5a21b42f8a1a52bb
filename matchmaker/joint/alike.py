"""Municipalities that ask nearly the same thing: exact over every open posting, with what the likeness rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.engine.likeness import Likeness, likeness
from matchmaker.engine.profiles import Profile
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.matches.profiles_from import profile_from
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


def is_question(listing: Listing) -> bool:
    """Whether a posting is a municipality's question that others may have as well."""
    side = Side.NEED if listing.kind is Kind.QUESTION else Side.OFFER
    municipal = listing.organisation is not None and listing.organisation.is_municipality
    return municipal and listing.side is side and (listing.kind is Kind.QUESTION or listing.kind in ASSIGNMENTS)


def alike_of(listing: Listing) -> list[Alike]:
    """Open postings of other municipalities that ask nearly the same as this one, five at most."""
    if not is_question(listing) or not listing.is_open:
        return []
    return _alike(listing, _pool(listing.work_fields), {})


def shared_questions(desk: Desk) -> list[Shared]:
    """The open questions of the municipalities of a desk that others ask as well, the most alike first."""
    query = _questions().where(Organisation.desk_id == desk.id).order_by(Listing.reference)
    own = db.session.scalars(query).all()
    pool = _pool({field for each in own for field in each.work_fields})
    profiles: dict[str, Profile] = {}
    found = [Shared(each, others) for each in own if (others := _alike(each, pool, profiles))]
    return sorted(found, key=lambda each: (-each.others[0].likeness.points, each.listing.reference))


def _alike(listing: Listing, pool: Sequence[Listing], profiles: dict[str, Profile]) -> list[Alike]:
    own = _profile(listing, profiles)
    others = (
        each
        for each in pool
        if each.organisation_id != listing.organisation_id and own.work_fields.intersection(each.work_fields)
    )
    compared = [Alike(each, likeness(own, _profile(each, profiles))) for each in others]
    alike = [each for each in compared if each.likeness.is_alike]
    return sorted(alike, key=lambda each: (-each.likeness.points, each.listing.reference))[:MOST_ALIKE]


def _profile(listing: Listing, profiles: dict[str, Profile]) -> Profile:
    if listing.reference not in profiles:
        profiles[listing.reference] = profile_from(listing, desk_loads={})
    return profiles[listing.reference]


def _pool(work_fields: Iterable[str]) -> Sequence[Listing]:
    """Every open question in one of these fields: who names none of them is never alike."""
    tagged = select(ListingTag.listing_id).where(
        ListingTag.facet == "work_fields", ListingTag.value.in_(sorted(set(work_fields)))
    )
    return db.session.scalars(_questions().where(Listing.id.in_(tagged)).order_by(Listing.reference)).all()


def _questions() -> Select[tuple[Listing]]:
    return (
        select(Listing)
        .join(Listing.organisation)
        .where(Listing.is_open, Organisation.kind == OrganisationKind.MUNICIPALITY, _asked())
        .options(
            joinedload(Listing.organisation).joinedload(Organisation.desk).joinedload(Desk.holder),
            joinedload(Listing.programme),
        )
    )


def _asked() -> ColumnElement[bool]:
    return or_(
        and_(Listing.kind == Kind.QUESTION, Listing.side == Side.NEED),
        and_(Listing.kind.in_(ASSIGNMENTS), Listing.side == Side.OFFER),
    )
