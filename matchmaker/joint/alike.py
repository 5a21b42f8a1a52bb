"""Municipalities that ask nearly the same thing: exact over every open posting, with what the likeness rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.engine.likeness import ALIKE_FROM, Likeness, likeness, points_of_likeness
from matchmaker.engine.profiles import Profile
from matchmaker.listings.models import Listing
from matchmaker.matches.profiles_from import postings, read_profile
from matchmaker.matches.warm import alike_postings
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import Kind, OrganisationKind, Side

ASSIGNMENTS = frozenset({Kind.GROUP, Kind.GRADUATION, Kind.RESEARCH})
"""Of these the municipality has the offer; an open question it asks as a need. A place or a lecture is no question."""

ASKED = ((Kind.QUESTION, Side.NEED), *((kind, Side.OFFER) for kind in sorted(ASSIGNMENTS)))

MOST_ALIKE = 5
MOST_SHARED = 50
"""Own questions laid before a desk at once."""


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


_Near = tuple[int, str, int]
"""Points of likeness, reference and number of a posting."""


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
    """The open questions of the municipalities of a desk that others ask as well, the 50 most alike, those first."""
    own = select(Listing.id).join(Listing.organisation).where(*_open(), Organisation.desk_id == desk.id)
    found = _shared(db.session.scalars(own.order_by(Listing.id)).all())
    return sorted(found, key=lambda each: (-each.others[0].likeness.points, each.listing.reference))


def _shared(numbers: Sequence[int]) -> list[Shared]:
    """Those of these postings that others ask as well.

    The warm index names what is alike, the rule compares what this session changed itself, and only what is shown is
    read whole: as many queries for one posting as for a hundred.
    """
    own = _questions(Listing.id.in_(numbers))
    near = _near(own) if own else []
    standing = _standing({key for found in near for _, _, key in found})
    kept = [[hit for hit in found if hit[2] in standing][:MOST_ALIKE] for found in near]
    ranked = sorted(
        (-found[0][0], each.profile.reference, each.number, found)
        for each, found in zip(own, kept, strict=True)
        if found
    )
    pairs = {number: [key for _, _, key in found] for _, _, number, found in ranked[:MOST_SHARED]}
    shown = {*pairs, *(number for found in pairs.values() for number in found)}
    if not pairs:
        return []
    written = {each.number: each.profile for each in _questions(Listing.id.in_(shown), with_text=True)}
    listings = _listings(shown)
    return [
        Shared(listings[number], [Alike(listings[each], likeness(written[number], written[each])) for each in found])
        for number, found in pairs.items()
        if found
    ]


def _near(own: Sequence[_Question]) -> list[list[_Near]]:
    """Of each question the postings of others most like it, of every kind that asks something: the best first."""
    asked = [(each.profile, each.organisation_id) for each in own]
    found: list[list[_Near]] = [[] for _ in own]
    changed: set[int] = set()
    for kind, side in ASKED:
        hits, mine = alike_postings(kind, side, asked, least=ALIKE_FROM, top=MOST_ALIKE)
        changed |= mine
        for those, more in zip(found, hits, strict=True):
            those += more
    others = _questions(Listing.id.in_(changed)) if changed else []
    for each, those in zip(own, found, strict=True):
        those += _compared(each, others)
        those.sort(key=lambda hit: (-hit[0], hit[1], hit[2]))
    return found


def _compared(own: _Question, others: Sequence[_Question]) -> list[_Near]:
    """Those of other organisations that are alike, by the rule itself."""
    scored = [
        (points_of_likeness(own.profile, each.profile), each.profile.reference, each.number)
        for each in others
        if each.organisation_id != own.organisation_id and own.profile.work_fields & each.profile.work_fields
    ]
    return [hit for hit in scored if hit[0] >= ALIKE_FROM]


def _standing(numbers: Collection[int]) -> set[int]:
    """Which of these are open questions of municipalities."""
    if not numbers:
        return set()
    query = select(Listing.id).join(Listing.organisation).where(Listing.id.in_(numbers), *_open())
    return set(db.session.scalars(query))


def _questions(*conditions: ColumnElement[bool], with_text: bool = False) -> list[_Question]:
    rows = postings(*conditions, with_text=with_text)
    return [_Question(row.id, row.organisation_id, read_profile(row)) for row in rows]


def _open() -> tuple[ColumnElement[bool], ...]:
    """Open postings of municipalities that ask something others may ask too."""
    asked = or_(*(and_(Listing.kind == kind, Listing.side == side) for kind, side in ASKED))
    return Listing.is_open, Organisation.kind == OrganisationKind.MUNICIPALITY, asked


def _listings(numbers: Collection[int]) -> Mapping[int, Listing]:
    query = (
        select(Listing)
        .where(Listing.id.in_(numbers))
        .options(joinedload(Listing.organisation).joinedload(Organisation.desk).joinedload(Desk.holder))
    )
    return {each.id: each for each in db.session.scalars(query)}
