"""Evaluations from a table, as the export writes it: every bad cell is named before anything is written.

A row is known by placement, moment and side. What a side has said is never changed by a file; the same row again
changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import today
from matchmaker.competences.models import LEVELS
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import read
from matchmaker.files.models import StoredFile
from matchmaker.listings.import_export.cells import read_day, read_yes_no, undefused
from matchmaker.listings.import_export.sheets import Sheet, read_sheet
from matchmaker.listings.values import UNUSABLE
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.placements.actor import Actor
from matchmaker.placements.evaluating import given, levels_by_place
from matchmaker.placements.evaluations import LONGEST, judges, read_in, why_not_read_in
from matchmaker.placements.importing import BadCell
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.queries import placements_by_numbers
from matchmaker.placements.records import Evaluation, EvaluationMoment
from matchmaker.placements.spellings import MOMENT_SPELLINGS, SIDE_SPELLINGS, by_name, read_levels
from matchmaker.reference import fold

COLUMNS = ("nummer", "student", "moment", "kant", "gegeven_op", "voldoende", "goed", "beter", "niveaus", "door")
NEEDED = ("nummer", "moment", "kant", "gegeven_op", "goed")
KNOWN = frozenset((*COLUMNS, "opleiding"))
Code = TypeVar("Code")


@dataclass(slots=True)
class EvaluationRow:
    """One row as it was read; ready to be written when it has no problems."""

    number: int
    texts: dict[str, str]
    placement: Placement | None = None
    moment: EvaluationMoment | None = None
    side: PlacementSide | None = None
    given_on: date | None = None
    enough: bool | None = None
    levels: dict[int, int] = field(default_factory=dict)
    problems: list[BadCell] = field(default_factory=list)
    known_already: bool = False

    @property
    def said(self) -> tuple[Any, ...]:
        """What makes two rows say the same, whatever happened to the white space on the way."""
        return _words(self.texts.get("goed", "")), _words(self.texts.get("beter", "")), self.enough, self.levels

    def refuse(self, column: str, reason: str, **values: Any) -> None:
        self.problems.append(BadCell(column, self.texts.get(column, ""), InvalidValue(column, reason, **values)))


@dataclass(frozen=True, slots=True)
class CheckedEvaluations:
    """A table that was read: its rows, and the columns nobody knows."""

    rows: tuple[EvaluationRow, ...]
    unknown_columns: tuple[str, ...]

    @property
    def bad(self) -> list[EvaluationRow]:
        return [row for row in self.rows if row.problems]

    @property
    def new(self) -> list[EvaluationRow]:
        return [row for row in self.rows if not row.problems and not row.known_already]


def check_evaluations(stored: StoredFile, *, membership: Membership, lock: bool = False) -> CheckedEvaluations:
    """Every row of a kept file with what is wrong in it. Writes nothing; `lock` when it is written right after."""
    sheet = read_sheet(read(stored), stored.name)
    names = [fold(name).replace(" ", "_") for name in sheet.names]
    unknown = tuple(name for name, plain in zip(sheet.names, names, strict=True) if plain not in KNOWN)
    rows = _rows(sheet, names)
    numbers = {number for row in rows if (number := _number(row.texts.get("nummer", ""))) is not None}
    placements = placements_by_numbers(numbers, membership, lock=lock)
    said: dict[tuple[int, EvaluationMoment, PlacementSide], tuple[Any, ...]] = {}
    for row in rows:
        _read(row, placements)
        if row.placement is not None and row.moment is not None and row.side is not None and not row.problems:
            _compare(row, said, (row.placement.id, row.moment, row.side))
    return CheckedEvaluations(tuple(rows), unknown)


def write_evaluations(checked: CheckedEvaluations, *, school: Organisation, by: Account) -> int:
    """Write every new row; all of it or nothing. Each student hears once. Returns how many rows.

    Raises InvalidValue while a cell is bad.
    """
    if checked.bad:
        raise InvalidValue("file", "rows_are_bad")
    touched: dict[int, Placement] = {}
    for row in checked.new:
        assert row.placement is not None and row.moment is not None
        assert row.side is not None and row.given_on is not None
        goals = [each.id for each in row.placement.goals]
        read_in(
            row.placement,
            row.moment,
            row.side,
            good=row.texts["goed"],
            better=row.texts.get("beter", ""),
            enough=row.enough,
            levels={goals[place - 1]: level for place, level in row.levels.items()},
            given_on=row.given_on,
            given_by=row.texts.get("door", "").strip(),
            by=Actor(Part.COORDINATOR, by),
        )
        touched[row.placement.id] = row.placement
    for placement in touched.values():
        tell_parts("placement_step", placement, {Part.STUDENT}, news="evaluated")
    record("placements.evaluations_imported", about=school, by=by, organisation=school, made=len(checked.new))
    return len(checked.new)


def _rows(sheet: Sheet, names: Sequence[str]) -> list[EvaluationRow]:
    found = []
    for number, cells in sheet.rows:
        typed = {name: undefused(cell) for name, cell in zip(names, cells, strict=False) if name}
        row = EvaluationRow(number, {name: UNUSABLE.sub("", text) for name, text in typed.items()})
        for column, text in typed.items():
            if UNUSABLE.search(text):
                row.refuse(column, "unusable_text")
        found.append(row)
    return found


def _read(row: EvaluationRow, placements: Mapping[int, Placement]) -> None:
    """Put what the cells say in the row, and what is wrong with them."""
    for column in NEEDED:
        if not row.texts.get(column, "").strip():
            row.refuse(column, "required")
    for column, most in (("goed", LONGEST), ("beter", LONGEST), ("door", 120)):
        if len(row.texts.get(column, "")) > most:
            row.refuse(column, "text_too_long", n=most)
    _read_placement(row, placements)
    row.moment = _coded(row, "moment", by_name(MOMENT_SPELLINGS))
    row.side = _coded(row, "kant", by_name(SIDE_SPELLINGS))
    _read_values(row)
    if row.placement is None or row.moment is None or row.side is None:
        return
    _check_enough(row, judges(row.moment, row.side))
    if any(place < 1 or place > len(row.placement.goals) or level not in LEVELS for place, level in row.levels.items()):
        row.refuse("niveaus", "levels_unclear")


def _read_placement(row: EvaluationRow, placements: Mapping[int, Placement]) -> None:
    typed = row.texts.get("nummer", "").strip()
    row.placement = placements.get(_number(typed) or 0)
    if row.placement is None:
        if typed:
            row.refuse("nummer", "not_your_placement")
        return
    name = row.texts.get("student", "").strip()
    if name and fold(name) != fold(row.placement.student.display_name):
        row.refuse("student", "other_student")


def _read_values(row: EvaluationRow) -> None:
    day, levels = row.texts.get("gegeven_op", "").strip(), row.texts.get("niveaus", "").strip()
    enough = row.texts.get("voldoende", "").strip()
    try:
        row.given_on = read_day("gegeven_op", day) if day else None
        if row.given_on is not None and row.given_on > today():
            row.refuse("gegeven_op", "still_to_come")
    except InvalidValue as error:
        row.refuse("gegeven_op", error.reason)
    try:
        row.levels = read_levels(levels)
    except InvalidValue as error:
        row.refuse("niveaus", error.reason)
    try:
        row.enough = read_yes_no("voldoende", enough) if enough else None
    except InvalidValue as error:
        row.refuse("voldoende", error.reason)


def _check_enough(row: EvaluationRow, wanted: bool) -> None:
    typed = row.texts.get("voldoende", "").strip()
    if wanted and not typed:
        row.refuse("voldoende", "required")
    if typed and not wanted:
        row.refuse("voldoende", "not_this_kind")


def _coded(row: EvaluationRow, column: str, known: Mapping[str, Code]) -> Code | None:
    text = row.texts.get(column, "").strip()
    found = known.get(fold(text)) if text else None
    if text and found is None:
        row.refuse(column, "unknown_code")
    return found


def _compare(
    row: EvaluationRow,
    said: dict[tuple[int, EvaluationMoment, PlacementSide], tuple[Any, ...]],
    key: tuple[int, EvaluationMoment, PlacementSide],
) -> None:
    """Hold a row against what is there, and against the rows above it."""
    placement, moment, side = row.placement, key[1], key[2]
    assert placement is not None
    there = given(placement, moment).get(side)
    before = _said(placement, there) if there is not None else said.get(key)
    if before is not None and before != row.said:
        row.refuse("goed", "evaluation_given")
    elif before is not None:
        row.known_already = True
    elif reason := why_not_read_in(placement, moment, side):
        row.refuse("kant" if reason == "evaluation_still_theirs" else "nummer", reason)
    elif row.given_on is not None and placement.first_day is not None and row.given_on < placement.first_day:
        row.refuse("gegeven_op", "before_first_day")
    said[key] = row.said


def _said(placement: Placement, evaluation: Evaluation) -> tuple[Any, ...]:
    levels = levels_by_place(placement, evaluation)
    return _words(evaluation.good), _words(evaluation.better), evaluation.enough, levels


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _words(text: str) -> str:
    return " ".join(text.split())
