"""What other weights would change, looked at before they are put in force. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.engine.ranking import Candidate
from matchmaker.engine.weights import Weights
from matchmaker.listings.models import Listing
from matchmaker.listings.search.browse import open_to_all
from matchmaker.matches.proposing import LEAST_SCORE, rank_listing
from matchmaker.vocabulary import Side

SAMPLE = 50
TOP = 5
MOST_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """One offer in a list of proposals: its title, whose it is, and its score now and with the other weights.

    A score is None where the offer is not among the first five then.
    """

    title: str
    organisation: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A need whose first offer would be another; None where nothing scores enough to be proposed."""

    need: Listing
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Over how many needs was looked, in how many the first or the first five change, and the largest examples."""

    needs: int
    first_changes: int
    top_changes: int
    examples: Sequence[Change]


def preview(weights: Weights) -> Preview:
    """Compare proposals by the weights in force and by others, for the 50 newest open needs.

    Only what would be proposed counts: a score of at least 40. A change of the first five is another set of offers;
    another order within them is none. Examples are the needs whose first offer changes, the largest difference first.
    """
    changes, top_changes = [], 0
    needs = _newest_needs()
    for need in needs:
        before, listings = _proposed(need, None)
        after, more = _proposed(need, weights)
        top_changes += {each.offer for each in before} != {each.offer for each in after}
        if [each.offer for each in before[:1]] != [each.offer for each in after[:1]]:
            changes.append(_change(need, before, after, {**listings, **more}))
    examples = sorted(changes, key=lambda each: (-_difference(each), each.need.reference))
    return Preview(len(needs), len(changes), top_changes, examples[:MOST_EXAMPLES])


def _newest_needs() -> Sequence[Listing]:
    query = (
        select(Listing)
        .where(*open_to_all(Side.NEED), Listing.organisation_id.is_not(None))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(SAMPLE)
        .options(joinedload(Listing.organisation))
    )
    return db.session.scalars(query).all()


def _proposed(need: Listing, weights: Weights | None) -> tuple[list[Candidate], dict[str, Listing]]:
    found, listings = rank_listing(need, top=TOP, weights=weights)
    return [each for each in found if each.score >= LEAST_SCORE], listings


def _change(
    need: Listing, before: Sequence[Candidate], after: Sequence[Candidate], listings: dict[str, Listing]
) -> Change:
    was, becomes = ({each.offer: each.score for each in found} for found in (before, after))

    def place(first: Sequence[Candidate]) -> Place | None:
        if not first:
            return None
        offer = listings[first[0].offer]
        owner = offer.organisation.name if offer.organisation else ""
        return Place(offer.title, owner, was.get(offer.reference), becomes.get(offer.reference))

    return Change(need, place(before), place(after))


def _difference(change: Change) -> float:
    """How much the new first gains on the old one, as far as both scores are known."""
    scores = [(place.after or 0.0) - (place.before or 0.0) for place in (change.after, change.before) if place]
    return abs(scores[0] - scores[-1]) if len(scores) == 2 else abs(sum(scores))
