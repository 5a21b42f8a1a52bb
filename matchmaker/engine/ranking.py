"""Ranking: the offers that fit a need best, or the needs that fit an offer best, each with its reasons."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matchmaker.engine.assessment import Assessment, Verdict, assess, reasons
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Reason
from matchmaker.engine.hints import Hint, best_hint
from matchmaker.engine.profiles import Profile
from matchmaker.engine.weights import DEFAULT_WEIGHTS, Weights
from matchmaker.vocabulary import Party

Links = Crosswalk | Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal: which need and offer (references), its place in the list from 1, and everything that explains it."""

    need: str
    offer: str
    rank: int
    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]
    hint_for_school: Hint | None
    hint_for_municipality: Hint | None
    weights_version: str

    def hint_for(self, party: Party) -> Hint | None:
        """The one change that party can make."""
        return self.hint_for_school if party is Party.SCHOOL else self.hint_for_municipality


def rank(
    need: Profile,
    offers: Iterable[Profile],
    *,
    crosswalk: Links,
    weights: Weights = DEFAULT_WEIGHTS,
    top: int | None = None,
) -> list[Candidate]:
    """The offers that meet every hard requirement of the need, best first.

    Equal scores fall to the reference of the offer, so the order of `offers` does not matter. With `top` only that many
    are explained and returned; every offer is still scored.
    """
    return _ranked(((need, offer, offer.reference) for offer in offers), Crosswalk.of(crosswalk), weights, top)


def rank_needs(
    offer: Profile,
    needs: Iterable[Profile],
    *,
    crosswalk: Links,
    weights: Weights = DEFAULT_WEIGHTS,
    top: int | None = None,
) -> list[Candidate]:
    """The needs an offer fits, best first: the mirror of `rank`. A pair has the same score both ways."""
    return _ranked(((need, offer, need.reference) for need in needs), Crosswalk.of(crosswalk), weights, top)


def explain(need: Profile, offer: Profile, *, crosswalk: Links, weights: Weights = DEFAULT_WEIGHTS) -> Candidate | None:
    """One pair with its reasons and hints, at rank 1, or None when a hard requirement is not met."""
    found = rank(need, [offer], crosswalk=crosswalk, weights=weights)
    return found[0] if found else None


def _ranked(
    pairs: Iterable[tuple[Profile, Profile, str]], crosswalk: Crosswalk, weights: Weights, top: int | None
) -> list[Candidate]:
    if top is not None and top < 1:
        raise ValueError("top must be at least 1")
    scored: list[tuple[float, str, Profile, Profile, Assessment]] = []
    for need, offer, reference in pairs:
        found = assess(need, offer, crosswalk=crosswalk, weights=weights)
        if found is not None:
            scored.append((-found.score, reference, need, offer, found))
    best = sorted(scored, key=_order) if top is None else heapq.nsmallest(top, scored, key=_order)
    return [
        _candidate(place, need, offer, found, crosswalk, weights)
        for place, (_, _, need, offer, found) in enumerate(best, start=1)
    ]


def _order(row: tuple[float, str, Profile, Profile, Assessment]) -> tuple[float, str]:
    return row[0], row[1]


def _candidate(
    place: int, need: Profile, offer: Profile, found: Assessment, crosswalk: Crosswalk, weights: Weights
) -> Candidate:
    hints = {
        own.party: best_hint(own, other, found, crosswalk=crosswalk, weights=weights)
        for own, other in ((need, offer), (offer, need))
    }
    return Candidate(
        need=need.reference,
        offer=offer.reference,
        rank=place,
        score=found.score,
        verdict=found.verdict,
        reasons=reasons(need, found, weights),
        hint_for_school=hints[Party.SCHOOL],
        hint_for_municipality=hints[Party.MUNICIPALITY],
        weights_version=weights.version,
    )
