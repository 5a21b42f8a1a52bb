"""The pairs a round chose become proposals, a piece at a time: what all of them need is read once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.catalogue.actions import ensure_first_versions
from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.database import db
from matchmaker.engine.assessment import Verdict
from matchmaker.engine.profiles import Profile
from matchmaker.engine.ranking import Candidate, explain
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.matches.bases import keep_bases
from matchmaker.matches.letters import tell
from matchmaker.matches.models import Match
from matchmaker.matches.profiles_from import postings_by_number, read_profile
from matchmaker.matches.proposing import LEAST_SCORE, explain_proposal, new_match
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.readers import stand_in
from matchmaker.matches.states import Action, State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Party

Pair = tuple[int, int]
"""Numbers of a need and an offer."""


class Explained(NamedTuple):
    """A pair that can be proposed now, with what the engine saw of both and what it makes of them."""

    need: Need
    offer: Offer
    seen: tuple[Profile, Profile]
    candidate: Candidate


def propose_pairs(pairs: Sequence[Pair], *, round_id: int) -> int:
    """Store the pairs of a round with their reasons and what those rest on; returns how many stand as a proposal.

    Left out is what happened since makes pointless: a posting that closed, a score that fell, a pair that is more than
    a proposal already. A pair that was proposed before stays the same proposal. The owner of an offer gets a letter
    when the proposal is new and fits well.
    """
    ensure_first_versions()
    crosswalk_version, _ = current_crosswalk()
    known = _standing(pairs)
    proposed: list[tuple[Match, Explained]] = []
    based: list[tuple[Match, Profile, Profile]] = []
    fresh: list[tuple[Match, Explained]] = []
    for each in _explained(pairs):
        match = known.get((each.need.id, each.offer.id))
        if match is not None and match.state is not State.PROPOSED:
            continue
        if match is None:
            match = new_match(each.need, each.offer)
            db.session.add(match)
            fresh.append((match, each))
        if explain_proposal(match, each.candidate, crosswalk_version):
            based.append((match, *each.seen))
        match.move(Action.PROPOSE, by=None, as_party=Party.SYSTEM, score=each.candidate.score, round=round_id)
        proposed.append((match, each))
    keep_bases(based)
    db.session.flush()
    _tell_owners(fresh)
    return len(proposed)


def _explained(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """The pairs that are still open and fit, in their order."""
    numbers = {number for pair in pairs for number in pair}
    loads, weights, (_, crosswalk) = desk_loads(), current_weights(), current_crosswalk()
    profiles = {each.id: read_profile(each, desk_loads=loads) for each in postings_by_number(numbers, with_text=True)}
    listings = _open_listings(numbers)
    for need_id, offer_id in pairs:
        need, offer = listings.get(need_id), listings.get(offer_id)
        if not (isinstance(need, Need) and isinstance(offer, Offer)):
            continue
        seen = (profiles[need_id], profiles[offer_id])
        candidate = explain(*seen, crosswalk=crosswalk, weights=weights)
        if candidate is not None and candidate.score >= LEAST_SCORE:
            yield Explained(need, offer, seen, candidate)


def _open_listings(numbers: set[int]) -> dict[int, Listing]:
    query = (
        select(Listing)
        .where(Listing.id.in_(numbers), Listing.is_open)
        .options(joinedload(Listing.organisation).joinedload(Organisation.desk), joinedload(Listing.owner))
    )
    return {each.id: each for each in db.session.scalars(query)}


def _standing(pairs: Sequence[Pair]) -> dict[tuple[int, int | None], Match]:
    query = (
        select(Match)
        .where(Match.need_id.in_({need for need, _ in pairs}), Match.offer_id.in_({offer for _, offer in pairs}))
        .options(joinedload(Match.basis))
    )
    return {(match.need_id, match.offer_id): match for match in db.session.scalars(query)}


def _tell_owners(fresh: Sequence[tuple[Match, Explained]]) -> None:
    for match, (need, offer, _, candidate) in fresh:
        if candidate.verdict is Verdict.GOOD and offer.owner is not None:
            titles = {"own_title": offer.title, "new_title": need.title}
            tell("match_proposed", match, [stand_in(offer.owner)], score=candidate.score, **titles)
