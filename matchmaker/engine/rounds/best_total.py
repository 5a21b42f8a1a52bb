"""A best-total round: as many as possible are covered, and of all ways to do so the one with the greatest score.

An auction (Bertsekas 1979, 1988; with several places per offer Bertsekas & Castañon 1989): needs bid for the offer
that leaves them most after its price, and an offer keeps the highest bids it has places for. A desk that handles
several offers is an auction around those auctions: once it is full, the lowest bid of all its offers goes first. Prices
are a dual solution, and so an upper bound on every other outcome.

Where there is plenty almost nobody meets a rival, and one pass with a very small step is enough. Where there is too
little that would take ages; the steps then begin large and become smaller, each pass starting from the prices of the
one before, lowered by a few of its steps (epsilon scaling).

Everyone who is covered counts a bonus. One above all scores together would always cover the most, and make the auction
very slow. So it begins at twice the best score, and what comes out is searched for a way to cover one more (an
augmenting path). Where there is none, a cover proves that no outcome covers more (König 1931), and the same outcome
would have come from any greater bonus; where there is one, the auction is held again with four times the bonus.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matchmaker.engine.rounds.books import open_books, reopened
from matchmaker.engine.rounds.compiling import Loops, loops
from matchmaker.engine.rounds.graph import TOP_SCORE, Graph, Supply, Whole, check_wishes, graph_of
from matchmaker.engine.rounds.kernels import Book

FIRST_BONUS, GREATER = 2 * TOP_SCORE, 4
"""Tried first, and by how much it grows as long as one more could be covered."""

TOLERANCE = 0.0005
"""Stop once the certified gap is at most this share of the scores together."""

BIDS_WHERE_PLENTY, FINE = 5, 400
"""Bids per need after which a market counts as scarce, and the steps that make a tenth of a point until then.

