"""The books of an auction as it begins."""

from typing import Any

import numpy as np

from matchmaker.engine.rounds.compiling import Loops
from matchmaker.engine.rounds.graph import Graph, Whole
from matchmaker.engine.rounds.kernels import Book


def open_books(graph: Graph, bonus: int, scale: int, top: int, run: Loops) -> Book:
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


def reopened(blank: Book, earlier: Book, lowered: int, run: Loops) -> Book:
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
