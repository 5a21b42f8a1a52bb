"""Reading the rows of one file: what each cell means and what is wrong with it. Writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.cells import read_code
from matchmaker.listings.import_export.known_cells import ROWS, Cell, KnownCells
from matchmaker.listings.import_export.rows import Row, column_name
from matchmaker.listings.kinds import fields_for, kinds_for, levels_for, missing_from
from matchmaker.listings.values import UNUSABLE, locate, together
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import programmes_of, teams_of
from matchmaker.reference import fold
from matchmaker.vocabulary import Kind, Mode, Side

FindOrganisation = Callable[[str], Organisation | None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one kind asks of this side."""

    fields: frozenset[str]
    levels: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose a row is; nobody's with the reason why."""

    organisation: Organisation | None = None
    organisation_id: int = 0
    problem: InvalidValue | None = None
    kinds: tuple[Kind, ...] = ()
    has_place: bool = False


class Reader:
    """Reads rows for one import; remembers what it has looked up: most rows name the same few things."""

    def __init__(
        self, side: Side, fingerprint: str, organisation: Organisation | None, find: FindOrganisation | None
    ) -> None:
        self.side, self.fingerprint, self.organisation, self.find = side, fingerprint, organisation, find
        self.owners: dict[str, _Owner] = {}
        self.parts: dict[tuple[int, str], dict[str, Cell]] = {}
        self.codes: dict[tuple[str, str], Any] = {}
        self.asked = {
            kind: _Asked(frozenset(fields_for(kind, side)), frozenset(map(str, levels_for(kind)))) for kind in Kind
        }
        self.keys: set[str] = set()
        self.cells = KnownCells()

    def is_of_other_side(self, text: str) -> bool:
        """Whether a row says that it is of the other side; what cannot be read says nothing."""
        wanted = "aanbod" if self.side is Side.OFFER else "vraag"
        found = self._code("side", text, columns.SIDES)
        return not isinstance(found, InvalidValue) and found != wanted

    def read(self, number: int, texts: dict[str, str]) -> Row:
        """One row, with everything that is wrong in it."""
        row = Row(number, texts)
        if UNUSABLE.search("".join(texts.values())):
            row.texts = {name: UNUSABLE.sub("", text) for name, text in texts.items()}
            for name in [name for name, text in texts.items() if UNUSABLE.search(text)]:
                row.refuse(name, InvalidValue(name, "unusable_text"))
        owner = self._owner(row)
        self._kind(row, owner)
        self._status(row)
        self._key(row)
        self._check(row, owner)
        return row

    def _owner(self, row: Row) -> _Owner:
        text = row.texts.get("organisation", "")
        owner = self.owners.get(text)
        if owner is None:
            owner = self.owners[text] = self._find_owner(text)
        row.organisation, row.organisation_id = owner.organisation, owner.organisation_id
        if owner.problem is not None:
            row.refuse("organisation", owner.problem)
        return owner

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

    def _code(self, name: str, text: str, spellings: Mapping[Any, Iterable[str]]) -> Any:
        """The code a text stands for, or the reason why it stands for none."""
        if (name, text) not in self.codes:
            try:
                self.codes[name, text] = read_code(name, text, spellings)
            except InvalidValue as problem:
                self.codes[name, text] = problem
        return self.codes[name, text]

    def _kind(self, row: Row, owner: _Owner) -> None:
        text = row.texts.get("kind", "")
        found = self._code("kind", text, columns.KINDS) if text else InvalidValue("kind", "required")
        if isinstance(found, InvalidValue):
            row.refuse("kind", found)
            return
        row.kind = found
        if owner.organisation is not None and found not in owner.kinds:
            row.refuse("kind", InvalidValue("kind", "other_side_posts"))

    def _status(self, row: Row) -> None:
        text = row.texts.get("status", "")
        found = self._code("status", text, columns.STATUSES) if text else columns.ONLINE
        if isinstance(found, InvalidValue):
            row.refuse("status", found)
        else:
            row.online = found == columns.ONLINE

    def _key(self, row: Row) -> None:
        text = row.texts.get("key", "")
        row.key = f"eigen:{text}" if text else f"{self.fingerprint}:{row.number}"
        if len(row.key) > 80:
            row.refuse("key", InvalidValue("key", "text_too_long", n=70))
        elif row.key in self.keys:
            row.refuse("key", InvalidValue("key", "taken"))
        self.keys.add(row.key)

    def _check(self, row: Row, owner: _Owner) -> None:
        problems = self._read_cells(row)
        if row.kind is None:
            return
        values = row.values
        if not self.asked[row.kind].levels.issuperset(values.get("levels", ())):
            problems.append(InvalidValue("levels", "not_this_kind"))
        problems += together(values, before=values)
        if row.online and owner.organisation is not None:
            bad = {problem.field for problem in problems}
            problems += [each for each in _missing(values, owner) if each.field not in bad]
        seen = {problem.column for problem in row.problems}
        for problem in problems:
            if column_name(problem.field) not in seen:
                row.refuse(problem.field, problem)

    def _read_cells(self, row: Row) -> list[InvalidValue]:
        """Fill the values of a row, refuse cells that cannot be read, and return what is untrue for its kind."""
        asked = self.asked[row.kind].fields if row.kind else frozenset[str]()
        problems: list[InvalidValue] = []
        for name, text in row.texts.items():
            if name not in BY_NAME:
                continue
            cell = self.cells.known[name].get(text)
            if cell is None:
                cell = self._part(row, name, text) if name in ROWS else self.cells.look_at(name, text)
            if cell.unreadable is not None:
                row.refuse(name, cell.unreadable)
            elif name not in asked:
                if cell.filled:
                    problems.append(InvalidValue(name, "not_this_kind"))
            elif cell.untrue is not None:
                problems.append(cell.untrue)
            else:
                row.values[name] = cell.value
                if cell.impossible:
                    problems += cell.impossible
        return problems

    def _part(self, row: Row, name: str, text: str) -> Cell:
        """The team or programme with this name, of the organisation whose row it is."""
        own = row.organisation
        if own is None:
            return Cell()
        cells = self.parts.get((row.organisation_id, name))
        if cells is None:
            found: Sequence[Any] = (teams_of if name == "team_id" else programmes_of)(own)
            cells = {fold(each.name): Cell(each.id, filled=True, name=each.name) for each in found}
            self.parts[row.organisation_id, name] = cells
        cell = cells.get(text) or cells.get(fold(text)) or Cell(unreadable=InvalidValue(name, "unknown_row"))
        cells[text] = cell
        row.part = cell.name
        return cell


def _missing(values: Mapping[str, Any], owner: _Owner) -> Sequence[InvalidValue]:
    """What a row lacks to go online."""
    has_place = owner.has_place or locate(values.get("place") or "") is not None
    mode = values.get("mode") or Mode.ON_SITE
    return missing_from(values.get("title", ""), values.get("text", ""), mode=mode, has_place=has_place)
