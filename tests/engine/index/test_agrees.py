"""The index in columns and the rules in Python say the same of every pair: no winner is lost, no score differs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.index import Entry, Index
from matchmaker.engine.likeness import points_of_likeness
from matchmaker.engine.profiles import KindGroup, Profile, Sessions
from matchmaker.engine.ranking import rank, rank_needs
from matchmaker.engine.weights import Weights
from matchmaker.vocabulary import SESSION_KINDS, Kind, Party, Side
from tests.engine.generated import CROSSWALK, KINDS, profiles

TODAY = dt.date(2027, 1, 1)


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    """Any whole points, also none for a criterion that holds a hard requirement."""
    by_group = {
        group: MappingProxyType(
            {each: draw(st.sampled_from((0, 1, 3, 10, 35, 1000))) for each in APPLIES[group]} | {APPLIES[group][0]: 7}
        )
        for group in KindGroup
    }
    return Weights("generated", by_group)


def pools(kind: Kind, side: Side, most: int = 25) -> st.SearchStrategy[list[Profile]]:
    return st.lists(profiles(side, (kind,)), min_size=1, max_size=most, unique_by=lambda each: each.reference)


asked = st.sampled_from(KINDS).flatmap(
    lambda kind: st.sampled_from(tuple(Side)).flatmap(
        lambda side: st.tuples(
            profiles(side, (kind,)), pools(kind, Side.OFFER if side is Side.NEED else Side.NEED), weights()
        )
    )
)


def filled(pool: list[Profile], loads: Mapping[int, float | None]) -> Index:
    index = Index(pool[0].kind, pool[0].side)
    index.put(
        Entry(number, each, owner=number, desk=None if loads[number] is None else number)
        for number, each in enumerate(pool)
    )
    return index


def best_by_index(own: Profile, pool: list[Profile], weighed: Weights, top: int) -> list[tuple[str, float]]:
    loads = {number: each.desk_load for number, each in enumerate(pool)}
    hits = filled(pool, loads).best(
        own,
        owner=None,
        today=TODAY,
        desk_loads={number: load for number, load in loads.items() if load is not None},
        crosswalk=CROSSWALK,
        weights=weighed,
        top=top,
    )
    return [(hit.reference, hit.score) for hit in hits]


def best_by_rule(own: Profile, pool: list[Profile], weighed: Weights, top: int) -> list[tuple[str, float]]:
    if own.side is Side.NEED:
        found = rank(own, pool, crosswalk=CROSSWALK, weights=weighed, top=top)
        return [(each.offer, each.score) for each in found]
    return [(each.need, each.score) for each in rank_needs(own, pool, crosswalk=CROSSWALK, weights=weighed, top=top)]


@settings(max_examples=200, deadline=None)
@given(asked, st.integers(1, 100), st.integers(1, 5))
def test_the_index_finds_what_is_most_alike_with_the_points_of_the_rule(
    question: tuple[Profile, list[Profile], Weights], least: int, top: int
) -> None:
    own, pool, _ = question
    others = [(number, each) for number, each in enumerate(pool) if number != 3 and own.work_fields & each.work_fields]
    compared = sorted((-points_of_likeness(own, each), each.reference, number) for number, each in others)
    expected = [(-minus, name, number) for minus, name, number in compared if -minus >= least][:top]
    index = filled(pool, dict.fromkeys(range(len(pool))))
    assert index.alike(own, owner=3, today=TODAY, least=least, top=top) == expected


@settings(max_examples=300, deadline=None)
@given(asked, st.integers(1, 30))
def test_the_index_puts_the_same_postings_first_with_the_same_scores(
    question: tuple[Profile, list[Profile], Weights], top: int
) -> None:
    own, pool, weighed = question
    assert best_by_index(own, pool, weighed, top) == best_by_rule(own, pool, weighed, top)


@settings(max_examples=60, deadline=None)
@given(asked, st.randoms(use_true_random=False))
def test_what_was_taken_out_or_put_in_anew_leaves_no_trace(
    question: tuple[Profile, list[Profile], Weights], chance: object
) -> None:
    own, pool, weighed = question
    changed = [replace(each, capacity_left=3) for each in pool[::2]]
    loads: dict[int, float | None] = dict.fromkeys(range(len(pool)))
    index = filled(pool, loads)
    index.put(Entry(2 * number, each, owner=number) for number, each in enumerate(changed))
    index.drop(range(1, len(pool), 2))
    found = index.best(own, owner=None, today=TODAY, desk_loads={}, crosswalk=CROSSWALK, weights=weighed, top=len(pool))
    without = [each if each.party is Party.SCHOOL else replace(each, desk_load=None) for each in changed]
    ranked = best_by_rule(own, without, weighed, len(pool))
    assert [(hit.reference, hit.score) for hit in found] == ranked
    assert len(index) == len(changed)


@settings(max_examples=100, deadline=None)
@given(asked)
def test_a_posting_is_read_back_as_it_was_put_in(question: tuple[Profile, list[Profile], Weights]) -> None:
    _, pool, _ = question
    loads = {number: each.desk_load for number, each in enumerate(pool)}
    index = filled(pool, loads)
    known = {number: load for number, load in loads.items() if load is not None}
    for number, each in enumerate(pool):
        read = index.profile(number, desk_loads=known)
        kept = each if each.kind in SESSION_KINDS else replace(each, sessions=Sessions())
        assert read == (kept if each.party is Party.MUNICIPALITY else replace(kept, desk_load=read.desk_load))
