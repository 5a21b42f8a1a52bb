"""One function per criterion, each giving score (0..100) and reason together, and which criteria a kind is judged on.

All are pure functions of the two postings. Higher is better. What a side has not said scores 50, with a reason that
says what is missing.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from matchmaker.dutch.stopwords import POSTING_WORDS
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import NEUTRAL, Criterion, Finding, whole
from matchmaker.engine.profiles import KindGroup, Profile, group_of
from matchmaker.engine.subject import subject
from matchmaker.engine.timing import period, sessions
from matchmaker.engine.travel import distance
from matchmaker.vocabulary import SESSION_KINDS, Kind, Level, Party

FULL_LIKENESS = 0.4
"""Cosine of two postings about the same thing in different words; from here on the text scores 100."""

MOST_WORDS = 3
POINTS_PER_HOUR = 10
QUIET_DESK = 5.0
FULL_DESK = 25.0

APPLIES: Mapping[KindGroup, tuple[Criterion, ...]] = {
    group: tuple(each for each in Criterion if each is not Criterion.HOURS or group is KindGroup.PLACES)
    for group in KindGroup
}
"""Hours per week are asked of places alone; for the rest the criterion is left out and the others share its weight."""


def text(need: Profile, offer: Profile) -> Finding:
    """Likeness of the words: 100 x cosine of the two bags of terms / 0.4, at most 100.

    The heaviest three are named; a word nearly every posting has only when there is no other.
    """
    if not need.terms_length or not offer.terms_length:
        return Finding(Criterion.TEXT, NEUTRAL, "text.unknown", {})
    shared = need.terms.keys() & offer.terms.keys()
    if not shared:
        return Finding(Criterion.TEXT, 0, "text.none", {})
    products = {stem: need.terms[stem] * offer.terms[stem] for stem in shared}
    cosine = sum(products.values()) / (need.terms_length * offer.terms_length)
    shown: list[str] = []
    for _, stem in sorted([(-products[stem], stem) for stem in shared - POSTING_WORDS or shared]):
        word = need.written_as.get(stem) or offer.written_as.get(stem) or stem
        if not shown or not any(word.casefold() in longer.casefold() for longer in shown):
            shown.append(word)
            if len(shown) == MOST_WORDS:
                break
    return Finding(Criterion.TEXT, whole(100 * cosine / FULL_LIKENESS), "text.shared", {"words": [*shown]})


def level(need: Profile, offer: Profile) -> Finding:
    """100 when the offer takes all levels of the need, else 50 plus half the share it takes. No levels means all."""
    return _level(chosen_levels(need), chosen_levels(offer))


@lru_cache(maxsize=10_000)
def _level(asked: frozenset[Level], taken: frozenset[Level]) -> Finding:
    if not asked or not taken:
        return Finding(Criterion.LEVEL, 100, "level.open_to_all", {})
    shared = asked & taken
    values = {"levels": [str(each) for each in Level if each in shared]}
    if shared == asked:
        return Finding(Criterion.LEVEL, 100, "level.all", {**values})
    missing = [str(each) for each in Level if each in asked - taken]
    score = whole(50 + 50 * len(shared) / len(asked))
    return Finding(Criterion.LEVEL, score, "level.part", {**values, "missing": missing})


def chosen_levels(profile: Profile) -> frozenset[Level]:
    """The levels as a choice: naming every level is no choice but "all", the empty set."""
    return frozenset() if len(profile.levels) == len(Level) else profile.levels


def hours(need: Profile, offer: Profile) -> Finding:
    """100 when the ranges touch, 10 points less for each hour a week between them."""
    if need.hours is None or offer.hours is None:
        missing = "both" if need.hours == offer.hours else "need" if need.hours is None else "offer"
        return Finding(Criterion.HOURS, NEUTRAL, "hours.unknown", {"missing": missing})
    least = max(need.hours.least, offer.hours.least)
    most = min(need.hours.most, offer.hours.most)
    if least <= most:
        return Finding(Criterion.HOURS, 100, "hours.fit", {"least": least, "most": most})
    gap = least - most
    code = "hours.offer_more" if offer.hours.least > need.hours.most else "hours.offer_less"
    return Finding(Criterion.HOURS, whole(100 - POINTS_PER_HOUR * gap), code, {"gap": gap})


def capacity(need: Profile, offer: Profile) -> Finding:
    """The share of what is sought that the offer still has: 100 x free / sought, at most 100."""
    return _capacity(offer.capacity_left, max(1, need.capacity_left or 1))


@lru_cache(maxsize=10_000)
def _capacity(left: int | None, sought: int) -> Finding:
    if left is None:
        return Finding(Criterion.CAPACITY, NEUTRAL, "capacity.unknown", {})
    code = "capacity.enough" if left >= sought else "capacity.part"
    return Finding(Criterion.CAPACITY, whole(100 * left / sought), code, {"left": left, "sought": sought})


def desk(need: Profile, offer: Profile) -> Finding:
    """The desk of the municipality: 100 up to 5 open items per officer, then evenly down to 0 at 25."""
    return _desk((need if need.party is Party.MUNICIPALITY else offer).desk_load)


@lru_cache(maxsize=10_000)
def _desk(load: float | None) -> Finding:
    score = desk_points(load)
    if load is None:
        return Finding(Criterion.DESK, score, "desk.unknown", {})
    code = "desk.quiet" if load <= QUIET_DESK else "desk.busy" if load < FULL_DESK else "desk.full"
    return Finding(Criterion.DESK, score, code, {"items": round(load)})


@lru_cache(maxsize=10_000)
def desk_points(load: float | None) -> int:
    """Points (0..100) for open items per officer; None is not known."""
    if load is None:
        return NEUTRAL
    return whole(100 * (FULL_DESK - max(load, QUIET_DESK)) / (FULL_DESK - QUIET_DESK))


_RULES: Mapping[Criterion, Callable[[Profile, Profile], Finding]] = {
    Criterion.TEXT: text,
    Criterion.LEVEL: level,
    Criterion.PERIOD: period,
    Criterion.HOURS: hours,
    Criterion.DISTANCE: distance,
    Criterion.CAPACITY: capacity,
    Criterion.DESK: desk,
}
_BESIDE_SUBJECT: Mapping[Kind, tuple[Callable[[Profile, Profile], Finding], ...]] = {
    kind: tuple(
        sessions if each is Criterion.PERIOD and kind in SESSION_KINDS else _RULES[each]
        for each in APPLIES[group_of(kind)]
        if each is not Criterion.SUBJECT
    )
    for kind in Kind
}


def findings(need: Profile, offer: Profile, crosswalk: Crosswalk) -> list[Finding]:
    """What every criterion that applies to the kind says, in fixed order: subject first."""
    return [subject(need, offer, crosswalk), *[rule(need, offer) for rule in _BESIDE_SUBJECT[need.kind]]]


def find(criterion: Criterion, need: Profile, offer: Profile, crosswalk: Crosswalk) -> Finding:
    """What one criterion says of a pair."""
    if criterion is Criterion.SUBJECT:
        return subject(need, offer, crosswalk)
    if criterion is Criterion.PERIOD and need.kind in SESSION_KINDS:
        return sessions(need, offer)
    return _RULES[criterion](need, offer)
