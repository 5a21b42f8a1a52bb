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
MOST_POOLED, MOST_LEADERS = 64, 3
"""Times the rows asked: of a pool of so many whose subject fits well, so many say what score is to be reached."""


def find(
    c0: Integers, c1: Integers, c2: Integers, c3: Integers, c4: Integers, c5: Integers,
    until: Integers, owner: Integers, stems: Integers, weights: Integers, first: Integers, lengths: Fractions,
    groups: Integers, subjects: Integers,
    t0: Integers, t1: Integers, t2: Integers, t3: Integers, t4: Integers, t5: Integers,
    today: int, not_owner: int, own: Integers, length: float, text_points: int, all_points: int, top: int,
) -> tuple[Integers, Integers]:  # fmt: skip
    """The best rows and their scores in tenths; see `selection.Find`.

    First rows whose subject fits best give a score that the winners have at least; then all rows that can reach it are
    read.
    """
    rest = t1.max() + t2.max() + t3.max() + t4.max() + t5.max()
    least = fitting_best(groups, subjects, t0, top * MOST_POOLED // 4)
    rows = reachable(groups, subjects, t0, 0, least, 0)
    rows = rows[:: len(rows) // (top * MOST_POOLED) + 1]
    base = points(rows, c0, c1, c2, c3, c4, c5, until, owner, t0, t1, t2, t3, t4, t5, today, not_owner)
    leaders = top * MOST_LEADERS
    good = np.flatnonzero(base >= max(0, greatest(base, leaders)))[: 2 * leaders]
    tenths = scores(rows[good], base[good], own, stems, weights, first, lengths, length, text_points, all_points)
    least = least_points(tenths, length, text_points, all_points, top)
    rows = reachable(groups, subjects, t0, rest, least, len(until))
    base = points(rows, c0, c1, c2, c3, c4, c5, until, owner, t0, t1, t2, t3, t4, t5, today, not_owner)
    good = np.flatnonzero(base >= least)
    rows, base = rows[good], base[good]
    tenths = scores(rows, base, own, stems, weights, first, lengths, length, text_points, all_points)
    if len(rows) > top:
        kept = np.flatnonzero(tenths >= greatest(tenths, top))
        return rows[kept], tenths[kept]
    return rows, tenths


def fitting_best(groups: Integers, subjects: Integers, t0: Integers, enough: int) -> int:
    """The points for subject that groups of `enough` rows together have at least; 0 when there are not so many."""
    counts = np.zeros(max(0, t0.max()) + 1, dtype=np.int64)
    for group in range(len(subjects)):
        counts[max(0, t0[subjects[group]])] += groups[group + 1] - groups[group]
    together = 0
    for least in range(len(counts) - 1, -1, -1):
        together += counts[least]
        if together >= enough:
            return least
    return 0


def greatest(values: Integers, count: int) -> int:
    """The least of the `count` greatest values; OUT when there are fewer. Equal values cost no more than others."""
    if len(values) < count:
        return OUT
    best = np.full(count, OUT, dtype=np.int64)
    for value in values:
        if value > best[0]:
            place = 0
            while place + 1 < count and best[place + 1] < value:
                best[place] = best[place + 1]
                place += 1
            best[place] = value
    least: int = best[0]
    return least


def reachable(groups: Integers, subjects: Integers, t0: Integers, rest: int, least: int, count: int) -> Integers:
    """The rows of the groups whose subject can reach `least` with `rest`, and all that are in no group."""
    size = max(0, count - groups[-1])
    for group in range(len(subjects)):
        if t0[subjects[group]] + rest >= least:
            size += groups[group + 1] - groups[group]
    rows, found = np.empty(size, dtype=np.int64), 0
    for group in range(len(subjects)):
        if t0[subjects[group]] + rest >= least:
            for row in range(groups[group], groups[group + 1]):
                rows[found] = row
                found += 1
    for row in range(groups[-1], count):
        rows[found] = row
        found += 1
    return rows


def points(
    rows: Integers,
    c0: Integers, c1: Integers, c2: Integers, c3: Integers, c4: Integers, c5: Integers,
    until: Integers, owner: Integers,
    t0: Integers, t1: Integers, t2: Integers, t3: Integers, t4: Integers, t5: Integers,
    today: int, not_owner: int,
) -> Integers:  # fmt: skip
    """Weighed points of each of `rows` without its text; OUT when it is closed or the owner's."""
    found = np.empty(len(rows), dtype=np.int64)
    for number in range(len(rows)):
        row = rows[number]
        if until[row] < today or owner[row] == not_owner:
            found[number] = OUT
        else:
            found[number] = t0[c0[row]] + t1[c1[row]] + t2[c2[row]] + t3[c3[row]] + t4[c4[row]] + t5[c5[row]]
    return found


def least_points(tenths: Integers, length: float, text_points: int, all_points: int, top: int) -> int:
    """The points without text below which no row can be among the best."""
    if len(tenths) < top:
        return 0
    reached = greatest(tenths, top)
    full = FULL if length > 0 else NEUTRAL
    least: int = max(0, -((all_points - 2 * all_points * reached) // 20) - text_points * full)
    return least


def scores(
    rows: Integers, base: Integers, own: Integers, stems: Integers, weights: Integers, first: Integers,
    lengths: Fractions, length: float, text_points: int, all_points: int,
) -> Integers:  # fmt: skip
    """Whole scores in tenths, with the points for text as `engine.criteria.text` gives them."""
    tenths = np.empty(len(rows), dtype=np.int64)
    for number in range(len(rows)):
        row = rows[number]
        text = NEUTRAL
        if length > 0 and lengths[row] > 0:
            products = np.int64(0)
            for place in range(first[row], first[row + 1]):
                products += np.int64(own[stems[place]]) * np.int64(weights[place])
            cosine = products / (length * lengths[row])
            text = min(FULL, max(0, math.floor(100 * cosine / FULL_LIKENESS + 0.5)))
        tenths[number] = rounded(base[number] + text_points * text, all_points)
    return tenths


def rounded(weighed: int, all_points: int) -> int:
    """A score in tenths, rounded half up, as `engine.weights.Weights.total` does."""
    tenths: int = (20 * weighed + all_points) // (2 * all_points)
    return tenths
