"""What each text means in each column, looked at once for a whole file: most cells of a table say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME, Field, Shape
from matchmaker.listings.import_export.cells import read_cell, undefused
from matchmaker.listings.values import UNUSABLE, clean_value, is_unusable, together

EMPTY: tuple[Any, ...] = (None, "", [], False)


class Cell(NamedTuple):
    """What one cell holds, whatever stands beside it. `text` is what was typed there, as far as it can be shown.

    `wrong`: the text is no value of this column, or, when `is_readable`, one that cannot be true. `impossible`: it
    could be, and not now or not here (a day that has passed, a place nobody knows). `is_unusable`: it held signs that
    no text may hold. `name`: what the team or programme it stands for is called.
    """

    text: str
    value: Any = None
    wrong: InvalidValue | None = None
    is_readable: bool = True
    impossible: tuple[InvalidValue, ...] = ()
    is_filled: bool = False
    is_unusable: bool = False
    name: str = ""

    @property
    def is_plain(self) -> bool:
        """Nothing is wrong with it."""
        return self.wrong is None and not self.impossible and not self.is_unusable


@dataclass(frozen=True, slots=True)
class CellColumn:
    """The cells of one column in the order of the rows; None is an empty one. `is_plain`: nothing is wrong in any."""

    cells: Sequence[Cell | None]
    is_plain: bool


def column_of_cells(name: str, texts: Sequence[str], read: Callable[[str], Any] | None = None) -> CellColumn | None:
    """What a column holds; None when all its cells are empty.

    For a column that fills no field of a listing `read` gives the value of a text, or raises InvalidValue.
    """
    different = set(texts)
    usable = not is_unusable("".join(different))
    known: dict[str, Cell | None] = {text: _cell(name, text, read, usable=usable) for text in different if text}
    if not known:
        return None
    is_plain = all(cell.is_plain for cell in known.values() if cell)
    known[""] = None
    return CellColumn(list(map(known.__getitem__, texts)), is_plain)


def _cell(name: str, typed: str, read: Callable[[str], Any] | None, *, usable: bool) -> Cell:
    text = undefused(typed) if typed[0] == "'" else typed
    if usable or not is_unusable(text):
        return _looked_at(name, text, read)
    return _looked_at(name, UNUSABLE.sub("", text), read)._replace(is_unusable=True)


def _looked_at(name: str, text: str, read: Callable[[str], Any] | None) -> Cell:
    field = BY_NAME.get(name)
    try:
        if field is not None:
            value = text if field.shape in _AS_TYPED else read_cell(name, text)
        else:
            value = read(text) if read else text
    except InvalidValue as problem:
        return Cell(text, None, problem, is_readable=False)
    return Cell(text, value) if field is None or name in ROWS else _held_to_be_true(field, text, value)


def _held_to_be_true(field: Field, text: str, value: Any) -> Cell:
    filled = value not in EMPTY
    try:
        cleaned = clean_value(field, value)
    except InvalidValue as problem:
        return Cell(text, None, problem, is_filled=filled)
    by_itself = isinstance(cleaned, date) or field.name == "place"
    return Cell(text, cleaned, None, True, tuple(together({field.name: cleaned}, {})) if by_itself else (), filled)


_AS_TYPED = frozenset({Shape.LINE, Shape.TEXT, Shape.ADDRESS})
ROWS = frozenset(name for name, field in BY_NAME.items() if field.shape is Shape.ROW)
"""Fields that name a row of the organisation itself: what they mean depends on whose row it is."""
