"""Numbers of small groups stay hidden, also from who subtracts one table from another. Pure: numbers in and out."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 5
Key = TypeVar("Key", bound=Hashable)
Line = tuple[Hashable, Sequence[Hashable]]


@dataclass(frozen=True, slots=True)
class Shown(Generic[Key]):
    """What may be seen: a number for each group, None where it is hidden, and what the hidden ones are together.

    `rest` is None when nothing is hidden, or when all that is hidden is too little to show even together.
    """

    groups: dict[Key, int | None]
    rest: int | None


def published(counts: Mapping[Key, int]) -> Shown[Key]:
    """What may be seen of groups whose total can be known too.

    Every number that is shown is rounded to a multiple of five: two tables that overlap then do not differ by one
    person.
    """
    whole = object()
    values: dict[Hashable, int] = {**counts, whole: sum(counts.values())}
    hidden = hidden_cells(values, [(whole, list(counts))])
    together = sum(number for key, number in counts.items() if key in hidden)
    groups = {key: None if key in hidden else rounded(number) for key, number in counts.items()}
    return Shown(groups, rounded(together) if together and whole not in hidden else None)


def hidden_cells(values: Mapping[Hashable, int], lines: Iterable[Line]) -> set[Hashable]:
    """The cells of a set of tables that stay hidden, so that no two that are shown differ by one to four.

    `values` holds the number of each cell, `lines` a cell with cells that are apart from each other and part of it.
    Hidden is every cell under five, what is part of a hidden cell, and of a line so many more, the smallest first,
    that what is not shown of it is nobody or at least five. Cells of nobody are shown.
    """
    kept = [(whole, list(parts)) for whole, parts in lines]
    hidden = {key for key, number in values.items() if 0 < number < FEWEST}
    while more := {cell for line in kept if (cell := _gives_away(values, line, hidden)) is not None}:
        hidden |= more
    return hidden


def _gives_away(values: Mapping[Hashable, int], line: Line, hidden: set[Hashable]) -> Hashable | None:
    """The next cell of a line to hide; None when the line gives nothing away."""
    whole, parts = line
    shown = [each for each in parts if each not in hidden and values[each]]
    if not shown:
        return None
    left = values[whole] - sum(values[each] for each in shown)
    if whole not in hidden and not 0 < left < FEWEST:
        return None
    return min(shown, key=lambda each: (values[each], str(each)))


def rounded(number: int) -> int:
    """To the nearest multiple of five; a group of five or more never becomes nothing."""
    return FEWEST * ((number + FEWEST // 2) // FEWEST)


def share(part: int, whole: int) -> int | None:
    """Tens of percents; None for a whole under five."""
    return None if whole < FEWEST else round(10 * part / whole) * 10
