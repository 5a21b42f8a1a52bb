"""Columns that grow: values with a number each, and arrays of one type."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=Hashable)

Integers = NDArray[Any]

FIRST_ROOM = 64
GROWTH = 1.5


class Distinct(Generic[Value]):
    """Distinct values in the order they came, each with a number from 0. `find` gives that of a value, or None."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}
        self.find: Callable[[Value], int | None] = self._numbers.get

    def __len__(self) -> int:
        return len(self.values)

    def number(self, value: Value) -> int:
        """The number of a value, a new one when it was not seen before."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


class Column:
    """One array of numbers of one type, with room to grow. `all` is what is filled, shape (n,) or (n, width)."""

    def __init__(self, kind: type[np.generic], width: int | None = None) -> None:
        self._wide = () if width is None else (width,)
        self._room = np.zeros((FIRST_ROOM, *self._wide), dtype=kind)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    @property
    def all(self) -> Integers:
        return self._room[: self._filled]

    @property
    def nbytes(self) -> int:
        return self._room.nbytes

    def extend(self, values: Iterable[float] | Iterable[tuple[int, ...]] | Integers) -> None:
        """Put values behind the last. Raises OverflowError for a number the type cannot hold."""
        added = np.array(list(values) if not isinstance(values, np.ndarray) else values, dtype=self._room.dtype)
        added = added.reshape(-1, *self._wide)
        asked = self._filled + len(added)
        if asked > len(self._room):
            grown = np.zeros((max(asked, int(len(self._room) * GROWTH)), *self._wide), dtype=self._room.dtype)
            grown[: self._filled] = self.all
            self._room = grown
        self._room[self._filled : asked] = added
        self._filled = asked

    def only(self, rows: Integers) -> "Column":
        """A column with these rows, in their order."""
        kept = Column(self._room.dtype.type, *self._wide)
        kept.extend(self.all[rows])
        return kept
