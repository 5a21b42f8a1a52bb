"""A row of a table as it is read: what it says, what that means, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.columns import Column, column_of
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
    """One row, read. `number` is its line in the file; `texts` are its cells by field; `values` are ready for the
    domain when there is no problem; `part` is the name of the team or programme it names.
    """

    number: int
    texts: dict[str, str]
    kind: Kind | None = None
    organisation: Organisation | None = None
    organisation_id: int = 0
    online: bool = True
    key: str = ""
    part: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    known_already: bool = False

    @property
    def title(self) -> str:
        """What it calls itself, as far as that fits on a line."""
        return self.texts.get("title", "")[:80]

    def refuse(self, name: str, error: InvalidValue) -> None:
        """Say what is wrong in the column that fills this field."""
        self.problems.append(CellProblem(column_name(name), error, self.texts.get(name, "")))


def column_name(name: str) -> str:
    """The name of the column that fills a field; the field's own when none does."""
    column: Column | None = column_of(name)
    return column.name if column else name
