"""Hard requirements: what makes a pair impossible, and why."""

import math
from dataclasses import dataclass

from matchmaker.engine.criteria import chosen_levels
from matchmaker.engine.findings import Values
from matchmaker.engine.profiles import Profile
from matchmaker.engine.travel import can_be_online, kilometres
from matchmaker.vocabulary import Level, Side

MBO_LEVELS = frozenset({Level.MBO1, Level.MBO2, Level.MBO3, Level.MBO4})


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a pair is never proposed: a stable code and the values of its sentence."""

    code: str
    values: Values


def excluded(need: Profile, offer: Profile) -> Exclusion | None:
    """The first hard requirement the pair does not meet, or None. An empty set means all and excludes nothing.

    Raises ValueError when the profiles do not stand on opposite sides.
    """
    if need.side is not Side.NEED or offer.side is not Side.OFFER:
        raise ValueError("compare a need with an offer, in this order")
    if need.kind is not offer.kind:
        return Exclusion("hard.kind", {"need": str(need.kind), "offer": str(offer.kind)})
    if (offer.capacity_left is not None and offer.capacity_left <= 0) or (
        need.capacity_left is not None and need.capacity_left <= 0
    ):
        full = "offer" if offer.capacity_left is not None and offer.capacity_left <= 0 else "need"
        return Exclusion("hard.capacity", {"full": full})
    asked, taken = chosen_levels(need), chosen_levels(offer)
    if asked and taken and not asked & taken:
        return Exclusion("hard.level", {"levels": [str(each) for each in Level if each in asked]})
    if _tracks_clash(need, offer):
        return Exclusion("hard.track", {"tracks": sorted(map(str, need.tracks))})
    if need.languages and offer.languages and not need.languages & offer.languages:
        return Exclusion("hard.language", {"languages": sorted(need.languages)})
    return _too_far(need, offer)


def _tracks_clash(need: Profile, offer: Profile) -> bool:
    """Bol or bbl says something of mbo alone, so it excludes only where every level both can mean is mbo."""
    if not need.tracks or not offer.tracks or need.tracks & offer.tracks:
        return False
    asked, taken = chosen_levels(need), chosen_levels(offer)
    shared = asked & taken if asked and taken else asked or taken
    return bool(shared) and shared <= MBO_LEVELS


def _too_far(need: Profile, offer: Profile) -> Exclusion | None:
    """A greatest distance binds only where one side insists on meeting in person and both places are known."""
    limits = [limit for limit in (need.max_distance_km, offer.max_distance_km) if limit is not None]
    if not limits or can_be_online(need, offer) or need.location is None or offer.location is None:
        return None
    far = kilometres(need.location, offer.location)
    if far <= min(limits):
        return None
    return Exclusion("hard.distance", {"km": math.floor(far + 0.5), "most": math.floor(min(limits) + 0.5)})
