"""What a proposal is based on: kept when it is made, so that the same numbers can be computed again at any time."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import joinedload

from matchmaker.catalogue.queries import crosswalk_at, weights_at
from matchmaker.database import db
from matchmaker.engine.kept import profile_as_json, profile_from_json
from matchmaker.engine.profiles import Profile
from matchmaker.engine.ranking import Candidate, explain
from matchmaker.matches.models import Match, ProfileSnapshot, ProposalBasis
from matchmaker.vocabulary import Party

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that did not come out as it was stored; `name` is score, reasons or hints."""

    match_id: int
    name: str
    stored: Any
    computed: Any


def numbers_of(candidate: Candidate) -> dict[str, Any]:
    """What is stored of a candidate: the score, and reasons and hints as plain JSON."""
    hints = ((Party.SCHOOL, candidate.hint_for_school), (Party.MUNICIPALITY, candidate.hint_for_municipality))
    return {
        "score": candidate.score,
        "reasons": [reason.as_json() for reason in candidate.reasons],
        "hints": {party.value: hint.as_json() for party, hint in hints if hint is not None},
    }


def keep_bases(seen: Sequence[tuple[Match, Profile, Profile]]) -> None:
    """Keep what the engine saw of need and offer with each of these matches. A state that is kept already is shared."""
    snapshots = _snapshots([profile for _, need, offer in seen for profile in (need, offer)])
    for match, need, offer in seen:
        values = {
            "need_snapshot": snapshots[_digest(need)],
            "offer_snapshot": snapshots[_digest(offer)],
            "need_load": need.desk_load,
            "offer_load": offer.desk_load,
        }
        if match.basis is None:
            match.basis = ProposalBasis(**values)
        else:
            for name, value in values.items():
                setattr(match.basis, name, value)


def take_over_basis(match: Match, other: Match) -> None:
    """Give a match the basis of the proposal whose numbers it takes over."""
    basis = other.basis
    if basis is None:
        return
    match.basis = ProposalBasis(
        need_snapshot_id=basis.need_snapshot_id,
        offer_snapshot_id=basis.offer_snapshot_id,
        need_load=basis.need_load,
        offer_load=basis.offer_load,
    )


def kept_proposals(*conditions: ColumnElement[bool]) -> Iterator[Match]:
    """Every match with a score that meets the conditions, with its basis where it has one, by number."""
    last = 0
    while True:
        query = (
            select(Match)
            .where(Match.id > last, Match.score.is_not(None), *conditions)
            .order_by(Match.id)
            .limit(AT_ONCE)
            .options(
                joinedload(Match.basis).joinedload(ProposalBasis.need_snapshot),
                joinedload(Match.basis).joinedload(ProposalBasis.offer_snapshot),
            )
        )
        some = db.session.scalars(query).all()
        if not some:
            return
        yield from some
        last = some[-1].id


class Recomputing:
    """Computes proposals again, each by the versions it was made with; a version is read once."""

    def __init__(self) -> None:
        self._weights, self._crosswalk = cache(weights_at), cache(crosswalk_at)

    def differences(self, match: Match) -> list[Difference]:
        """What comes out otherwise than it is stored; empty when all numbers are the same.

        The match must have a basis. Raises NotFound when a version it names is gone.
        """
        assert match.basis is not None
        need = profile_from_json(match.basis.need_snapshot.values, desk_load=match.basis.need_load)
        offer = profile_from_json(match.basis.offer_snapshot.values, desk_load=match.basis.offer_load)
        found = explain(
            need,
            offer,
            crosswalk=self._crosswalk(match.crosswalk_version),
            weights=self._weights(match.weights_version),
        )
        computed = json.loads(json.dumps(numbers_of(found))) if found else {"score": None, "reasons": [], "hints": {}}
        return [
            Difference(match.id, name, getattr(match, name), value)
            for name, value in computed.items()
            if getattr(match, name) != value
        ]


def forget_unused_snapshots() -> int:
    """Remove states no proposal is based on any more; returns how many."""
    used = select(ProposalBasis.need_snapshot_id).union(select(ProposalBasis.offer_snapshot_id))
    return db.session.execute(delete(ProfileSnapshot).where(ProfileSnapshot.id.not_in(used))).rowcount


def _snapshots(profiles: Iterable[Profile]) -> dict[str, ProfileSnapshot]:
    """The kept state of each profile by its digest, made where it is new."""
    wanted = {_digest(profile): profile for profile in profiles}
    rows = db.session.scalars(select(ProfileSnapshot).where(ProfileSnapshot.digest.in_(wanted)))
    known = {row.digest: row for row in rows}
    for digest in sorted(wanted.keys() - known.keys()):
        known[digest] = ProfileSnapshot(digest=digest, values=profile_as_json(wanted[digest]))
        db.session.add(known[digest])
    return known


def _digest(profile: Profile) -> str:
    text = json.dumps(profile_as_json(profile), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
