"""From the rows of a table to listings: every bad cell is named first, then all rows are written or none."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.errors import InvalidValue
from matchmaker.listings.actions import needs_check, put_online
from matchmaker.listings.fields import BY_NAME, Shape
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.cells import read_cell, read_code, undefused
from matchmaker.listings.import_export.columns import Column, column_of, columns_by_name
from matchmaker.listings.import_export.sheets import Sheet
from matchmaker.listings.kinds import missing
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.listings.queries import imported_keys
from matchmaker.listings.values import UNUSABLE, clean, empty_value, locate, together
from matchmaker.listings.writing import may_post, new_listing, write
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import programmes_of, teams_of
from matchmaker.reference import fold
from matchmaker.vocabulary import Kind, ListingStatus, Mode, Side

FindOrganisation = Callable[[str], Organisation | None]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell, and what was typed there; empty when the cell was."""

    column: str
    error: InvalidValue
    typed: str = ""


@dataclass(slots=True)
class Row:
    """One row, read. `number` is its line in the file; `typed` is the text of its cells by
    column; `values` are ready for the domain when there is no problem."""

    number: int
    title: str = ""
    kind: Kind | None = None
    organisation: Organisation | None = None
    online: bool = True
    key: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    known_already: bool = False

    def refuse(self, column: str, error: InvalidValue) -> None:
        self.problems.append(CellProblem(column, error, self.typed.get(column, "")))


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that was read: its rows, columns nobody knows, rows of the other side that were left aside."""

    rows: tuple[Row, ...]
    unknown_columns: tuple[str, ...]
    other_side: int
    fingerprint: str

    @property
    def bad(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def new(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.known_already)


def fingerprint_of(content: bytes) -> str:
    """What makes the same file the same import."""
    return hashlib.sha256(content).hexdigest()[:16]


def check_sheet(
    sheet: Sheet,
    *,
    side: Side,
    fingerprint: str,
    organisation: Organisation | None,
    find_organisation: FindOrganisation | None = None,
) -> Checked:
    """Read every row and say what is wrong with it. Writes nothing.

    `organisation` owns rows that name none. Rows for another organisation need `find_organisation`, which only a
    command of the platform gives.
    """
    known = columns_by_name()
    used = [known.get(fold(name)) for name in sheet.names]
    unknown = tuple(name for name, column in zip(sheet.names, used, strict=True) if column is None and name)
    reader = _Reader(side, fingerprint, organisation, find_organisation)
    rows: list[Row] = []
    other = 0
    for number, cells in sheet.rows:
        texts = {
            column.field: undefused(cell)
            for column, cell in zip(used, cells, strict=False)
            if column is not None and cell
        }
        if _is_of_other_side(texts.get("side", ""), side):
            other += 1
            continue
        rows.append(reader.read(number, texts))
    _mark_known(rows)
    return Checked(tuple(rows), unknown, other, fingerprint)


def write_rows(checked: Checked, *, side: Side, by: Account | None) -> list[Listing]:
    """Write every new row, in the caller's transaction, without a line in the log for each."""
    made = []
    for row in checked.new:
        assert row.kind is not None and row.organisation is not None
        listing = new_listing(side=side, kind=row.kind, organisation=row.organisation, by=by)
        listing.import_key = row.key
        write(listing, row.values)
        if row.online and needs_check(listing, by):
            listing.status = ListingStatus.IN_CHECK
        elif row.online:
            put_online(listing)
        made.append(listing)
    return made


