"""What must hold for every pair of postings, tried on generated ones."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.engine.assessment import assess
from matchmaker.engine.criteria import APPLIES, chosen_levels
from matchmaker.engine.findings import Criterion
from matchmaker.engine.hints import AFFECTS, changed, changes
from matchmaker.engine.profiles import Hours, KindGroup, Period, Profile, Sessions
from matchmaker.engine.ranking import rank, rank_needs
from matchmaker.engine.travel import can_be_online, kilometres
from matchmaker.engine.weights import DEFAULT_WEIGHTS
from matchmaker.vocabulary import Kind, Side
from tests.engine.generated import CROSSWALK, needs_with_offers


def more_hours(offer: Profile, need: Profile) -> Profile:
    return replace(offer, hours=Hours(max(0, offer.hours.least - 4), offer.hours.most + 4) if offer.hours else None)


def longer(offer: Profile, need: Profile) -> Profile:
    asked = offer.period
    if not (asked.start and asked.end):
        return offer
    return replace(
        offer, period=Period(asked.start - dt.timedelta(days=30), asked.end + dt.timedelta(days=30), asked.weeks)
    )


def same_days(offer: Profile, need: Profile) -> Profile:
    return replace(offer, sessions=Sessions(offer.sessions.dated | need.sessions.dated, offer.sessions.weekly))


IMPROVEMENTS: tuple[tuple[Criterion, Callable[[Profile, Profile], Profile]], ...] = (
    (Criterion.SUBJECT, lambda offer, need: replace(offer, work_fields=offer.work_fields | need.work_fields)),
    (Criterion.TEXT, lambda offer, need: replace(offer, terms=dict(need.terms)) if need.terms else offer),
    (Criterion.LEVEL, lambda offer, need: replace(offer, levels=frozenset())),
    (Criterion.PERIOD, longer),
    (Criterion.PERIOD, same_days),
    (Criterion.HOURS, more_hours),
    (Criterion.DISTANCE, lambda offer, need: replace(offer, location=need.location) if need.location else offer),
    (
        Criterion.CAPACITY,
        lambda offer, need: replace(offer, capacity_left=offer.capacity_left and offer.capacity_left + 1),
    ),
    (Criterion.DESK, lambda offer, need: replace(offer, desk_load=offer.desk_load and offer.desk_load / 2)),
)


@pytest.mark.parametrize("number", range(len(IMPROVEMENTS)))
@settings(max_examples=60, deadline=None)
@given(needs_with_offers)
def test_improving_a_criterion_never_lowers_the_rank(number: int, given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    criterion, improve = IMPROVEMENTS[number]
    better = improve(offers[0], need)
    before = {each.offer: each for each in rank(need, offers, crosswalk=CROSSWALK)}
    after = {each.offer: each for each in rank(need, [better, *offers[1:]], crosswalk=CROSSWALK)}
    was = before.get(offers[0].reference)
    if was is None:
        return
    now = after[offers[0].reference]
    scores = [{each.criterion: each.score for each in found.reasons}.get(criterion, 0) for found in (was, now)]
    assert scores[0] <= scores[1]
    assert now.rank <= was.rank


def test_an_offer_that_lasts_longer_suits_a_need_open_at_an_end_no_less() -> None:
    need = Profile("n", Kind.WORK, Side.NEED, period=Period(end=dt.date(2027, 1, 1)))
    short = Profile("o", Kind.WORK, Side.OFFER, period=Period(dt.date(2027, 1, 1), dt.date(2027, 1, 1)))
    scores = [
        next(each.score for each in found.reasons if each.criterion is Criterion.PERIOD)
        for offer in (short, longer(short, need))
        for found in rank(need, [offer], crosswalk=CROSSWALK)
    ]
    assert scores == [100, 100]


@given(st.data())
def test_a_higher_score_on_a_criterion_never_lowers_the_total(data: st.DataObject) -> None:
    group = data.draw(st.sampled_from(KindGroup))
    scores = {each: data.draw(st.integers(0, 100)) for each in APPLIES[group]}
    raised = data.draw(st.sampled_from(APPLIES[group]))
    higher = {**scores, raised: data.draw(st.integers(scores[raised], 100))}
    assert DEFAULT_WEIGHTS.total(group, scores) <= DEFAULT_WEIGHTS.total(group, higher)


@settings(deadline=None)
@given(needs_with_offers, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(given_pool: tuple[Profile, list[Profile]], random) -> None:
    need, offers = given_pool
    mixed = random.sample(offers, len(offers))
    assert rank(need, mixed, crosswalk=CROSSWALK) == rank(need, offers, crosswalk=CROSSWALK)


@settings(deadline=None)
@given(needs_with_offers)
def test_an_empty_study_field_equals_all(given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    everything = CROSSWALK.study_fields
    for side_open, side_all in (
        (
            rank(replace(need, study_fields=frozenset()), offers, crosswalk=CROSSWALK),
            rank(replace(need, study_fields=everything), offers, crosswalk=CROSSWALK),
        ),
        (
            rank_needs(replace(offers[0], study_fields=frozenset()), [need], crosswalk=CROSSWALK),
            rank_needs(replace(offers[0], study_fields=everything), [need], crosswalk=CROSSWALK),
        ),
    ):
        assert [(each.offer, each.score, each.reasons) for each in side_open] == [
            (each.offer, each.score, each.reasons) for each in side_all
        ]


@settings(deadline=None)
@given(needs_with_offers)
def test_a_hard_requirement_is_never_crossed(given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    by_reference = {offer.reference: offer for offer in offers}
    for candidate in rank(need, offers, crosswalk=CROSSWALK):
        offer = by_reference[candidate.offer]
        assert need.kind is offer.kind
        assert need.capacity_left != 0
        assert offer.capacity_left != 0
        assert not (chosen_levels(need) and chosen_levels(offer)) or need.levels & offer.levels
        assert not (need.languages and offer.languages) or need.languages & offer.languages
        limit = min(limit for limit in (need.max_distance_km, offer.max_distance_km, 10**6) if limit is not None)
        if need.location and offer.location and not can_be_online(need, offer):
            assert kilometres(need.location, offer.location) <= limit


@settings(max_examples=200, deadline=None)
@given(needs_with_offers)
def test_the_score_of_a_hint_is_that_of_the_changed_posting(given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    by_reference = {offer.reference: offer for offer in offers}
    for candidate in rank(need, offers, crosswalk=CROSSWALK):
        offer = by_reference[candidate.offer]
        for own, other in ((need, offer), (offer, need)):
            hint = candidate.hint_for(own.party)
            if hint is None:
                continue
            new = changed(own, hint.code, hint.values)
            pair = (new, other) if own.side is Side.NEED else (other, new)
            again = assess(*pair, crosswalk=CROSSWALK, weights=DEFAULT_WEIGHTS)
            assert again is not None
            assert again.score == hint.score
            assert hint.score >= candidate.score + 1
            assert new.reference == own.reference


@settings(max_examples=100, deadline=None)
@given(needs_with_offers)
def test_no_single_change_raises_a_score_more_than_the_hint(given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    by_reference = {offer.reference: offer for offer in offers}
    for candidate in rank(need, offers, crosswalk=CROSSWALK):
        offer = by_reference[candidate.offer]
        for own, other in ((need, offer), (offer, need)):
            hint = candidate.hint_for(own.party)
            best = hint.score if hint else candidate.score + 0.9
            for code, values in changes(own, other):
                new = changed(own, code, values)
                after = assess(
                    *((new, other) if own.side is Side.NEED else (other, new)),
                    crosswalk=CROSSWALK,
                    weights=DEFAULT_WEIGHTS,
                )
                assert after is None or after.score <= best
                before = {each.criterion: each.score for each in candidate.reasons}
                moved = (
                    {each.criterion for each in after.findings if each.score != before[each.criterion]}
                    if after
                    else set()
                )
                assert moved <= {AFFECTS[code]}


@settings(deadline=None)
@given(needs_with_offers)
def test_scores_stay_within_0_and_100_and_shares_are_whole(given_pool: tuple[Profile, list[Profile]]) -> None:
    need, offers = given_pool
    for candidate in rank(need, offers, crosswalk=CROSSWALK):
        assert 0 <= candidate.score <= 100
        assert all(0 <= each.score <= 100 for each in candidate.reasons)
        assert round(sum(each.weight for each in candidate.reasons), 3) == 1
