"""What each text means in each column, looked at once for a whole file: most cells of a table say the same."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME, Shape
from matchmaker.listings.import_export.cells import read_cell
from matchmaker.listings.values import clean_value, together

LONGEST_KNOWN = 80
"""Longer texts hardly come back, and are not remembered."""

EMPTY: tuple[Any, ...] = (None, "", [], False)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds, whatever stands beside it.

    `unreadable`: the text is no value of this field. `untrue`: it is one that cannot be. `impossible`: it could be,
    and not now or not here (a day that has passed, a place nobody knows).
    """

    value: Any = None
    unreadable: InvalidValue | None = None
    untrue: InvalidValue | None = None
    impossible: tuple[InvalidValue, ...] = ()
    filled: bool = False


class KnownCells:
    """Remembers cells as long as one file is read: what a day means depends on today."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Cell]] = defaultdict(dict)

    def cell(self, name: str, text: str) -> Cell:
        """The cell of this field with this text."""
        known = self._known[name]
        found = known.get(text)
        if found is None:
            found = _looked_at(name, text)
            if len(text) <= LONGEST_KNOWN and name != "title":
                known[text] = found
        return found


def _looked_at(name: str, text: str) -> Cell:
    try:
        value = read_cell(name, text)
    except InvalidValue as problem:
        return Cell(unreadable=problem)
    filled = value not in EMPTY
    try:
        cleaned = clean_value(BY_NAME[name], value)
    except InvalidValue as problem:
        return Cell(untrue=problem, filled=filled)
    by_itself = isinstance(cleaned, date) or name == "place"
    return Cell(cleaned, impossible=tuple(together({name: cleaned}, {})) if by_itself else (), filled=filled)


ROWS = frozenset(name for name, field in BY_NAME.items() if field.shape is Shape.ROW)
"""Fields that name a row of the organisation itself: what they mean depends on whose row it is."""
