"""The engine proposes: stored with reasons, hints and the versions they came from."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.catalogue.actions import ensure_first_versions
from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.database import db
from matchmaker.engine.assessment import Verdict, verdict_of
from matchmaker.engine.profiles import Profile
from matchmaker.engine.ranking import Candidate, rank, rank_needs
from matchmaker.errors import InvalidValue
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.listings.queries import counterparts, listings_by_reference
from matchmaker.matches.bases import keep_bases, numbers_of, take_over_basis
from matchmaker.matches.finding_desks import desk_for
from matchmaker.matches.letters import tell
from matchmaker.matches.models import Match
from matchmaker.matches.profiles_from import postings_by_number, profile_from, read_profile
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.readers import stand_in
from matchmaker.matches.states import Action, State
from matchmaker.matches.warm import best_counterparts
from matchmaker.vocabulary import Kind, Party, Side

MOST_PROPOSALS = 20
LEAST_SCORE = 40.0
"""Below this a proposal costs both sides more time than it brings."""

MOST_LETTERS = 3


def propose_for(listing: Listing, *, by: Account | None = None) -> list[Match]:
    """Store the best counterparts of a published listing, best first; returns all that stand as a proposal now.

    Running it again changes nothing, unless the listing, its counterparts or the weights did. What was refused,
    withdrawn or is already under way stays as it is. Only owners of a posting that fits well get a letter, three at
    most.
    """
    if not listing.is_open:
        return []
    ranked, profiles, others = _ranked(listing, top=MOST_PROPOSALS)
    candidates = [each for each in ranked if each.score >= LEAST_SCORE]
    known = {(match.need_id, match.offer_id): match for match in _matches_of(listing)}
    crosswalk_version, _ = current_crosswalk()
    made: list[Match] = []
    standing: list[Match] = []
    seen: list[tuple[Match, Profile, Profile]] = []
    for candidate in candidates:
        need, offer = _pair(listing, others, candidate)
        match = known.get((need.id, offer.id))
        if match is None:
            match = new_match(need, offer)
            made.append(match)
        if match.state is State.PROPOSED:
            if explain_proposal(match, candidate, crosswalk_version):
                seen.append((match, profiles[candidate.need], profiles[candidate.offer]))
            standing.append(match)
    if seen:
        ensure_first_versions()
        keep_bases(seen)
    if made:
        _store(made, listing, by=by)
    db.session.flush()
    return standing


def rank_listing(listing: Listing, *, top: int) -> tuple[list[Candidate], dict[str, Listing]]:
    """The best open counterparts of a listing, best first, and their rows by reference. Writes nothing.

    The index finds the winners among all of them; the rules themselves then explain those, from what this session sees.
    """
    found, _profiles, listings = _ranked(listing, top=top)
    return found, listings


def _ranked(listing: Listing, *, top: int) -> tuple[list[Candidate], dict[str, Profile], dict[str, Listing]]:
    """What `rank_listing` gives, and what the engine saw of each posting by its reference."""
    loads, weights = desk_loads(), current_weights()
    _, crosswalk = current_crosswalk()
    own = profile_from(listing, desk_loads=loads)
    numbers = best_counterparts(
        own, owner=listing.organisation_id, desk_loads=loads, crosswalk=crosswalk, weights=weights, top=top
    )
    winners = postings_by_number(numbers, *counterparts(listing), with_text=True)
    order = rank if listing.side is Side.NEED else rank_needs
    profiles = {each.reference: read_profile(each, desk_loads=loads) for each in winners}
    found = order(own, profiles.values(), crosswalk=crosswalk, weights=weights, top=top)
    other_side = attrgetter("offer" if listing.side is Side.NEED else "need")
    return found, {**profiles, own.reference: own}, listings_by_reference(map(other_side, found))


def absorb_proposal(match: Match, chosen: Offer) -> None:
    """Answer a question with one of the own postings: the proposal for that pair gives its reasons and disappears.

    Raises InvalidValue when need and posting already run together, or ran before.
    """
    other = db.session.scalar(select(Match).where(Match.need_id == match.need_id, Match.offer_id == chosen.id))
    if other is not None:
        if other.state is not State.PROPOSED:
            raise InvalidValue("offer", "taken")
        match.score, match.reasons, match.hints = other.score, other.reasons, other.hints
        match.weights_version, match.crosswalk_version = other.weights_version, other.crosswalk_version
        take_over_basis(match, other)
        db.session.delete(other)
        db.session.flush()
    match.offer = chosen


def new_match(need: Need, offer: Offer) -> Match:
    """For an open question the municipality has the need and the school the offer; else the reverse."""
    municipal, schools = (need, offer) if need.kind is Kind.QUESTION else (offer, need)
    municipality = municipal.organisation
    assert municipality is not None
    return Match(
        kind=need.kind,
        need=need,
        offer=offer,
        municipality=municipality,
        school=schools.organisation,
        school_contact=schools.owner,
        desk=desk_for(municipality),
        state=State.PROPOSED,
        reasons=[],
        hints={},
        basis=None,
    )


def explain_proposal(match: Match, candidate: Candidate, crosswalk_version: str) -> bool:
    """Put score, reasons and hints on a proposal; assigns only what differs, so an equal outcome writes nothing.

    True when something did, or when it is not kept what the numbers rest on: an equal outcome has an equal basis.
    """
    values: dict[str, Any] = {
        **numbers_of(candidate),
        "weights_version": candidate.weights_version,
        "crosswalk_version": crosswalk_version,
    }
    different = {name: value for name, value in values.items() if getattr(match, name) != value}
    for name, value in different.items():
        setattr(match, name, value)
    return bool(different) or match.basis is None


def _store(made: Sequence[Match], listing: Listing, *, by: Account | None) -> None:
    for match in made:
        db.session.add(match)
        match.move(Action.PROPOSE, by=None, as_party=Party.SYSTEM, score=match.score)
    db.session.flush()
    record("match.propose", about=listing, by=by, organisation=listing.organisation, proposals=len(made))
    good = [match for match in made if verdict_of(match.score or 0) is Verdict.GOOD]
    for match in good[:MOST_LETTERS]:
        other = match.offer if listing.side is Side.NEED else match.need
        if other is not None and other.owner is not None:
            titles = {"own_title": other.title, "new_title": listing.title}
            tell("match_proposed", match, [stand_in(other.owner)], score=match.score, **titles)


def _matches_of(listing: Listing) -> Sequence[Match]:
    column = Match.need_id if listing.side is Side.NEED else Match.offer_id
    query = select(Match).where(column == listing.id).order_by(Match.id).options(joinedload(Match.basis))
    return db.session.scalars(query).all()


def _pair(listing: Listing, others: dict[str, Listing], candidate: Candidate) -> tuple[Need, Offer]:
    if isinstance(listing, Need):
        other = others[candidate.offer]
        assert isinstance(other, Offer)
        return listing, other
    other = others[candidate.need]
    assert isinstance(listing, Offer) and isinstance(other, Need)
    return other, listing
