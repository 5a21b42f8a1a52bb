"""Finding finished work, and what may become it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.dutch.terms import terms, written_as
from matchmaker.engine.likeness import Likeness, likeness
from matchmaker.engine.profiles import Profile
from matchmaker.library.models import FinishedWork
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Side

MOST_FOUND = 3
OVER = (ListingStatus.CLOSED, ListingStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class DoneBefore:
    """Finished work of another municipality that is like a text, and how much."""

    work: FinishedWork
    likeness: Likeness


def done_before(
    title: str, text: str, work_fields: Collection[str], *, but_not: Organisation | None = None
) -> list[DoneBefore]:
    """Finished work of others that answers nearly the same question, the most alike first, three at most. One query.

    By the rule of `engine.likeness`, so a text without a field of work finds nothing.
    """
    if not work_fields or not (title.strip() or text.strip()):
        return []
    own = _profile("-", title, text, work_fields)
    tagged = select(ListingTag.listing_id).where(
        ListingTag.facet == "work_fields", ListingTag.value.in_(sorted(work_fields))
    )
    query = (
        select(FinishedWork)
        .where(FinishedWork.is_shown, FinishedWork.listing_id.in_(tagged))
        .options(
            joinedload(FinishedWork.listing),
            joinedload(FinishedWork.municipality).joinedload(Organisation.desk).joinedload(Desk.holder),
            joinedload(FinishedWork.school),
        )
        .order_by(FinishedWork.id)
    )
    if but_not is not None:
        query = query.where(FinishedWork.municipality_id != but_not.id)
    found = [DoneBefore(each, likeness(own, _profile_of(each))) for each in db.session.scalars(query)]
    alike = [each for each in found if each.likeness.is_alike]
    return sorted(alike, key=lambda each: (-each.likeness.points, each.work.id))[:MOST_FOUND]


def work_from(listing: Listing) -> FinishedWork | None:
    """The finished work of a posting, also when it is hidden now."""
    return db.session.scalar(select(FinishedWork).where(FinishedWork.listing_id == listing.id))


def may_be_shown(listing: Listing) -> bool:
    """Whether a posting of a municipality is over, or something came of it already."""
    municipal = listing.organisation is not None and listing.organisation.is_municipality
    return municipal and listing.published_at is not None and (listing.status in OVER or bool(_done(listing)))


def schools_of(listing: Listing) -> list[Organisation]:
    """The schools with which it was done, by name."""
    schools = {each.school_id: each.school for each in _done(listing) if each.school is not None}
    return sorted(schools.values(), key=lambda each: (each.name, each.id))


def _done(listing: Listing) -> Sequence[Match]:
    column = Match.need_id if listing.side is Side.NEED else Match.offer_id
    query = select(Match).where(column == listing.id, Match.state == State.DONE)
    return db.session.scalars(query.order_by(Match.id).options(joinedload(Match.school))).all()


def _profile_of(work: FinishedWork) -> Profile:
    """The question as it was asked, with what is said of the result."""
    asked = work.listing
    return _profile(asked.reference, asked.title, f"{asked.text}\n{work.title}\n{work.summary}", asked.work_fields)


def _profile(reference: str, title: str, text: str, work_fields: Collection[str]) -> Profile:
    return Profile(
        reference=reference,
        kind=Kind.QUESTION,
        side=Side.NEED,
        work_fields=frozenset(work_fields),
        terms=terms(title, text),
        written_as=written_as(title, text),
    )
