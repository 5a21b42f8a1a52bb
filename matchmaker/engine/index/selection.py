"""From points without text to the best rows: exact, and text is only read where it can still decide.

Text adds 0 to 100 points times its weight, and no more. So the text of the leaders without text gives a score that the
winners have at least, and whoever cannot reach it with full points for text is not looked at. No winner is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.criteria import FULL_LIKENESS
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Bags

OUT = -(2**31)
FULL = 100
SAMPLED = 16
"""One row in so many is looked at to guess how far the best reach."""


@dataclass(frozen=True, slots=True)
class Question:
    """The text of the posting that asks (stems to weights, and their Euclidean length) and how to weigh it.

    `text_points` is the weight of text, `all_points` of all criteria that apply, `top` how many rows are asked.
    """

    terms: Mapping[str, int]
    length: float
    text_points: int
    all_points: int
    top: int


def find_best(
    base: NDArray[np.int32], bags: Bags, question: Question, references: Sequence[str]
) -> tuple[list[int], list[int]]:
    """The best rows with their scores in tenths, best first, ties by reference.

    `base` holds weighed points without text, shape (rows,); below nought is out.
    """
    rows = np.flatnonzero(base >= max(0, _least_base(base, bags, question)))
    tenths = _tenths(base[rows], rows, bags, question)
    if len(rows) > question.top:
        last = np.partition(tenths, len(rows) - question.top)[len(rows) - question.top]
        rows, tenths = rows[tenths >= last], tenths[tenths >= last]
    order = sorted(zip((-tenths).tolist(), (references[int(row)] for row in rows), rows.tolist(), strict=True))
    best = order[: question.top]
    return [row for _, _, row in best], [-score for score, _, _ in best]


def _least_base(base: NDArray[np.int32], bags: Bags, question: Question) -> int:
    """The points without text below which no row can be among the best."""
    leaders = _leaders(base, question.top)
    if len(leaders) < question.top:
        return 0
    tenths = _tenths(base[leaders], leaders, bags, question)
    reached = int(np.partition(tenths, len(tenths) - question.top)[len(tenths) - question.top])
    whole = question.all_points
    least = -((whole - 2 * whole * reached) // 20)
    return least - question.text_points * (FULL if question.length else NEUTRAL)


def _leaders(base: NDArray[np.int32], top: int) -> NDArray[np.intp]:
    """Rows that do well without text, a few hundred at most: those that reach what the best of a sample reach.

    Any rows would give a true bound; the better they are, the fewer rows are left to read.
    """
    sample = base[::SAMPLED]
    enough = min(top, len(sample))
    reached = np.partition(sample, len(sample) - enough)[len(sample) - enough]
    return np.flatnonzero(base >= max(0, int(reached)))[: top * SAMPLED * 2]


def _tenths(base: NDArray[np.int32], rows: NDArray[np.intp], bags: Bags, question: Question) -> NDArray[np.int64]:
    """Scores in tenths, rounded half up, as `engine.weights.Weights.total` does."""
    weighed = base + question.text_points * _text(rows, bags, question)
    return np.asarray((20 * weighed + question.all_points) // (2 * question.all_points))


def _text(rows: NDArray[np.intp], bags: Bags, question: Question) -> NDArray[np.int64]:
    """Points for text (0..100) of each of `rows`, as `engine.criteria.text` gives them."""
    if not question.length:
        return np.full(len(rows), NEUTRAL)
    lengths = bags.lengths.all[rows]
    products = bags.products(rows, question.terms)
    silent = lengths == 0
    cosine = products / (question.length * np.where(silent, 1.0, lengths))
    points = np.floor(100 * cosine / FULL_LIKENESS + 0.5).astype(np.int64)
    return np.where(silent, NEUTRAL, np.clip(points, 0, FULL))
