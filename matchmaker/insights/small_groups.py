"""Numbers of small groups stay hidden, also from who subtracts one table from another. Pure: numbers in and out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Key]):
    """What may be seen: a number for each group, None where it is hidden, and what the hidden ones are together.

    `rest` is None when nothing is hidden, or when all that is hidden is too little to show even together.
    """

    groups: dict[Key, int | None]
    rest: int | None


def published(counts: Mapping[Key, int]) -> Shown[Key]:
    """Hide every group under five, and so many more that what is hidden is at least two groups of five together.

    One hidden group would follow from the total, so the smallest shown one hides with it. Every number that is shown is
    rounded to a multiple of five: two tables that overlap then do not differ by one person.
    """
    hidden = {key for key, number in counts.items() if 0 < number < FEWEST}
    while hidden and (len(hidden) < 2 or sum(counts[key] for key in hidden) < FEWEST):
        left = [key for key, number in counts.items() if number >= FEWEST and key not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda key: (counts[key], str(key))))
    together = sum(counts[key] for key in hidden)
    safe = len(hidden) > 1 and together >= FEWEST
    groups = {key: None if key in hidden else rounded(number) for key, number in counts.items()}
    return Shown(groups, rounded(together) if safe else None)


def rounded(number: int) -> int:
    """To the nearest multiple of five; a group of five or more never becomes nothing."""
    return FEWEST * ((number + FEWEST // 2) // FEWEST)


def share(part: int, whole: int) -> int | None:
    """Tens of percents; None for a whole under five."""
    return None if whole < FEWEST else round(10 * part / whole) * 10
