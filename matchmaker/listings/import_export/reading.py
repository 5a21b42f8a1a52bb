"""Reading the rows of one file: what each cell means and what is wrong with it. Writes nothing.

Columns first: what a text means is looked at once, however many rows say it, and rows are put together from that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.cells import read_code, undefused
from matchmaker.listings.import_export.known_cells import ROWS, Cell, CellColumn, column_of_cells
from matchmaker.listings.import_export.rows import Row, column_name
from matchmaker.listings.kinds import fields_for, kinds_for, levels_for, missing_from
from matchmaker.listings.values import locate, together
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import names_of_programmes, names_of_teams
from matchmaker.reference import fold
from matchmaker.vocabulary import Kind, Mode, Side

FindOrganisation = Callable[[str], Organisation | None]
Line = tuple[int, tuple[str, ...]]
"""The number of a row in the file, and its cells."""

LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one kind asks of this side."""

    fields: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose a row is; nobody's with the reason why."""

    organisation: Organisation | None = None
    organisation_id: int = 0
    problem: InvalidValue | None = None
    kinds: tuple[Kind, ...] = ()
    has_place: bool = False


class Reader:
    """Reads the rows of one import. `fields` are those the columns of the file fill, empty for a column not known."""

    def __init__(
        self,
        side: Side,
        fingerprint: str,
        fields: Sequence[str],
        organisation: Organisation | None,
        find: FindOrganisation | None,
    ) -> None:
        self.side, self.fingerprint, self.fields = side, fingerprint, fields
        self.organisation, self.find = organisation, find
        self.asked = {
            kind: _Asked(frozenset(fields_for(kind, side)), frozenset(map(str, levels_for(kind)))) for kind in Kind
        }
        self.keys: set[str] = set()
        self.is_plain = False
        self.not_asked: dict[Kind, tuple[int, ...]] = {}

    def of_this_side(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The rows that do not say to be of the other side; what cannot be read says nothing."""
        if "side" not in self.fields:
            return lines
        at = self.fields.index("side")
        texts = [cells[at] if at < len(cells) else "" for _, cells in lines]
        left_aside = {text for text in set(texts) if text and self._is_of_other_side(undefused(text))}
        return [line for line, text in zip(lines, texts, strict=True) if text not in left_aside]

    def _is_of_other_side(self, text: str) -> bool:
        try:
            return bool(read_code("side", text, columns.SIDES) != ("aanbod" if self.side is Side.OFFER else "vraag"))
        except InvalidValue:
            return False

    def read(self, lines: Sequence[Line]) -> list[Row]:
        """These rows, with everything that is wrong in each."""
        table = self._columns(lines)
        empty = CellColumn([None] * len(lines), is_plain=True)
        nobody = self._find_owner("")
        owners = [cell.value if cell else nobody for cell in table.get("organisation", empty).cells]
        parts: Sequence[str] = [""] * len(lines)
        for name in [name for name in table if name in ROWS]:
            table[name] = self._parts(name, table[name].cells, owners)
            parts = [cell.name if cell else part for cell, part in zip(table[name].cells, parts, strict=True)]
        names = tuple(table)
        self.is_plain = all(column.is_plain for column in table.values())
        self.not_asked = {
            kind: tuple(at for at, name in enumerate(names) if name in BY_NAME and name not in asked.fields)
            for kind, asked in self.asked.items()
        }
        every = zip(*(column.cells for column in table.values()), strict=True) if table else [()] * len(lines)
        rows = [
            Row(number, names, cells, organisation=owner.organisation, organisation_id=owner.organisation_id, part=part)
            for (number, _), cells, owner, part in zip(lines, every, owners, parts, strict=True)
        ]
        own = (table.get(name, empty).cells for name in ("kind", "status", "key"))
        for row, owner, kind, status, key in zip(rows, owners, *own, strict=True):
            self._complete(row, owner, kind, status, key)
        return rows

    def _columns(self, lines: Sequence[Line]) -> dict[str, CellColumn]:
        """The columns that hold anything, by the field they fill, in the order of the file."""
        reads: dict[str, Callable[[str], Any]] = {
            "organisation": self._find_owner,
            "kind": _read_kind,
            "status": _read_status,
        }
        found = {}
        for name, texts in zip(self.fields, zip_longest(*(cells for _, cells in lines), fillvalue=""), strict=False):
            column = column_of_cells(name, texts, reads.get(name)) if name else None
            if column is not None:
                found[name] = column
        return found

    def _find_owner(self, text: str) -> _Owner:
        own = self.organisation
        if not text or (own is not None and fold(text) in (fold(own.name), fold(own.code))):
            found = own
        elif self.find is not None:
            found = self.find(text)
        else:
            return _Owner(problem=InvalidValue("organisation", "not_yours"))
        if found is None:
            return _Owner(problem=InvalidValue("organisation", "unknown_organisation" if text else "required"))
        return _Owner(found, found.id, None, kinds_for(found.kind, self.side), found.latitude is not None)

    def _parts(self, name: str, cells: Sequence[Cell | None], owners: Sequence[_Owner]) -> CellColumn:
        """The teams or programmes with these names, each of the organisation whose row it is."""
        wanted = {owner.organisation_id for cell, owner in zip(cells, owners, strict=True) if cell}
        known: dict[tuple[int, str], Cell] = {}
        for own, number, called in (names_of_teams if name == "team_id" else names_of_programmes)(wanted - {0}):
            known[own, fold(called)] = Cell("", number, is_filled=True, name=called)

        @cache
        def found(own: int, cell: Cell) -> Cell:
            if not own:
                return cell._replace(value=None)
            there = known.get((own, fold(cell.text)))
            if there is None:
                return cell._replace(value=None, wrong=InvalidValue(name, "unknown_row"), is_readable=False)
            return there._replace(text=cell.text, is_unusable=cell.is_unusable)

        made = [found(owner.organisation_id, cell) if cell else None for cell, owner in zip(cells, owners, strict=True)]
        return CellColumn(made, all(cell.is_plain for cell in made if cell))

    def _complete(self, row: Row, owner: _Owner, kind: Cell | None, status: Cell | None, key: Cell | None) -> None:
        """Say what the row is, and everything that is wrong with it."""
        if not self.is_plain:
            for name in [name for name, cell in zip(row.names, row.cells, strict=True) if cell and cell.is_unusable]:
                row.refuse(name, InvalidValue(name, "unusable_text"))
        if owner.problem is not None:
            row.refuse("organisation", owner.problem)
        self._be_of_kind(row, owner, kind)
        if status is not None and status.wrong is not None:
            row.refuse("status", status.wrong)
        else:
            row.online = status is None or status.value == columns.ONLINE
        self._know_again(row, key.text if key else "")
        self._check(row, owner)

    def _be_of_kind(self, row: Row, owner: _Owner, cell: Cell | None) -> None:
        wrong = cell.wrong if cell else InvalidValue("kind", "required")
        if cell is None or wrong is not None:
            row.refuse("kind", wrong)
            return
        row.kind = cell.value
        row.asked = self.asked[row.kind].fields
        if owner.organisation is not None and row.kind not in owner.kinds:
            row.refuse("kind", InvalidValue("kind", "other_side_posts"))

    def _know_again(self, row: Row, text: str) -> None:
        row.key = f"eigen:{text}" if text else f"{self.fingerprint}:{row.number}"
        if len(row.key) > LONGEST_KEY:
            row.refuse("key", InvalidValue("key", "text_too_long", n=70))
        elif row.key in self.keys:
            row.refuse("key", InvalidValue("key", "taken"))
        self.keys.add(row.key)

    def _has_plain_cells(self, row: Row) -> bool:
        """Whether nothing is wrong in any cell, so that there is no need to look at each."""
        if not self.is_plain or row.kind is None:
            return False
        cells = row.cells
        return not any(cells[at] for at in self.not_asked[row.kind])

    def _check(self, row: Row, owner: _Owner) -> None:
        values = row.values
        problems = [] if self._has_plain_cells(row) else _problems_in_cells(row)
        if row.kind is None:
            return
        if not self.asked[row.kind].levels.issuperset(values.get("levels", ())):
            problems.append(InvalidValue("levels", "not_this_kind"))
        problems += together(values, before=values)
        if row.online and owner.organisation is not None:
            bad = {problem.field for problem in problems}
            problems += [each for each in _missing(values, owner) if each.field not in bad]
        if not problems:
            return
        seen = {problem.column for problem in row.problems}
        for problem in problems:
            if column_name(problem.field) not in seen:
                row.refuse(problem.field, problem)


def _problems_in_cells(row: Row) -> list[InvalidValue]:
    """Refuse the cells of a row that cannot be read, and return what is untrue for its kind."""
    problems: list[InvalidValue] = []
    for name, cell in zip(row.names, row.cells, strict=True):
        if cell is None or name not in BY_NAME:
            continue
        if cell.wrong is not None and not cell.is_readable:
            row.refuse(name, cell.wrong)
        elif name not in row.asked:
            if cell.is_filled:
                problems.append(InvalidValue(name, "not_this_kind"))
        elif cell.wrong is not None:
            problems.append(cell.wrong)
        else:
            problems += cell.impossible
    return problems


def _read_kind(text: str) -> Any:
    if not text:
        raise InvalidValue("kind", "required")
    return read_code("kind", text, columns.KINDS)


def _read_status(text: str) -> Any:
    return read_code("status", text, columns.STATUSES) if text else columns.ONLINE


def _missing(values: Mapping[str, Any], owner: _Owner) -> Sequence[InvalidValue]:
    """What a row lacks to go online."""
    has_place = owner.has_place or locate(values.get("place") or "") is not None
    mode = values.get("mode") or Mode.ON_SITE
    return missing_from(values.get("title", ""), values.get("text", ""), mode=mode, has_place=has_place)
