"""Bags of words laid end to end."""

from collections.abc import Iterable, Mapping

import numpy as np

from matchmaker.engine.index.columns import Column, Distinct, Integers

HEAVIEST_TERM = 65_535


class Bags:
    """Bags of words: the stems and weights of all rows end to end, where each row starts, and its length.

    `stems` (int32) and `weights` (uint16) have shape (words of all rows,), `first` (int64) has shape (rows + 1,), and
    `lengths` (float64, Euclidean) shape (rows,).
    """

    def __init__(self) -> None:
        self.vocabulary: Distinct[str] = Distinct()
        self.stems, self.weights = Column(np.int32), Column(np.uint16)
        self.first, self.lengths = Column(np.int64), Column(np.float64)
        self.first.extend([0])

    @property
    def nbytes(self) -> int:
        return sum(each.nbytes for each in (self.stems, self.weights, self.first, self.lengths))

    def extend(self, bags: Iterable[tuple[Mapping[str, int], float]]) -> None:
        """Put bags (stem to whole weight 1..65,535) with their lengths behind the last."""
        stems: list[int] = []
        weights: list[int] = []
        ends: list[int] = []
        lengths: list[float] = []
        last = int(self.first.all[-1])
        number = self.vocabulary.number
        for terms, length in bags:
            stems += [number(stem) for stem in terms]
            weights += terms.values()
            ends.append(last + len(stems))
            lengths.append(length)
        self.stems.extend(stems)
        self.weights.extend(weights)
        self.first.extend(ends)
        self.lengths.extend(lengths)

    def keep(self, rows: Integers) -> None:
        """Leave out all but these rows; they follow each other in this order."""
        places, _ = places_of(self.first.all, rows)
        counts = self.first.all[rows + 1] - self.first.all[rows]
        self.stems, self.weights, self.lengths = (
            self.stems.only(places),
            self.weights.only(places),
            self.lengths.only(rows),
        )
        self.first = Column(np.int64)
        self.first.extend(np.concatenate(([0], np.cumsum(counts))))

    def weights_of(self, terms: Mapping[str, int]) -> Integers:
        """The weight of each stem of the vocabulary in `terms`, 0 for most: int32, shape (vocabulary,)."""
        own, find = np.zeros(len(self.vocabulary), dtype=np.int32), self.vocabulary.find
        known = [(number, weight) for stem, weight in terms.items() if (number := find(stem)) is not None]
        if known:
            numbers, weights = zip(*known, strict=True)
            own[list(numbers)] = weights
        return own

    def bag(self, row: int) -> dict[str, int]:
        """The bag of a row as it was put in."""
        start, end = self.first.all[row : row + 2]
        names = self.vocabulary.values
        pairs = zip(self.stems.all[start:end].tolist(), self.weights.all[start:end].tolist(), strict=True)
        return {names[stem]: weight for stem, weight in pairs}


def places_of(first: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """Where the words of `rows` lie, row after row, and where each row ends in that list."""
    starts = first[rows]
    counts = first[rows + 1] - starts
    ends = np.cumsum(counts)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return places, ends
