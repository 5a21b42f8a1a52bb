"""Postings of a block about nearly the same as another posting, by the rule of `engine.likeness`."""

import numpy as np

from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.index.loops import FULL
from matchmaker.engine.index.question import Integers, Rows
from matchmaker.engine.index.words import places_of


def most_alike(
    found: Integers, rows: Rows, own: Integers, length: float, *, least: int, top: int
) -> tuple[Integers, Integers]:
    """Of `found` the `top` with most points, and all that equal the last of them; none below `least`. In no order.

    `own` is the weight of each stem in the posting they are compared with, `length` its Euclidean length. Returns rows
    and points (0..100), each of shape (hits,).
    """
    silent = rows.lengths[found] == 0
    found = found[~silent]
    if not length or not len(found):
        return found[:0], found[:0]
    places, ends = places_of(rows.first, found)
    sums = np.concatenate(([0], np.cumsum(own[rows.stems[places]].astype(np.int64) * rows.weights[places])))
    products = sums[ends] - sums[np.concatenate(([0], ends[:-1]))]
    cosine = products / (length * rows.lengths[found])
    points = np.clip(np.floor(100 * cosine / FULL_LIKENESS + 0.5).astype(np.int64), 0, FULL)
    if len(points) > top:
        least = max(least, int(np.partition(points, len(points) - top)[len(points) - top]))
    near = points >= least
    return found[near], points[near]
