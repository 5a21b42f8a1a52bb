"""Stable rounds: nobody is passed over, and nothing but the wishes and the seed plays a part."""

from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engine.rounds.graph import Supply
from matchmaker.engine.rounds.stable import lottery, lottery_number, stable
from tests.engine.rounds.markets import WAYS, Wishes, fits, markets

SEEDS = st.sampled_from(["utrecht 2027", "a", "Ω"])


def would_take(offer: str, need: str, assigned: dict[str, str], supply: Supply, seed: str) -> bool:
    """Whether an offer would rather have a need: there is room, or there is when someone later in the lottery goes."""
    for loser in [None, *assigned]:
        kept = {each: place for each, place in assigned.items() if each not in (need, loser)}
        later = loser is None or lottery_number(seed, loser) > lottery_number(seed, need)
        touched = loser is None or assigned[loser] == offer or supply.desk_of.get(assigned[loser]) is not None
        if later and touched and loser != need and fits({**kept, need: offer}, supply):
            return True
    return False


@pytest.mark.parametrize("compiled", WAYS)
@given(market=markets(), seed=SEEDS)
def test_no_pair_would_rather_have_each_other(compiled: bool, market: tuple[Wishes, Supply], seed: str) -> None:
    wishes, supply = market
    assigned = stable({need: list(row) for need, row in wishes.items()}, supply, seed=seed, compiled=compiled).assigned
    assert fits(assigned, supply)
    for need, row in wishes.items():
        order = list(row)
        better = order[: order.index(assigned[need])] if need in assigned else order
        assert [offer for offer in better if would_take(offer, need, assigned, supply, seed)] == []


@given(market=markets(), seed=SEEDS, data=st.data())
def test_the_order_of_the_input_plays_no_part(market: tuple[Wishes, Supply], seed: str, data: st.DataObject) -> None:
    wishes, supply = market
    lists = {need: list(row) for need, row in wishes.items()}
    shuffled = dict(data.draw(st.permutations(list(lists.items()))))
    places = dict(data.draw(st.permutations(list(supply.places.items()))))
    other = Supply(places, supply.desk_of, supply.room)
    first, second = stable(lists, supply, seed=seed), stable(shuffled, other, seed=seed)
    assert (first.assigned, first.certificate) == (second.assigned, second.certificate)


@given(market=markets(), seed=SEEDS)
def test_compiled_or_not_gives_the_same(market: tuple[Wishes, Supply], seed: str) -> None:
    wishes, supply = market
    lists = {need: list(row) for need, row in wishes.items()}
    assert len({str(stable(lists, supply, seed=seed, compiled=way).certificate) for way in WAYS}) == 1


@given(market=markets(most_needs=4), seed=SEEDS)
def test_nobody_gains_by_another_order_of_wishes(market: tuple[Wishes, Supply], seed: str) -> None:
    wishes, supply = market
    lists = {need: list(row) for need, row in wishes.items()}
    honest = stable(lists, supply, seed=seed, compiled=False).assigned
    for need, row in lists.items():
        best = row.index(honest[need]) if need in honest else len(row)
        for told in permutations(row):
            got = stable({**lists, need: list(told)}, supply, seed=seed, compiled=False).assigned
            assert (row.index(got[need]) if need in got else len(row)) >= best


def test_the_lottery_can_be_drawn_again_by_anyone() -> None:
    assert lottery_number("utrecht 2027", "V7") == sha256(b"utrecht 2027:V7").hexdigest()
    needs = ["V1", "V2", "V3", "V4"]
    numbers = [sha256(f"s:{need}".encode()).hexdigest() for need in needs]
    assert [needs[place] for place in lottery("s", needs)] == [
        need for _, need in sorted(zip(numbers, needs, strict=True))
    ]


def test_another_seed_gives_another_order() -> None:
    needs = [f"V{number}" for number in range(20)]
    assert lottery("one", needs).tolist() != lottery("two", needs).tolist()


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"V1": ["A9"]}, "need V1 wishes offer A9, which is not there"),
        ({"V1": ["A1", "A1"]}, "need V1 wishes offer A1 twice"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_words(wishes: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        stable(wishes, Supply({"A1": 1}), seed="s")


def test_a_lottery_without_a_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a seed"):
        stable({"V1": ["A1"]}, Supply({"A1": 1}), seed=" ")


def test_supply_that_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="the places of offer A1 must be a whole number, 0 or more"):
        Supply({"A1": -1})
    with pytest.raises(ValueError, match="the room of desk D1 must be a whole number, 0 or more"):
        Supply({}, {}, {"D1": True})
    with pytest.raises(ValueError, match="offer A1 names desk D1, which has no room stated"):
        Supply({"A1": 1}, {"A1": "D1"})
    with pytest.raises(ValueError, match="desk D1 handles offer A2, which is not there"):
        Supply({"A1": 1}, {"A2": "D1"}, {"D1": 1})
