"""Best-total rounds: the sum is the greatest there is, and the prices prove it."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engine.rounds.best_total import BestTotal, assign, best_total
from matchmaker.engine.rounds.compiling import loops
from matchmaker.engine.rounds.graph import Graph, Supply
from tests.engine.rounds.markets import WAYS, Wishes, fits, greatest_total, markets


def total_of(found: BestTotal, wishes: Wishes, bonus: int) -> int:
    return sum(wishes[need][offer] + bonus for need, offer in found.assigned.items())


def crowded(needs: int, offers: int, seed: int, *, desks: int = 0) -> Graph:
    """More needs than places, and all of them wish the same few."""
    draw = random.Random(seed)
    rows = [draw.sample(range(offers), min(offers, 12)) for _ in range(needs)]
    scores = [sorted((draw.randint(600, 1000) for _ in row), reverse=True) for row in rows]
    return Graph(
        start=np.cumsum([0, *map(len, rows)], dtype=np.int64),
        offer=np.array([offer for row in rows for offer in row], np.int32),
        score=np.array([score for row in scores for score in row], np.int64),
        places=np.array([draw.randint(0, 3) for _ in range(offers)], np.int64),
        desk=np.array([draw.randrange(desks + 1) for _ in range(offers)], np.int32),
        room=np.array([draw.randint(0, 2 * offers // desks) for _ in range(desks)], np.int64),
    )


@pytest.mark.parametrize("compiled", WAYS)
@given(market=markets(), bonus=st.sampled_from([0, 1, 1000]))
def test_the_total_is_the_greatest_there_is(compiled: bool, market: tuple[Wishes, Supply], bonus: int) -> None:
    wishes, supply = market
    found = best_total(wishes, supply, bonus=bonus, tolerance=0, compiled=compiled)
    assert fits(found.assigned, supply)
    assert total_of(found, wishes, bonus) == greatest_total(wishes, supply, bonus)


@pytest.mark.parametrize("compiled", WAYS)
@given(market=markets())
def test_no_scores_outweigh_covering_one_more(compiled: bool, market: tuple[Wishes, Supply]) -> None:
    wishes, supply = market
    found = best_total(wishes, supply, tolerance=0, compiled=compiled)
    assert fits(found.assigned, supply)
    above_all = 1000 * len(wishes) + 1
    assert total_of(found, wishes, above_all) == greatest_total(wishes, supply, above_all)


@pytest.mark.parametrize("compiled", WAYS)
@given(market=markets())
def test_a_cover_adds_up_to_who_is_covered(compiled: bool, market: tuple[Wishes, Supply]) -> None:
    wishes, supply = market
    found = best_total(wishes, supply, compiled=compiled)
    cover = {part: set(names) for part, names in found.certificate["cover"].items()}
    most = len(cover["needs"]) + sum(map(supply.places.__getitem__, cover["offers"]))
    assert most + sum(map(supply.room.__getitem__, cover["desks"])) == len(found.assigned)
    for need, row in wishes.items():
        for offer in row:
            assert need in cover["needs"] or offer in cover["offers"] or supply.desk_of.get(offer) in cover["desks"]


@pytest.mark.parametrize("compiled", WAYS)
def test_a_long_chain_moves_on_so_that_one_more_is_covered(compiled: bool) -> None:
    """Everyone has a first choice worth 1000 and the next for 400; one newcomer makes the whole chain move."""
    chain = 12
    wishes = {f"V{number:02}": {f"A{number:02}": 1000, f"A{number + 1:02}": 400} for number in range(chain)}
    wishes["V99"] = {"A00": 400}
    supply = Supply({f"A{number:02}": 1 for number in range(chain + 1)})
    with_small_bonus = best_total(wishes, supply, bonus=2000, tolerance=0, compiled=compiled)
    assert (len(with_small_bonus.assigned), with_small_bonus.certificate["cover"]) == (chain, None)
    found = best_total(wishes, supply, compiled=compiled)
    assert (len(found.assigned), found.certificate["bonus"]) == (chain + 1, 8000)


@pytest.mark.parametrize("compiled", WAYS)
def test_at_the_greatest_bonus_the_money_of_as_many_needs_as_the_country_has_is_exact(compiled: bool) -> None:
    """The whole total and the bound are sums of whole numbers below 2^63, and Python's own sums agree."""
    graph = crowded(2_000, 900, seed=5)
    found = assign(graph, bonus=2 * 1000 * 20_000 + 1, tolerance=1, run=loops(compiled=compiled))
    held = found.held[found.held >= 0]
    assert found.total == sum((score + found.bonus) * found.scale for score in graph.score[held].tolist())
    assert found.cover is not None


