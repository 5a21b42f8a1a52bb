"""From tables to the best rows: exact, and text is only read where it can still decide.

Text adds 0 to 100 points times its weight, and no more. So the whole score of some rows that do well without text is a
score the winners have at least, and whoever cannot reach it with full points for text is not looked at. No winner is
lost. The compiled reading (the extra `fast`) also passes over groups of rows that share a subject when nothing could
make up for it. Both readings give the same rows and whole numbers; `tests/engine/index/test_selection.py` holds them to
it.
"""

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index import loops
from matchmaker.engine.index.loops import FULL, OUT
from matchmaker.engine.index.words import places_of

Integers = NDArray[Any]
Fractions = NDArray[np.float64]


class Rows(NamedTuple):
    """The rows of a block: numbers of distinct values, shape (rows,) each; last day to respond; owner; words.

    The words of row r lie from first[r] to first[r + 1] in `stems` and `weights`; `lengths` is Euclidean, 0 for none.
    The rows groups[g] to groups[g + 1] share the subject subjects[g]; rows from groups[-1] on are in no group.
    """

    columns: Sequence[Integers]
    until: Integers
    owner: Integers
    stems: Integers
    weights: Integers
    first: Integers
    lengths: Fractions
    groups: Integers
    subjects: Integers


class Question(NamedTuple):
    """What is asked: tables per column, rows that are out, the own words (weight per stem) and how to weigh them.

    A row is out when until < today or owner == not_owner. `text_points` is the weight of text, `all_points` of all
    criteria that apply, `top` how many rows are asked.
    """

    tables: Sequence[Integers]
    today: int
    not_owner: int
    own: Integers
    length: float
    text_points: int
    all_points: int
    top: int


SAMPLED = 16
"""One row in so many is looked at to guess how far the best reach."""

Find = Callable[[Rows, Question], tuple[Integers, Integers]]
"""The best rows with their scores in tenths: `top` and all that equal the last of them, in the order of the rows."""


@cache
def fastest() -> Find:
    """The compiled reading when numba is there, else that in numpy."""
    return compiled() if importlib.util.find_spec("numba") else find_in_numpy


@cache
def compiled() -> Find:
    """The loops compiled. Raises ImportError without numba, which is not imported before: that takes half a second.

    The first call compiles, or reads what was kept on disk.
    """
    jit = import_module("numba").njit(cache=True, nogil=True)
    names: dict[str, Any] = dict(vars(loops))
    for name in ("rounded", "scores", "greatest", "least_points", "points", "reachable", "fitting_best", "find"):
        names[name] = jit(FunctionType(vars(loops)[name].__code__, names, name))

    def find(rows: Rows, asked: Question) -> tuple[Integers, Integers]:
        found: tuple[Integers, Integers] = names["find"](*rows.columns, *rows[1:], *asked.tables, *asked[1:])
        return found

    return find


def find_in_numpy(rows: Rows, asked: Question) -> tuple[Integers, Integers]:
    """See `Find`."""
    base = np.zeros(len(rows.until), dtype=np.int32)
    for column, table in zip(rows.columns, asked.tables, strict=True):
        base += table.take(column, mode="clip")
    base[(rows.until < asked.today) | (rows.owner == asked.not_owner)] = OUT
    found = np.flatnonzero(base >= max(0, _least_base(base, rows, asked)))
    tenths = _tenths(base[found], found, rows, asked)
    if len(found) > asked.top:
        last = np.partition(tenths, len(found) - asked.top)[len(found) - asked.top]
        found, tenths = found[tenths >= last], tenths[tenths >= last]
    return found, tenths


def _least_base(base: Integers, rows: Rows, asked: Question) -> int:
    """The points without text below which no row can be among the best."""
    leaders = _leaders(base, asked.top)
    if len(leaders) < asked.top:
        return 0
    tenths = _tenths(base[leaders], leaders, rows, asked)
    reached = int(np.partition(tenths, len(tenths) - asked.top)[len(tenths) - asked.top])
    least = -((asked.all_points - 2 * asked.all_points * reached) // 20)
    return least - asked.text_points * (FULL if asked.length else NEUTRAL)


def _leaders(base: Integers, top: int) -> Integers:
    """Rows that do well without text, a few hundred at most: those that reach what the best of a sample reach.

    Any rows would give a true bound; the better they are, the fewer rows are left to read.
    """
    sample = base[::SAMPLED]
    enough = min(top, len(sample))
    reached = np.partition(sample, len(sample) - enough)[len(sample) - enough]
    return np.flatnonzero(base >= max(0, int(reached)))[: 2 * top * SAMPLED]


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
