"""From tables to the best rows: exact, and text is only read where it can still decide.

Text adds 0 to 100 points times its weight, and no more. So the whole score of some rows that do well without text is a
score the winners have at least, and whoever cannot reach it with full points for text is not looked at, nor are rows
whose subject nothing could make up for. No winner is lost. There is a reading in numpy and one in loops, to be compiled
(the extra `fast`). Both give the same rows and whole numbers; `tests/engine/index/test_selection.py` holds them to it.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from matchmaker.engine.compiling import can_compile, compiled_names
from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index import loops
from matchmaker.engine.index.loops import FULL, LEADERS, OUT, POOLED
from matchmaker.engine.index.question import OWNER, UNTIL, Integers, Order, Question, Rows
from matchmaker.engine.index.words import places_of

Find = Callable[[Rows, Question], tuple[Integers, Integers]]
"""The best rows with their scores in tenths, in any order: `top` and all that equal the last of them."""


class Reading(NamedTuple):
    """One way to read a block: the best rows of it, and its rows in the order of a subject."""

    name: str
    find: Find
    order_rows: Callable[[Integers, Integers], tuple[Integers, Integers]]


@cache
def fastest() -> Reading:
    """The compiled reading when numba is there, else that in numpy."""
    return compiled() if can_compile() else in_numpy()


def in_numpy() -> Reading:
    """The reading that needs nothing else."""
    return Reading("numpy", find_in_numpy, order_in_numpy)


@cache
def compiled() -> Reading:
    """The loops compiled. Raises ImportError without numba."""
    names = compiled_names(loops, nogil=True)

    def find(rows: Rows, asked: Question) -> tuple[Integers, Integers]:
        found: tuple[Integers, Integers] = names["find"](*rows, *asked.tables, *asked.order, *asked[2:])
        return found

    return Reading("numba", find, names["order_rows"])


def ordered(table: Integers, subjects: Integers, weight: int, read: Reading) -> Order:
    """Rows with these subjects by the weighed points (`weight` times 0..100) that `table` has for each subject."""
    rows, counts = read.order_rows((FULL - table // max(1, weight)).astype(np.uint8), subjects)
    levels = np.flatnonzero(counts)
    return Order(rows, np.cumsum(counts[levels]), (FULL - levels) * weight)


def order_in_numpy(lacking: Integers, subjects: Integers) -> tuple[Integers, Integers]:
    """See `loops.order_rows`."""
    each = lacking.take(subjects)
    return np.argsort(each, kind="stable").astype(np.int32), np.bincount(each, minlength=FULL + 1)


def find_in_numpy(rows: Rows, asked: Question) -> tuple[Integers, Integers]:
    """See `Find`."""
    order = asked.order
    pool = order.rows[: asked.top * POOLED]
    least = _least_base(_base(pool, rows, asked), pool, rows, asked)
    rest = sum(int(table.max()) for table in asked.tables[1:])
    enough = int(np.count_nonzero(order.points + rest >= least))
    end = order.ends[enough - 1] if enough else 0
    found = np.concatenate((order.rows[:end], np.arange(len(order.rows), len(rows.numbers), dtype=np.int32)))
    base = _base(found, rows, asked)
    near = np.flatnonzero(base >= max(0, least))
    found = found[near]
    tenths = _tenths(base[near], found, rows, asked)
    if len(found) > asked.top:
        last = np.partition(tenths, len(found) - asked.top)[len(found) - asked.top]
        found, tenths = found[tenths >= last], tenths[tenths >= last]
    return found, tenths


def _base(found: Integers, rows: Rows, asked: Question) -> Integers:
    """Weighed points of each of `found` without its text; OUT when it is closed or the owner's."""
    numbers = rows.numbers.take(found, axis=0)
    base = np.zeros(len(found), dtype=np.int32)
    for number, table in enumerate(asked.tables):
        base += table.take(numbers[:, number], mode="clip")
    base[(numbers[:, UNTIL] < asked.today) | (numbers[:, OWNER] == asked.not_owner)] = OUT
    return base


def _least_base(base: Integers, pool: Integers, rows: Rows, asked: Question) -> int:
    """The points without text below which no row can be among the best.

    The best without text of `pool` say so. Any rows would give a true bound; the better they are, the fewer are left.
    """
    enough = min(len(pool), asked.top * LEADERS)
    leaders = np.argpartition(base, len(pool) - enough)[len(pool) - enough :] if enough else np.zeros(0, dtype=np.intp)
    leaders = leaders[base[leaders] >= 0]
    if len(leaders) < asked.top:
        return 0
    tenths = _tenths(base[leaders], pool[leaders], rows, asked)
    reached = int(np.partition(tenths, len(tenths) - asked.top)[len(tenths) - asked.top])
    return int(loops.least_points(reached, asked))


def _tenths(base: Integers, found: Integers, rows: Rows, asked: Question) -> Integers:
    """Scores in tenths, rounded half up, as `engine.weights.Weights.total` does."""
    weighed = base + asked.text_points * _text(found, rows, asked)
    return np.asarray((20 * weighed + asked.all_points) // (2 * asked.all_points))


def _text(found: Integers, rows: Rows, asked: Question) -> Integers:
    """Points for text (0..100) of each of `found`, as `engine.criteria.text` gives them."""
    if not asked.length:
        return np.full(len(found), NEUTRAL)
    places, ends = places_of(rows.first, found)
    sums = np.concatenate(([0], np.cumsum(asked.own[rows.stems[places]].astype(np.int64) * rows.weights[places])))
    products = sums[ends] - sums[np.concatenate(([0], ends[:-1]))]
    lengths = rows.lengths[found]
    silent = lengths == 0
    cosine = products / (asked.length * np.where(silent, 1.0, lengths))
    points = np.floor(100 * cosine / FULL_LIKENESS + 0.5).astype(np.int64)
    return np.where(silent, NEUTRAL, np.clip(points, 0, FULL))
