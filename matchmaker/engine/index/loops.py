"""`selection.find_in_numpy` as plain loops, for `selection.compiled` to compile (the extra `fast`). Slow uncompiled."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.findings import NEUTRAL

Integers = NDArray[Any]
Fractions = NDArray[np.float64]

OUT = -(2**31)
"""Points of a row that is no answer."""

FULL = 100
SAMPLED = 16
"""One row in so many is looked at to guess how far the best reach."""

MOST_LEADERS = 2 * SAMPLED
"""Times the rows asked: so many rows give the score that the winners have at least."""


def find(
    c0: Integers, c1: Integers, c2: Integers, c3: Integers, c4: Integers, c5: Integers,
    until: Integers, owner: Integers, stems: Integers, weights: Integers, first: Integers, lengths: Fractions,
    t0: Integers, t1: Integers, t2: Integers, t3: Integers, t4: Integers, t5: Integers,
    today: int, not_owner: int, own: Integers, length: float, text_points: int, all_points: int, top: int,
) -> tuple[Integers, Integers]:  # fmt: skip
    """The best rows and their scores in tenths; see `selection.Find`."""
    base = np.empty(len(until), dtype=np.int32)
    for row in range(len(base)):
        if until[row] < today or owner[row] == not_owner:
            base[row] = OUT
        else:
            points = t0[c0[row]] + t1[c1[row]] + t2[c2[row]] + t3[c3[row]] + t4[c4[row]] + t5[c5[row]]
            base[row] = points
    sample = base[::SAMPLED].copy()
    enough = min(top, len(sample))
    floor = max(0, np.partition(sample, len(sample) - enough)[len(sample) - enough])
    tenths = np.empty(len(base), dtype=np.int64)
    most, leaders = top * MOST_LEADERS, 0
    for row in range(len(base)):
        if base[row] >= floor and leaders < most:
            points = words_points(row, own, stems, weights, first, lengths, length)
            tenths[leaders] = rounded(base[row] + text_points * points, all_points)
            leaders += 1
    least = 0
    if leaders >= top:
        reached = np.partition(tenths[:leaders].copy(), leaders - top)[leaders - top]
        full = FULL if length > 0 else NEUTRAL
        least = max(0, -((all_points - 2 * all_points * reached) // 20) - text_points * full)
    rows, found = np.empty(len(base), dtype=np.int64), 0
    for row in range(len(base)):
        if base[row] >= least:
            points = words_points(row, own, stems, weights, first, lengths, length)
            rows[found], tenths[found] = row, rounded(base[row] + text_points * points, all_points)
            found += 1
    if found > top:
        last = np.partition(tenths[:found].copy(), found - top)[found - top]
        kept = np.flatnonzero(tenths[:found] >= last)
        return rows[kept], tenths[kept]
    return rows[:found].copy(), tenths[:found].copy()


def words_points(
    row: int, own: Integers, stems: Integers, weights: Integers, first: Integers, lengths: Fractions, length: float
) -> int:
    """Points for text (0..100) of one row, as `engine.criteria.text` gives them."""
    if length == 0 or lengths[row] == 0:
        return NEUTRAL
    products = np.int64(0)
    for place in range(first[row], first[row + 1]):
        products += np.int64(own[stems[place]]) * np.int64(weights[place])
    cosine = products / (length * lengths[row])
    points: int = math.floor(100 * cosine / FULL_LIKENESS + 0.5)
    return min(FULL, max(0, points))


def rounded(weighed: int, all_points: int) -> int:
    """A score in tenths, rounded half up, as `engine.weights.Weights.total` does."""
    tenths: int = (20 * weighed + all_points) // (2 * all_points)
    return tenths
