"""Offers for a student, best first, with the reasons for this student. Offers are ranked; people never are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.engine.profiles import Hours, Period, Place, Profile
from matchmaker.engine.ranking import Candidate, rank
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import listings_by_reference
from matchmaker.matches.profiles_from import postings_by_number, read_profile
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.warm import best_counterparts
from matchmaker.reference import distance_km
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import PLACE_KINDS, Kind, Side

MOST_FOUND = 40
MOST_INSTEAD = 3
KINDS = tuple(sorted(PLACE_KINDS))


@dataclass(frozen=True, slots=True)
class Found:
    """An open offer and why it fits this student."""

    listing: Listing
    why: Candidate


def offers_for(profile: StudentProfile, *, kinds: Iterable[Kind] = KINDS, top: int = MOST_FOUND) -> list[Found]:
    """The open offers of these kinds that fit the wishes best; equal scores fall to the reference. Writes nothing."""
    loads, weights = desk_loads(), current_weights()
    _, crosswalk = current_crosswalk()
    wishes = {kind: wishes_of(profile, kind) for kind in kinds}
    numbers: set[int] = set()
    for wish in wishes.values():
        numbers |= best_counterparts(wish, owner=None, desk_loads=loads, crosswalk=crosswalk, weights=weights, top=top)
    of_kind: dict[Kind, list[Profile]] = {}
    for posting in postings_by_number(numbers, *_open(), with_text=True):
        read = read_profile(posting, desk_loads=loads)
        of_kind.setdefault(read.kind, []).append(read)
    ranked = [
        candidate
        for kind, offers in of_kind.items()
        for candidate in rank(wishes[kind], offers, crosswalk=crosswalk, weights=weights, top=top)
    ]
    best = sorted(ranked, key=lambda each: (-each.score, each.offer))[:top]
    listings = listings_by_reference(each.offer for each in best)
    return [Found(listings[each.offer], each) for each in best]


def why_it_fits(profile: StudentProfile, offer: Listing) -> Candidate | None:
    """The reasons of one offer for this student; None when a hard requirement is not met."""
    loads, weights = desk_loads(), current_weights()
    _, crosswalk = current_crosswalk()
    offers = [read_profile(each, desk_loads=loads) for each in postings_by_number([offer.id], *_open(), with_text=True)]
    found = rank(wishes_of(profile, offer.kind), offers, crosswalk=crosswalk, weights=weights)
    return found[0] if found else None


def instead_of(profile: StudentProfile, lost: Listing) -> list[Found]:
    """When a place is gone: of what fits the student best and is of the same kind, what is nearest to it."""
    fitting = [each for each in offers_for(profile, kinds=[lost.kind], top=20) if each.listing.id != lost.id]
    return sorted(fitting, key=lambda each: (_km(each.listing, lost), each.why.rank))[:MOST_INSTEAD]


def wishes_of(profile: StudentProfile, kind: Kind) -> Profile:
    """What a student looks for, as the engine compares it: a need of one place."""
    hours = _hours(profile.hours_min, profile.hours_max)
    at_home = profile.latitude is not None and profile.longitude is not None
    return Profile(
        reference="wishes",
        kind=kind,
        side=Side.NEED,
        levels=frozenset([profile.level] if profile.level else []),
        study_fields=frozenset([profile.programme.isced] if profile.programme and profile.programme.isced else []),
        work_fields=frozenset(profile.work_fields),
        hours=hours,
        period=Period(profile.starts_on, profile.ends_on, None),
        location=Place(profile.latitude, profile.longitude) if at_home else None,  # type: ignore[arg-type]
        max_distance_km=profile.max_distance_km,
    )


def _hours(least: int | None, most: int | None) -> Hours | None:
    if least is None and most is None:
        return None
    return Hours(most if least is None else least, least if most is None else most)  # type: ignore[arg-type]


def _open() -> Sequence[object]:
    return Listing.side == Side.OFFER, Listing.is_open, Listing.organisation_id.is_not(None)


def _km(one: Listing, other: Listing) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return float("inf")
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