@given(market=markets(), data=st.data())
def test_the_order_of_the_input_plays_no_part(market: tuple[Wishes, Supply], data: st.DataObject) -> None:
    wishes, supply = market
    shuffled = {
        need: dict(data.draw(st.permutations(list(row.items()))))
        for need, row in data.draw(st.permutations(list(wishes.items())))
    }
    places = dict(data.draw(st.permutations(list(supply.places.items()))))
    first = best_total(wishes, supply)
    second = best_total(shuffled, Supply(places, supply.desk_of, supply.room))
    assert (first.assigned, first.certificate) == (second.assigned, second.certificate)


@given(market=markets())
def test_compiled_or_not_gives_the_same(market: tuple[Wishes, Supply]) -> None:
    assert len({str(best_total(*market, compiled=way).certificate) for way in WAYS}) == 1


@pytest.mark.parametrize("desks", [0, 4])
def test_compiled_or_not_gives_the_same_where_many_passes_are_needed(desks: int) -> None:
    graph = crowded(200, 60, seed=3, desks=desks)
    plain, fast = (assign(graph, run=loops(compiled=way)) for way in WAYS)
    assert plain.bids > 2 * graph.needs
    assert (plain.held == fast.held).all() and (plain.prices == fast.prices).all()
    assert (plain.total, plain.bound, plain.bids) == (fast.total, fast.bound, fast.bids)


@pytest.mark.parametrize("desks", [0, 1, 5])
@pytest.mark.parametrize("seed", range(4))
def test_where_there_is_too_little_the_gap_is_within_the_tolerance(seed: int, desks: int) -> None:
    graph = crowded(300, 60, seed=seed, desks=desks)
    optimum = assign(graph, tolerance=0, run=loops())
    assert optimum.bound - optimum.total < optimum.scale, "less than a tenth of a point: nothing better exists"
    for tolerance in (0.02, 0.0005):
        found = assign(graph, tolerance=tolerance, run=loops())
        assert found.gap <= tolerance
        assert optimum.total * (1 - tolerance) <= found.total <= optimum.total


def test_covering_another_comes_before_a_better_fit() -> None:
    wishes = {"V1": {"A1": 1000, "A2": 10}, "V2": {"A1": 500}}
    supply = Supply({"A1": 1, "A2": 1})
    assert best_total(wishes, supply).assigned == {"V1": "A2", "V2": "A1"}
    assert best_total(wishes, supply, bonus=0).assigned == {"V1": "A1"}


def test_a_desk_that_is_full_gives_its_places_to_who_gain_most() -> None:
    wishes = {"V1": {"A1": 900}, "V2": {"A2": 800}, "V3": {"A2": 700, "A3": 600}}
    supply = Supply({"A1": 1, "A2": 1, "A3": 1}, {"A1": "D1", "A2": "D1"}, {"D1": 1})
    assert best_total(wishes, supply).assigned == {"V1": "A1", "V3": "A3"}


@pytest.mark.parametrize("score", [-1, 1001, 7.5, True])
def test_a_score_out_of_range_is_refused_in_words(score: int) -> None:
    with pytest.raises(ValueError, match="the score of V1 and A1 must be whole tenths from 0 to 1000"):
        best_total({"V1": {"A1": score}}, Supply({"A1": 1}))


@pytest.mark.parametrize(("bonus", "tolerance"), [(-1, 0.0), (0, -0.1), (0, 1.1)])
def test_a_bonus_or_tolerance_that_makes_no_sense_is_refused(bonus: int, tolerance: float) -> None:
    with pytest.raises(ValueError, match="the bonus must be 0 or more and the tolerance 0 to 1"):
        best_total({"V1": {"A1": 1}}, Supply({"A1": 1}), bonus=bonus, tolerance=tolerance)


def test_a_bonus_that_whole_numbers_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="the bonus is too large for so many needs"):
        best_total({"V1": {"A1": 1}}, Supply({"A1": 1}), bonus=1 << 61)


def test_a_small_round_does_not_wait_for_numba() -> None:
    assert loops(wishes=100).name == "python"


def test_a_large_round_is_compiled() -> None:
    assert loops(wishes=400_000).name == "numba"
