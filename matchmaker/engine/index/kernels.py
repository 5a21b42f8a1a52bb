"""The two inner loops of the index, twice: in numpy, and compiled where the extra `fast` (numba) is installed.

Both give the same whole numbers; `tests/engine/index/test_kernels.py` holds them to it.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[Any]

OUT = -(2**31)
"""Points of a row that is no answer."""


class Kernels(NamedTuple):
    """`add_points(columns, tables, until, owner, today, not_owner)` gives points per row, int32, shape (rows,).

    Row r gets the sum of tables[i][columns[i][r]], or OUT when until[r] < today or owner[r] == not_owner.

    `products(own, stems, weights, first, rows)` gives per row of `rows` the sum of own[stem] x weight over its words,
    which lie from first[row] to first[row + 1]; int64, shape (rows,).
    """

    add_points: Callable[[Sequence[Integers], Sequence[Integers], Integers, Integers, int, int], Integers]
    products: Callable[[Integers, Integers, Integers, Integers, Integers], Integers]


@cache
def kernels() -> Kernels:
    """The compiled loops when numba is there, else those in numpy."""
    return compiled() if importlib.util.find_spec("numba") else IN_NUMPY


@cache
def compiled() -> Kernels:
    """The compiled loops. Raises ImportError without numba. The first call of each compiles, or reads what was kept."""
    jit = importlib.import_module("numba").njit(cache=True, nogil=True)
    add, multiply = jit(_add_points_loop), jit(_products_loop)

    def add_points(
        columns: Sequence[Integers], tables: Sequence[Integers], until: Integers, owner: Integers, today: int, not_: int
    ) -> Integers:
        return np.asarray(add(*columns, *tables, until, owner, today, not_))

    return Kernels(add_points, multiply)


def _add_points_numpy(
    columns: Sequence[Integers], tables: Sequence[Integers], until: Integers, owner: Integers, today: int, not_: int
) -> Integers:
    points = np.zeros(len(until), dtype=np.int32)
    for column, table in zip(columns, tables, strict=True):
        points += table.take(column, mode="clip")
    points[(until < today) | (owner == not_)] = OUT
    return points


def _products_numpy(own: Integers, stems: Integers, weights: Integers, first: Integers, rows: Integers) -> Integers:
    places, ends = places_of(first, rows)
    sums = np.concatenate(([0], np.cumsum(own[stems[places]] * weights[places])))
    return np.asarray(sums[ends] - sums[np.concatenate(([0], ends[:-1]))])


def places_of(first: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """Where the words of `rows` lie, row after row, and where each row ends in that list."""
    starts = first[rows]
    counts = first[rows + 1] - starts
    ends = np.cumsum(counts)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return places, ends


def _add_points_loop(
    c0: Integers, c1: Integers, c2: Integers, c3: Integers, c4: Integers,
    t0: Integers, t1: Integers, t2: Integers, t3: Integers, t4: Integers,
    until: Integers, owner: Integers, today: int, not_: int,
) -> Integers:  # fmt: skip
    points = np.empty(len(until), dtype=np.int32)
    for row in range(len(until)):
        if until[row] < today or owner[row] == not_:
            points[row] = OUT
        else:
            points[row] = t0[c0[row]] + t1[c1[row]] + t2[c2[row]] + t3[c3[row]] + t4[c4[row]]
    return points


def _products_loop(own: Integers, stems: Integers, weights: Integers, first: Integers, rows: Integers) -> Integers:
    sums = np.zeros(len(rows), dtype=np.int64)
    for number in range(len(rows)):
        row = rows[number]
        for place in range(first[row], first[row + 1]):
            sums[number] += own[stems[place]] * np.int64(weights[place])
    return sums


IN_NUMPY = Kernels(_add_points_numpy, _products_numpy)
