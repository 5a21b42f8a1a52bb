"""A row of a table as it is read: what it says, what that means, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.columns import Column, column_of
from matchmaker.listings.import_export.known_cells import Cell
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell, and what was typed there; empty when the cell was."""

    column: str
    error: InvalidValue
    typed: str = ""


@dataclass(slots=True)
class Row:
    """One row, read. `number` is its line in the file; `cells` are those of the fields called `names`; `asked` are the
    fields its kind asks; `part` is the name of the team or programme it names.
    """

    number: int
    names: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    asked: frozenset[str] = frozenset()
    kind: Kind | None = None
    organisation: Organisation | None = None
    organisation_id: int = 0
    online: bool = True
    key: str = ""
    part: str = ""
    problems: Sequence[CellProblem] = ()
    known_already: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """What it says, ready for the domain when there is no problem. Made when asked: a file has many rows."""
        asked = self.asked
        return {
            name: cell.value
            for name, cell in zip(self.names, self.cells, strict=True)
            if cell is not None and name in asked and cell.wrong is None
        }

    @property
    def title(self) -> str:
        """What it calls itself, as far as that fits on a line."""
        return self.typed("title")[:80]

    def typed(self, name: str) -> str:
        """What stands in the cell of a field; empty when nothing does."""
        cell = self.cells[self.names.index(name)] if name in self.names else None
        return cell.text if cell else ""

    def refuse(self, name: str, error: InvalidValue) -> None:
        """Say what is wrong in the column that fills this field."""
        self.problems = [*self.problems, CellProblem(column_name(name), error, self.typed(name))]


def column_name(name: str) -> str:
    """The name of the column that fills a field; the field's own when none does."""
    column: Column | None = column_of(name)
    return column.name if column else name
