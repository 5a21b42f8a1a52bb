"""A best-total round: the greatest sum of scores, in which everyone who is covered counts for a bonus as well.

An auction (Bertsekas 1979, 1988; with several places per offer Bertsekas & Castañon 1989): needs bid for the offer
that leaves them most after its price, and an offer keeps the highest bids it has places for. A desk that handles
several offers is an auction around those auctions: once it is full, the lowest bid of all its offers goes first. Prices
are a dual solution, and so an upper bound on every other outcome.

Where there is plenty almost nobody meets a rival, and one pass with the smallest step is enough. Where there is too
little that would take ages; the steps then begin large and become smaller, each pass starting from the prices of the
one before, lowered by a few of its steps (epsilon scaling).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matchmaker.engine.rounds.compiling import Loops, loops
from matchmaker.engine.rounds.graph import TOP_SCORE, Graph, Supply, Whole, check_wishes, graph_of
from matchmaker.engine.rounds.kernels import Book

BONUS = 1000
"""Being covered counts as much as the best score there is: no better fit for one outweighs leaving another without."""

TOLERANCE = 0.0005
"""Stop once the certified gap is at most this share of the total."""

BIDS_WHERE_PLENTY = 3
"""Bids per need after which a market counts as scarce; in a loose one it is barely above one."""

FIRST_STEP, SMALLER = 16, 8
"""The first step is the top value / 16, each next one an eighth of it. Chosen by measuring; see docs/rounds.md."""

MARGIN, WIDEST_MARGIN = 3, 96
"""Steps by which prices are lowered before the next pass; more when that left places empty, at last to nothing."""

MOST_MONEY = 1 << 61


@dataclass(frozen=True)
class Outcome:
    """An auction that ended: the wish each need holds (n, -1 for none), prices (o) and desk prices (d).

    Money, also `total` and `bound`, is in units of 1 / `scale` tenth of a point. `bids` counts all passes.
    """

    held: Whole
    prices: Whole
    desk_prices: Whole
    scale: int
    total: int
    bound: int
    bids: int

    @property
    def gap(self) -> float:
        """How far the total can be below the best possible at most, as a share of it (0 to 1)."""
        return (self.bound - self.total) / self.bound if self.bound else 0.0


@dataclass(frozen=True)
class BestTotal:
    """What each need got, by reference, and what an outsider needs to check it."""

    assigned: dict[str, str]
    certificate: dict[str, Any]


def best_total(
    wishes: Mapping[str, Mapping[str, int]],
    supply: Supply,
    *,
    bonus: int = BONUS,
    tolerance: float = TOLERANCE,
    compiled: bool | None = None,
) -> BestTotal:
    """Assign needs to offers so that the sum of score + bonus is within `tolerance` (a share) of the greatest possible.

    Wishes hold the score in tenths of a point (0 to 1000) of what meets the hard requirements. With tolerance 0 the
    outcome is an optimum. The outcome depends on neither the order of the input nor on whether the loops are compiled.
    Raises ValueError for a wish for what is not there, a score out of range, and a bonus or tolerance below 0.
    """
    needs = sorted(wishes)
    for need in needs:
        check_wishes(need, wishes[need], supply)
        _check_scores(need, wishes[need])
    rows = [sorted(wishes[need].items(), key=lambda wish: (-wish[1], wish[0])) for need in needs]
    graph, names = graph_of(rows, supply)
    found = assign(graph, bonus=bonus, tolerance=tolerance, run=loops(compiled=compiled))
    assigned = {need: names[graph.offer[wish]] for need, wish in zip(needs, found.held, strict=True) if wish >= 0}
    return BestTotal(
        assigned,
        {
            "method": "best-total",
            "bonus": bonus,
            "needs": {need: dict(row) for need, row in zip(needs, rows, strict=True)},
            **supply.as_json(),
            "assigned": assigned,
            "scale": found.scale,
            "prices": {name: int(price) for name, price in zip(names, found.prices, strict=True) if price},
            "desk_prices": {
                desk: int(price) for desk, price in zip(sorted(supply.room), found.desk_prices, strict=True) if price
            },
            "total": found.total,
            "bound": found.bound,
        },
    )


def assign(graph: Graph, *, bonus: int = BONUS, tolerance: float = TOLERANCE, run: Loops) -> Outcome:
    """The auction on arrays: see `best_total`. The wishes of each need must stand best first."""
    if bonus < 0 or tolerance < 0:
        raise ValueError("bonus and tolerance must be 0 or more")
    scale = graph.needs + 1
    top = (int(graph.score.max(initial=0)) + bonus) * scale
    if top * scale > MOST_MONEY:
        raise ValueError("the bonus is too large for so many needs")
    open_book = _open(graph, bonus, scale, top, run)
    bids = run.auction(open_book, 1, BIDS_WHERE_PLENTY * graph.needs)
    if bids >= 0:
        return _outcome(open_book, graph, scale, bids, run)[0]
    return _in_steps(graph, bonus, scale, top, tolerance, run)


def _in_steps(graph: Graph, bonus: int, scale: int, top: int, tolerance: float, run: Loops) -> Outcome:
    blank = _open(graph, bonus, scale, top, run)
    bids, earlier, earlier_step, margin = 0, blank, 0, MARGIN
    for step in _steps(top):
        while True:
            book = _reopened(blank, earlier, margin * earlier_step, run)
            bids += run.auction(book, step, MOST_MONEY)
            found, holes = _outcome(book, graph, scale, bids, run)
            if not holes:
                break
            margin = margin * 2 if margin < WIDEST_MARGIN else top
        if found.gap <= tolerance:
            break
        earlier, earlier_step = book, step
    return found


def _steps(top: int) -> Iterator[int]:
    """Ever smaller, the last 1: as values are multiplied by more than the number of needs, that is an optimum."""
    step = max(1, top // FIRST_STEP)
    while step > 1:
        yield step
        step //= SMALLER
    yield 1


def _open(graph: Graph, bonus: int, scale: int, top: int, run: Loops) -> Book:
    """Books without a bid. Places beyond what is wished change nothing, so many are cut to one more than the wishes."""
    offers, desks = len(graph.places), len(graph.room)
    places = graph.places
    if places.sum() > len(graph.offer):
        places = np.minimum(places, np.bincount(graph.offer, minlength=offers) + 1)
    heap = np.append(0, np.cumsum(places))
    reserve = np.where(graph.places > 0, 0, top + 1)
    desk_reserve = np.append(np.where(graph.room > 0, 0, top + 1), 0)
    tree, tree_start, tree_size, leaf = _tournaments(graph)
    book = Book(
        start=graph.start,
        offer=graph.offer,
        value=(graph.score + bonus) * scale,
        places=places,
        desk=graph.desk,
        room=graph.room,
        held=np.full(graph.needs, -1),
        heap=heap,
        bid=np.zeros(heap[-1], np.int64),
        bidder=np.zeros(heap[-1], np.int32),
        count=np.zeros(offers, np.int64),
        floor=reserve.copy(),
        reserve=reserve,
        desk_count=np.zeros(desks + 1, np.int64),
        desk_floor=desk_reserve.copy(),
        desk_reserve=desk_reserve,
        tree=tree,
        tree_start=tree_start,
        tree_size=tree_size,
        leaf=leaf,
    )
    return Book(*map(run.hold, book))


def _tournaments(graph: Graph) -> tuple[Whole, Whole, Whole, Whole]:
    """Per desk room for a tournament: its offers as leaves (size to 2 x size - 1), and nothing played yet."""
    desks = len(graph.room)
    if not desks:
        return np.zeros(0, np.int64), graph.room, graph.room, np.zeros(0, np.int64)
    order = np.argsort(graph.desk, kind="stable")
    order = order[graph.desk[order] < desks]
    size = np.bincount(graph.desk[order], minlength=desks)
    first = np.cumsum(size) - size
    leaf = np.zeros(len(graph.desk), np.int64)
    leaf[order] = np.arange(len(order)) - first[graph.desk[order]]
    tree = np.full(2 * len(order), -1)
    desk = graph.desk[order]
    tree[2 * first[desk] + size[desk] + leaf[order]] = order
    return tree, 2 * first, size, leaf


def _reopened(blank: Book, earlier: Book, lowered: int, run: Loops) -> Book:
    """Books without a bid whose reserves are the prices of an earlier pass, lowered; nothing for who was not full."""

    def reserves(floor: Any, count: Any, most: Any, least: Any) -> Whole:
        full = np.asarray(count) >= np.asarray(most)
        return np.maximum(np.where(full, np.asarray(floor, np.int64) - lowered, 0), np.asarray(least, np.int64))

    desks = len(blank.room)
    reserve = reserves(earlier.floor, earlier.count, earlier.places, blank.reserve)
    desk_reserve = np.append(
        reserves(earlier.desk_floor[:desks], earlier.desk_count[:desks], earlier.room, blank.desk_reserve[:desks]), 0
    )
    fresh = {name: getattr(blank, name).copy() for name in ("held", "count", "desk_count", "tree", "bid", "bidder")}
    return blank._replace(
        floor=run.hold(reserve.copy()),
        reserve=run.hold(reserve),
        desk_floor=run.hold(desk_reserve.copy()),
        desk_reserve=run.hold(desk_reserve),
        **fresh,
    )


def _outcome(book: Book, graph: Graph, scale: int, bids: int, run: Loops) -> tuple[Outcome, int]:
    price, desk_price = (
        run.hold(np.zeros(len(graph.places), np.int64)),
        run.hold(np.zeros(len(book.desk_count), np.int64)),
    )
    total, bound, holes = run.settle(book, price, desk_price)
    prices, desk_prices = np.asarray(price, np.int64), np.asarray(desk_price, np.int64)[: len(graph.room)]
    held = np.asarray(book.held, np.int64)
    return Outcome(held, prices, desk_prices, scale, int(total), int(bound), bids), int(holes)


def _check_scores(need: str, wishes: Mapping[str, int]) -> None:
    for offer, score in wishes.items():
        if not isinstance(score, int) or isinstance(score, bool) or not 0 <= score <= TOP_SCORE:
            raise ValueError(f"the score of {need} and {offer} must be whole tenths from 0 to {TOP_SCORE}")