class _Reader:
    """Reads rows for one import; remembers teams, programmes and organisations it has looked up."""

    def __init__(
        self, side: Side, fingerprint: str, organisation: Organisation | None, find: FindOrganisation | None
    ) -> None:
        self.side, self.fingerprint, self.organisation, self.find = side, fingerprint, organisation, find
        self.rows_by_name: dict[tuple[int, str], dict[str, int]] = {}
        self.keys: set[str] = set()

    def read(self, number: int, texts: dict[str, str]) -> Row:
        row = Row(number)
        unusable = [name for name, text in texts.items() if UNUSABLE.search(text)]
        texts = {name: UNUSABLE.sub("", text) for name, text in texts.items()}
        row.typed = {_column_name(name): text for name, text in texts.items()}
        for name in unusable:
            row.refuse(_column_name(name), InvalidValue(name, "unusable_text"))
        row.title = texts.get("title", "")[:80]
        self._organisation(row, texts.get("organisation", ""))
        self._kind(row, texts.get("kind", ""))
        self._status(row, texts.get("status", ""))
        self._key(row, texts.get("key", ""))
        values = self._values(row, texts)
        if row.kind is not None:
            self._check(row, row.kind, values)
        return row

    def _organisation(self, row: Row, text: str) -> None:
        own = self.organisation
        if not text or (own is not None and fold(text) in (fold(own.name), fold(own.code))):
            row.organisation = own
        elif self.find is not None:
            row.organisation = self.find(text)
        else:
            row.refuse("organisatie", InvalidValue("organisation", "not_yours"))
            return
        if row.organisation is None:
            row.refuse("organisatie", InvalidValue("organisation", "unknown_organisation" if text else "required"))

    def _kind(self, row: Row, text: str) -> None:
        try:
            row.kind = read_code("kind", text, columns.KINDS) if text else None
        except InvalidValue as problem:
            row.refuse("soort", problem)
            return
        if row.kind is None:
            row.refuse("soort", InvalidValue("kind", "required"))
        elif row.organisation is not None and not may_post(row.organisation, row.kind, self.side):
            row.refuse("soort", InvalidValue("kind", "other_side_posts"))

    def _status(self, row: Row, text: str) -> None:
        try:
            row.online = not text or read_code("status", text, columns.STATUSES) == columns.ONLINE
        except InvalidValue as problem:
            row.refuse("status", problem)

    def _key(self, row: Row, text: str) -> None:
        own = f"eigen:{text}"
        row.key = own if text else f"{self.fingerprint}:{row.number}"
        if len(row.key) > 80:
            row.refuse("sleutel", InvalidValue("key", "text_too_long", n=70))
        elif row.key in self.keys:
            row.refuse("sleutel", InvalidValue("key", "taken"))
        self.keys.add(row.key)

    def _values(self, row: Row, texts: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, text in texts.items():
            if name not in BY_NAME:
                continue
            try:
                value = read_cell(name, text)
                values[name] = self._row_id(row, name, text) if BY_NAME[name].shape is Shape.ROW else value
            except InvalidValue as problem:
                row.refuse(_column_name(name), problem)
        return values

    def _row_id(self, row: Row, name: str, text: str) -> int | None:
        if row.organisation is None:
            return None
        cached = (row.organisation.id, name)
        if cached not in self.rows_by_name:
            found: Sequence[Any] = (teams_of if name == "team_id" else programmes_of)(row.organisation)
            self.rows_by_name[cached] = {fold(each.name): each.id for each in found}
        row_id = self.rows_by_name[cached].get(fold(text))
        if row_id is None:
            raise InvalidValue(name, "unknown_row")
        return row_id

    def _check(self, row: Row, kind: Kind, values: dict[str, Any]) -> None:
        cleaned, problems = clean(kind, self.side, values)
        whole = {name: cleaned.get(name, empty_value(BY_NAME[name])) for name in BY_NAME}
        problems += together(whole, {})
        if row.online and row.organisation is not None:
            bad = {problem.field for problem in problems}
            problems += [problem for problem in missing(_shadow(self.side, row, cleaned)) if problem.field not in bad]
        seen = {problem.column for problem in row.problems}
        for problem in problems:
            if _column_name(problem.field) not in seen:
                row.refuse(_column_name(problem.field), problem)
        row.values = {**cleaned}


def _shadow(side: Side, row: Row, cleaned: dict[str, Any]) -> Listing:
    """A listing that is never stored, to ask what it lacks."""
    own = row.organisation
    found = locate(cleaned.get("place") or "")
    return (Offer if side is Side.OFFER else Need)(
        title=cleaned.get("title", ""),
        text=cleaned.get("text", ""),
        mode=Mode(cleaned.get("mode") or Mode.ON_SITE),
        latitude=found[0] if found else own.latitude if own else None,
        details={},
    )


def _mark_known(rows: list[Row]) -> None:
    by_organisation: dict[int, list[Row]] = {}
    for row in rows:
        if row.organisation is not None:
            by_organisation.setdefault(row.organisation.id, []).append(row)
    for some in by_organisation.values():
        assert some[0].organisation is not None
        known = imported_keys(some[0].organisation, [row.key for row in some])
        for row in some:
            row.known_already = row.key in known


def _is_of_other_side(text: str, side: Side) -> bool:
    if not text:
        return False
    wanted = "aanbod" if side is Side.OFFER else "vraag"
    try:
        return bool(read_code("side", text, columns.SIDES) != wanted)
    except InvalidValue:
        return False


def _column_name(name: str) -> str:
    column: Column | None = column_of(name)
    return column.name if column else name
