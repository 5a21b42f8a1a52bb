"""What other weights would change, looked at before they are put in force. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.database import db
from matchmaker.engine.assessment import assess
from matchmaker.engine.profiles import Profile
from matchmaker.engine.weights import Weights
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import counterparts, listings_by_reference
from matchmaker.listings.search.browse import open_to_all
from matchmaker.matches.profiles_from import postings_by_number, profile_from, read_profile
from matchmaker.matches.proposing import LEAST_SCORE
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.warm import best_counterparts
from matchmaker.vocabulary import Side

SAMPLE = 50
TOP = 5
MOST_EXAMPLES = 8
Scores = dict[str, float]


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
    compare = _Comparing(current_weights(), weights)
    needs = _newest_needs()
    lists = [(need, *compare.best_offers(need)) for need in needs]
    changed = [(need, old, new) for need, old, new in lists if list(old)[:1] != list(new)[:1]]
    largest = sorted(changed, key=lambda each: (-_difference(each[1], each[2]), each[0].reference))[:MOST_EXAMPLES]
    firsts = {reference for _, old, new in largest for reference in (*list(old)[:1], *list(new)[:1])}
    offers = listings_by_reference(firsts)
    return Preview(
        needs=len(needs),
        first_changes=len(changed),
        top_changes=sum(old.keys() != new.keys() for _, old, new in lists),
        examples=[
            Change(need, _place(list(old)[:1], old, new, offers), _place(list(new)[:1], old, new, offers))
            for need, old, new in largest
        ],
    )


class _Comparing:
    """Two sets of weights over the same postings: the index finds the winners of each, the rules give the scores."""

    def __init__(self, *weights: Weights) -> None:
        self._weights = weights
        self._loads = desk_loads()
        self._crosswalk = current_crosswalk()[1]

    def best_offers(self, need: Listing) -> list[Scores]:
        """The first five offers for a need by each of the weights, reference to score, best first."""
        own = profile_from(need, desk_loads=self._loads)
        numbers = {number for weights in self._weights for number in self._winners(own, need, weights)}
        rows = postings_by_number(numbers, *counterparts(need), with_text=False)
        offers = [read_profile(each, desk_loads=self._loads) for each in rows]
        return [self._scores(own, offers, weights) for weights in self._weights]

    def _winners(self, own: Profile, need: Listing, weights: Weights) -> set[int]:
        return best_counterparts(
            own,
            owner=need.organisation_id,
            desk_loads=self._loads,
            crosswalk=self._crosswalk,
            weights=weights,
            top=TOP,
        )

    def _scores(self, own: Profile, offers: Sequence[Profile], weights: Weights) -> Scores:
        assessed = ((offer, assess(own, offer, crosswalk=self._crosswalk, weights=weights)) for offer in offers)
        scored = [(-found.score, offer.reference) for offer, found in assessed if found is not None]
        return {reference: -score for score, reference in sorted(scored)[:TOP] if -score >= LEAST_SCORE}


def _newest_needs() -> Sequence[Listing]:
    query = (
        select(Listing)
        .where(*open_to_all(Side.NEED), Listing.organisation_id.is_not(None))
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(SAMPLE)
        .options(joinedload(Listing.organisation))
    )
    return db.session.scalars(query).all()


def _place(first: Sequence[str], old: Scores, new: Scores, offers: Mapping[str, Listing]) -> Place | None:
    if not first:
        return None
    offer = offers[first[0]]
    owner = offer.organisation.name if offer.organisation else ""
    return Place(offer.title, owner, old.get(offer.reference), new.get(offer.reference))


def _difference(old: Scores, new: Scores) -> float:
    """How far the best score of one list lies from that of the other; an empty list counts as 0."""
    return abs(max(new.values(), default=0.0) - max(old.values(), default=0.0))
