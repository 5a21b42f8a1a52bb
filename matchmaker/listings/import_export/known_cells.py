"""What each text means in each column, looked at once for a whole file: most cells of a table say the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME, Field, Shape
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
    `name`: what the team or programme it stands for is called.
    """

    value: Any = None
    unreadable: InvalidValue | None = None
    untrue: InvalidValue | None = None
    impossible: tuple[InvalidValue, ...] = ()
    filled: bool = False
    name: str = ""


class KnownCells:
    """Remembers cells as long as one file is read: what a day means depends on today."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Cell]] = {name: {} for name in BY_NAME}

    def look_at(self, name: str, text: str) -> Cell:
        """A cell that is not known yet."""
        made = _looked_at(BY_NAME[name], text)
        if len(text) <= LONGEST_KNOWN and name != "title":
            self.known[name][text] = made
        return made


def _looked_at(field: Field, text: str) -> Cell:
    try:
        value = text if field.shape in _AS_TYPED else read_cell(field.name, text)
    except InvalidValue as problem:
        return Cell(unreadable=problem)
    filled = value not in EMPTY
    try:
        cleaned = clean_value(field, value)
    except InvalidValue as problem:
        return Cell(untrue=problem, filled=filled)
    by_itself = isinstance(cleaned, date) or field.name == "place"
    return Cell(cleaned, impossible=tuple(together({field.name: cleaned}, {})) if by_itself else (), filled=filled)


_AS_TYPED = frozenset({Shape.LINE, Shape.TEXT, Shape.ADDRESS})
ROWS = frozenset(name for name, field in BY_NAME.items() if field.shape is Shape.ROW)
"""Fields that name a row of the organisation itself: what they mean depends on whose row it is."""
