"""Columns that grow: values with a number each, arrays of one type, and bags of words laid end to end."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=Hashable)

Integers = NDArray[Any]
Fractions = NDArray[np.float64]

FIRST_ROOM = 64
GROWTH = 1.5
HEAVIEST_TERM = 65_535


class Distinct(Generic[Value]):
    """Distinct values in the order they came, each with a number from 0."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}

    def __len__(self) -> int:
        return len(self.values)

    def number(self, value: Value) -> int:
        """The number of a value, a new one when it was not seen before."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def find(self, value: Value) -> int | None:
        """The number of a value, or None."""
        return self._numbers.get(value)


class Column:
    """One array of numbers of one type, with room to grow. `all` is what is filled, shape (n,)."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._room = np.zeros(FIRST_ROOM, dtype=kind)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    @property
    def all(self) -> Integers:
        return self._room[: self._filled]

    @property
    def nbytes(self) -> int:
        return self._room.nbytes

    def extend(self, values: Iterable[float] | Integers) -> None:
        """Put values behind the last. Raises OverflowError for a number the type cannot hold."""
        added = np.array(list(values) if not isinstance(values, np.ndarray) else values, dtype=self._room.dtype)
        asked = self._filled + len(added)
        if asked > len(self._room):
            grown = np.zeros(max(asked, int(len(self._room) * GROWTH)), dtype=self._room.dtype)
            grown[: self._filled] = self.all
            self._room = grown
        self._room[self._filled : asked] = added
        self._filled = asked

    def only(self, rows: Integers) -> "Column":
        """A column with these rows, in their order."""
        kept = Column(self._room.dtype.type)
        kept.extend(self.all[rows])
        return kept


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
        places, _ = self._places(rows)
        counts = self.first.all[rows + 1] - self.first.all[rows]
        self.stems, self.weights, self.lengths = (
            self.stems.only(places),
            self.weights.only(places),
            self.lengths.only(rows),
        )
        self.first = Column(np.int64)
        self.first.extend(np.concatenate(([0], np.cumsum(counts))))

    def products(self, rows: Integers, terms: Mapping[str, int]) -> Integers:
        """The product of a bag with the bag of each of `rows`: whole numbers, shape (rows,)."""
        own = np.zeros(len(self.vocabulary), dtype=np.int64)
        for stem, weight in terms.items():
            number = self.vocabulary.find(stem)
            if number is not None:
                own[number] = weight
        places, ends = self._places(rows)
        sums = np.concatenate(([0], np.cumsum(own[self.stems.all[places]] * self.weights.all[places])))
        return np.asarray(sums[ends] - sums[np.concatenate(([0], ends[:-1]))])

    def _places(self, rows: Integers) -> tuple[Integers, Integers]:
        """Where the words of `rows` lie, row after row, and where each row ends in that list."""
        starts = self.first.all[rows]
        counts = self.first.all[rows + 1] - starts
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
        return places, ends

    def bag(self, row: int) -> dict[str, int]:
        """The bag of a row as it was put in."""
        start, end = self.first.all[row : row + 2]
        names = self.vocabulary.values
        pairs = zip(self.stems.all[start:end].tolist(), self.weights.all[start:end].tolist(), strict=True)
        return {names[stem]: weight for stem, weight in pairs}