Where there is plenty little more than one bid per need is made; steps of 1 make it many where a few meet in a corner.
"""

FIRST_STEP, SMALLER = 16, 6
"""The first step is the top value / 16, each next one a sixth of it. Chosen by measuring; see docs/rounds.md."""

MARGIN, WIDEST_MARGIN = 3, 96
"""Steps by which prices are lowered before the next pass; more when that was too few to end within it, at last all."""

MOST_MONEY = 1 << 61


@dataclass(frozen=True)
class Cover:
    """Numbers of needs, offers and desks that together touch every wish; each covers one, its places or its room.

    No outcome covers more than they add up to.
    """

    needs: Whole
    offers: Whole
    desks: Whole


@dataclass(frozen=True)
class Outcome:
    """An auction that ended: the wish each need holds (n, -1 for none), prices (o) and desk prices (d).

    Money, also `total` and `bound`, is in units of 1 / `scale` tenth of a point. `bids` counts all passes. `cover`
    proves that no outcome covers more; None when one more could be.
    """

    held: Whole
    prices: Whole
    desk_prices: Whole
    scale: int
    total: int
    bound: int
    bids: int
    bonus: int
    cover: Cover | None = None

    @property
    def gap(self) -> float:
        """How far the total can be below the best possible at most, as a share of all scores without bonus."""
        scores = self.total - self.bonus * self.scale * int((self.held >= 0).sum())
        return (self.bound - self.total) / max(1, scores)


@dataclass(frozen=True)
class BestTotal:
    """What each need got, by reference, and what an outsider needs to check it."""

    assigned: dict[str, str]
    certificate: dict[str, Any]


def best_total(
    wishes: Mapping[str, Mapping[str, int]],
    supply: Supply,
    *,
    bonus: int | None = None,
    tolerance: float = TOLERANCE,
    compiled: bool | None = None,
) -> BestTotal:
    """Cover as many needs as can be, with a sum of scores within `tolerance` (a share) of the greatest possible then.

    Wishes hold the score in tenths of a point (0 to 1000) of what meets the hard requirements. With tolerance 0 the
    outcome is an optimum. With a `bonus` (tenths) covering one more counts no more than that: the sum of score + bonus
    is then what is made great, and a better fit for others may outweigh it. The outcome depends on neither the order of
    the input nor on whether the loops are compiled. Raises ValueError for a wish for what is not there, a score out of
    range, a bonus below 0, a tolerance that is not 0 to 1, and more needs than 64-bit money can tell apart.
    """
    needs = sorted(wishes)
    for need in needs:
        check_wishes(need, wishes[need], supply)
        _check_scores(need, wishes[need])
    rows = [sorted(wishes[need].items(), key=lambda wish: (-wish[1], wish[0])) for need in needs]
    graph, names = graph_of(rows, supply)
    found = assign(graph, bonus=bonus, tolerance=tolerance, run=loops(compiled=compiled, wishes=len(graph.offer)))
    assigned = {need: names[graph.offer[wish]] for need, wish in zip(needs, found.held, strict=True) if wish >= 0}
    return BestTotal(
        assigned,
        {
            "method": "best-total",
            "bonus": found.bonus,
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
            "cover": _names_of(found.cover, needs, names, sorted(supply.room)),
        },
    )


def assign(graph: Graph, *, bonus: int | None = None, tolerance: float = TOLERANCE, run: Loops) -> Outcome:
    """The auction on arrays: see `best_total`. The wishes of each need must stand best first.

    The greatest bonus needed is twice what all who can be covered score together at most: with a gap below that sum, no
    other outcome can then cover more.
    """
    if (bonus or 0) < 0 or not 0 <= tolerance <= 1:
        raise ValueError("the bonus must be 0 or more and the tolerance 0 to 1")
    if bonus is not None:
        return _auctioned(graph, bonus, tolerance, run)
    enough = 2 * TOP_SCORE * min(graph.needs, int(graph.places.sum())) + 1
    bonus, bids = min(FIRST_BONUS, enough), 0
    while True:
        found = _auctioned(graph, bonus, tolerance, run)
        bids += found.bids
        if found.cover is not None:
            return replace(found, bids=bids)
        bonus = min(GREATER * bonus, enough)


def _auctioned(graph: Graph, bonus: int, tolerance: float, run: Loops) -> Outcome:
    """The auction with one bonus."""
    scale = graph.needs + 1
    top = (int(graph.score.max(initial=0)) + bonus) * scale
    if top * scale > MOST_MONEY:
        raise ValueError("the bonus is too large for so many needs")
    if graph.places.sum() >= graph.needs:
        book = open_books(graph, bonus, scale, top, run)
        step = max(1, scale // FINE) if tolerance else 1
        bids = run.auction(book, step, BIDS_WHERE_PLENTY * graph.needs)
        found = _outcome(book, graph, bonus, bids, run) if bids >= 0 else None
        if found is not None and (step == 1 or found.gap <= tolerance):
            return replace(found, cover=_cover(book, graph, run))
    found, book = _in_steps(graph, bonus, top, tolerance, run)
    return replace(found, cover=_cover(book, graph, run))


def _in_steps(graph: Graph, bonus: int, top: int, tolerance: float, run: Loops) -> tuple[Outcome, Book]:
    blank = open_books(graph, bonus, graph.needs + 1, top, run)
    bids, earlier, earlier_step = 0, blank, 0
    for step in _steps(top):
        margin = MARGIN
        while True:
            book = reopened(blank, earlier, margin * earlier_step, run)
            bids += run.auction(book, step, MOST_MONEY)
            while run.drop_reserves(book):
                bids += run.auction(book, step, MOST_MONEY)
            found = _outcome(book, graph, bonus, bids, run)
            if found.bound - found.total <= step * graph.needs or not earlier_step:
                break
            margin = margin * 2 if margin < WIDEST_MARGIN else top
        if found.gap <= tolerance:
            break
        earlier, earlier_step = book, step
    return found, book


def _cover(book: Book, graph: Graph, run: Loops) -> Cover | None:
    """What proves that no outcome covers more, or None when one does."""
    needs, offers, desks, queue = (
        run.hold(np.zeros(size, np.int64)) for size in (graph.needs, len(graph.places), len(graph.room), graph.needs)
    )
    if run.reach(book, needs, offers, desks, queue):
        return None
    by_desk = np.append(np.asarray(desks, np.int64), 0)[graph.desk]
    return Cover(
        np.flatnonzero(np.asarray(needs, np.int64) == 0),
        np.flatnonzero((np.asarray(offers, np.int64) == 1) & (by_desk == 0)),
        np.flatnonzero(np.asarray(desks, np.int64)),
    )


def _names_of(
    cover: Cover | None, needs: Sequence[str], offers: Sequence[str], desks: Sequence[str]
) -> dict[str, list[str]] | None:
    if cover is None:
        return None
    parts = {"needs": (cover.needs, needs), "offers": (cover.offers, offers), "desks": (cover.desks, desks)}
    return {part: [names[number] for number in numbers] for part, (numbers, names) in parts.items()}


def _steps(top: int) -> Iterator[int]:
    """Ever smaller, the last 1: as values are multiplied by more than the number of needs, that is an optimum."""
    step = max(1, top // FIRST_STEP)
    while step > 1:
        yield step
        step //= SMALLER
    yield 1


def _outcome(book: Book, graph: Graph, bonus: int, bids: int, run: Loops) -> Outcome:
    price, desk_price = (run.hold(np.zeros(len(each), np.int64)) for each in (book.places, book.desk_count))
    total, bound = run.settle(book, price, desk_price)
    return Outcome(
        held=np.asarray(book.held, np.int64),
        prices=np.asarray(price, np.int64),
        desk_prices=np.asarray(desk_price, np.int64)[: len(graph.room)],
        scale=graph.needs + 1,
        total=int(total),
        bound=int(bound),
        bids=bids,
        bonus=bonus,
    )


def _check_scores(need: str, wishes: Mapping[str, int]) -> None:
    for offer, score in wishes.items():
        if not isinstance(score, int) or isinstance(score, bool) or not 0 <= score <= TOP_SCORE:
            raise ValueError(f"the score of {need} and {offer} must be whole tenths from 0 to {TOP_SCORE}")
