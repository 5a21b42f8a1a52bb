"""Which words are nearly a word: all of a vocabulary compared at once, letter by letter."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FURTHEST = 2
"""Letters put in, left out, mistaken, or two neighbours changed about."""
SHORTEST = 4
ONE_UP_TO = 5
"""A word of so many letters may differ in one: with two it would be another word."""
LONGEST_ENDING = 4
"""Letters a stem may lack of the word it is the stem of: -ing, -heid."""


class Vocabulary:
    """Words and in how many listings each stands, ready to be compared with one that is mistyped."""

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        self.words = [word for word, _ in counted]
        self.listings = np.fromiter((number for _, number in counted), np.int64, len(counted))
        self.letters, self.lengths = _packed(self.words)

    def near(self, word: str, most: int, *, ending: int = 0) -> list[str]:
        """The nearest words within reach; of equally near ones the one of most listings first.

        With `ending` near a beginning of the word too, of which at most so many letters are left out.
        """
        allowed = reach(word)
        rows = np.flatnonzero(
            (self.lengths >= len(word) - ending - allowed) & (self.lengths <= len(word) + allowed) & (allowed > 0)
        )
        steps = distances(word, self.letters[rows], self.lengths[rows], ending=min(ending, len(word) - SHORTEST))
        close = np.flatnonzero(steps <= allowed)
        order = np.lexsort((rows[close], -self.listings[rows[close]], steps[close]))
        return [self.words[rows[close[index]]] for index in order[:most]]


def reach(word: str) -> int:
    """How many steps away another word may be and still be meant."""
    return 0 if len(word) < SHORTEST else 1 if len(word) <= ONE_UP_TO else FURTHEST


def steps_between(word: str, other: str) -> int:
    """The distance between two words, as in `distances`."""
    return int(distances(word, *_packed([other]))[0])


def distances(
    word: str, letters: NDArray[np.uint32], lengths: NDArray[np.int64], *, ending: int = 0
) -> NDArray[np.int64]:
    """The Damerau-Levenshtein distance from one word to each of many, neighbours changed about once at most.

    With `ending` the least over the word and its beginnings, at most so many letters shorter.
    `letters` has a row of code points per word, of at least its length. The optimal string alignment of Damerau
    (1964) as in Boytsov (2011), "Indexing methods for approximate dictionary searching", with every word in one step.
    """
    columns, points = letters.T, [ord(letter) for letter in word]
    least = np.full(len(letters), len(points) + len(columns), dtype=np.int64)
    before: list[NDArray[np.int64]] = []
    last = [np.full(len(letters), column, dtype=np.int64) for column in range(len(columns) + 1)]
    for row, point in enumerate(points, 1):
        now = [np.full(len(letters), row, dtype=np.int64)]
        for column in range(1, len(columns) + 1):
            same = columns[column - 1] == point
            step = np.minimum(np.minimum(last[column], now[column - 1]) + 1, last[column - 1] + ~same)
            if row > 1 and column > 1:
                swapped = (columns[column - 2] == point) & (columns[column - 1] == points[row - 2])
                step = np.where(swapped, np.minimum(step, before[column - 2] + 1), step)
            now.append(step)
        before, last = last, now
        if row >= len(points) - ending:
            least = np.minimum(least, np.array(now)[lengths, np.arange(len(letters))])
    return least


def _packed(words: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """A row of code points for each word, and how many letters each has."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    width = int(lengths.max(initial=1))
    packed = np.array(words or [""], dtype=f"U{width}")
    return packed.view(np.uint32).reshape(-1, width)[: len(words)], lengths
