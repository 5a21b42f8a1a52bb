"""Placements from a table: every bad cell is named before anything is written, and the same row twice is one.

A row makes a placement that is still being arranged. Nobody gets a letter about it: whoever reads in a list tells
people in their own way, and the first step on the page writes to everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from matchmaker.files.room import check_room
from matchmaker.listings.import_export.cells import read_day, undefused
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.values import UNUSABLE
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.organisations.queries import organisations_of_kind, programmes_of
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import clean, put_values
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.placements.spellings import KIND_SPELLINGS, by_name
from matchmaker.placements.starting import Named, open_placement, person_named
from matchmaker.placements.states import ENDED
from matchmaker.reference import fold
from matchmaker.vocabulary import Kind, OrganisationKind, Sector

COLUMNS = (
    "soort", "titel", "student", "student_mail", "opleiding", "gemeente", "begeleider_school",
    "begeleider_school_mail", "begeleider_gemeente", "begeleider_gemeente_mail", "eerste_dag", "laatste_dag",
    "uren_per_week", "vergoeding", "werkplek", "opdracht", "crebo",
)  # fmt: skip
NEEDED = ("soort", "titel", "student", "student_mail", "opleiding", "gemeente")
_FIELD_OF = {
    "eerste_dag": "first_day", "laatste_dag": "last_day", "uren_per_week": "hours_per_week",
    "vergoeding": "allowance", "werkplek": "workplace", "opdracht": "assignment", "crebo": "crebo",
}  # fmt: skip
_COLUMN_OF = {name: column for column, name in _FIELD_OF.items()}
_PEOPLE = (("begeleider_school", Part.SCHOOL_SUPERVISOR), ("begeleider_gemeente", Part.SUPERVISOR))
_KIND_NAMES = by_name(KIND_SPELLINGS)
_ONLY_EXPORTED = frozenset({"nummer", "school", "stand", "getekend_op", "reden_gestopt"})
"""What an export says more: the number tells which placement a row is, the rest is not read."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A column, what stands in it, and what is wrong."""

    column: str
    typed: str
    error: InvalidValue


@dataclass(slots=True)
class PlacementRow:
    """One row as it was read; ready to be written when it has no problems."""

    number: int
    texts: dict[str, str]
    kind: Kind | None = None
    programme: Programme | None = None
    municipality: Organisation | None = None
    people: list[PlacementPerson] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[BadCell] = field(default_factory=list)
    known_already: bool = False

    def refuse(self, column: str, error: InvalidValue) -> None:
        self.problems.append(BadCell(column, self.texts.get(column, ""), error))


@dataclass(frozen=True, slots=True)
class CheckedPlacements:
    """A table that was read: its rows, and the columns nobody knows."""

    rows: tuple[PlacementRow, ...]
    unknown_columns: tuple[str, ...]

    @property
    def bad(self) -> list[PlacementRow]:
        return [row for row in self.rows if row.problems]

    @property
    def new(self) -> list[PlacementRow]:
        return [row for row in self.rows if not row.problems and not row.known_already]


def keep_table(content: bytes, *, name: str, school: Organisation, by: Account) -> StoredFile:
    """Keep a file to look at; nothing of it is written yet. Raises InvalidValue at `file` for no table."""
    check_room(len(content), by=by, field="file")
    read_sheet(content, name)
    stored = keep(content, name=name, media_type="application/octet-stream", organisation_id=school.id, by=by)
    record("placements.file_uploaded", about=stored, by=by, organisation=school)
    return stored


def check_table(stored: StoredFile, *, school: Organisation) -> CheckedPlacements:
    """Every row of a kept file with what is wrong in it. Writes nothing."""
    sheet = read_sheet(read(stored), stored.name)
    names = [fold(name).replace(" ", "_") for name in sheet.names]
    unknown = tuple(
        name for name, plain in zip(sheet.names, names, strict=True) if plain not in {*COLUMNS, *_ONLY_EXPORTED}
    )
    reader = _Reader(school)
    rows = [
        reader.read(number, {name: undefused(cell) for name, cell in zip(names, cells, strict=False) if name})
        for number, cells in sheet.rows
    ]
    there = _Known(school)
    for row in rows:
        if there.numbered(row):
            row.known_already, row.problems = True, []
        elif not row.problems:
            row.known_already = there.seen(row)
    return CheckedPlacements(tuple(rows), unknown)


def write_table(checked: CheckedPlacements, *, school: Organisation, by: Account) -> int:
    """Write every new row; all of it or nothing. Returns how many. Raises InvalidValue while a cell is bad."""
    if checked.bad:
        raise InvalidValue("file", "rows_are_bad")
    for row in checked.new:
        assert row.kind is not None and row.programme is not None and row.municipality is not None
        made = open_placement(
            kind=row.kind,
            programme=row.programme,
            institution=school,
            municipality=row.municipality,
            offer=None,
            title=row.texts["titel"],
            people=[*row.people, PlacementPerson(part=Part.COORDINATOR, account=by)],
            by=Actor(Part.COORDINATOR, by),
            quietly=True,
        )
        put_values(made, row.values, [])
    record("placements.imported", about=school, by=by, organisation=school, made=len(checked.new))
    return len(checked.new)


class _Reader:
    """Reads rows for one school; looks up its programmes and the municipalities once."""

    def __init__(self, school: Organisation) -> None:
        self.school = school
        self.programmes = {fold(each.name): each for each in programmes_of(school)}
        municipalities = organisations_of_kind(OrganisationKind.MUNICIPALITY)
        self.municipalities = {fold(name): each for each in municipalities for name in (each.name, each.code)}

    def read(self, number: int, texts: dict[str, str]) -> PlacementRow:
        row = PlacementRow(number, {name: UNUSABLE.sub("", text) for name, text in texts.items()})
        for column in [name for name, text in texts.items() if UNUSABLE.search(text)]:
            row.refuse(column, InvalidValue(column, "unusable_text"))
        texts = row.texts
        for column in NEEDED:
            if not texts.get(column, "").strip():
                row.refuse(column, InvalidValue(column, "required"))
        row.kind = self._known(row, "soort", _KIND_NAMES)
        row.programme = self._known(row, "opleiding", self.programmes)
        row.municipality = self._known(row, "gemeente", self.municipalities)
        if len(texts.get("titel", "")) > 200:
            row.refuse("titel", InvalidValue("titel", "text_too_long", n=200))
        self._people(row)
        self._values(row)
        return row

    def _known(self, row: PlacementRow, column: str, known: Mapping[str, Any]) -> Any:
        text = row.texts.get(column, "").strip()
        found = known.get(fold(text)) if text else None
        if text and found is None:
            row.refuse(column, InvalidValue(column, "unknown_code"))
        return found

    def _people(self, row: PlacementRow) -> None:
        wanted = [("student", Part.STUDENT), *_PEOPLE]
        for column, part in wanted:
            name, address = row.texts.get(column, "").strip(), row.texts.get(f"{column}_mail", "").strip()
            home = row.municipality if part is Part.SUPERVISOR else self.school
            if not (name or address) or home is None or (part is Part.STUDENT and not (name and address)):
                continue
            if part is Part.SUPERVISOR and not address and row.texts.get("nummer"):
                continue  # an export gives a school no addresses of the municipality
            try:
                row.people.append(person_named(part, Named(name, address), home))
            except InvalidValue as error:
                row.refuse(column if error.field == "name" else f"{column}_mail", error)

    def _values(self, row: PlacementRow) -> None:
        values: dict[str, Any] = {}
        for column, name in _FIELD_OF.items():
            text = row.texts.get(column, "").strip()
            try:
                values[name] = _READ.get(name, str)(text) if text else None
            except InvalidValue as error:
                row.refuse(column, error)
        try:
            row.values = clean(values, is_mbo=self.school.sector is Sector.MBO)
        except InvalidValue as error:
            row.refuse(_COLUMN_OF.get(error.field, error.field), error)


def _number(name: str, text: str) -> int:
    plain = text.removeprefix("€").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        raise InvalidValue(name, "not_a_number")
    return int(plain)


_READ: Mapping[str, Any] = {
    "first_day": partial(read_day, "first_day"),
    "last_day": partial(read_day, "last_day"),
    "hours_per_week": partial(_number, "hours_per_week"),
    "allowance": partial(_number, "allowance"),
}


class _Known:
    """Which placements are there already: those of the school, and those of the rows above."""

    def __init__(self, school: Organisation) -> None:
        rows: Sequence[PlacementPerson] = db.session.scalars(
            select(PlacementPerson)
            .join(PlacementPerson.placement)
            .where(Placement.institution_id == school.id, PlacementPerson.part == Part.STUDENT)
            .options(joinedload(PlacementPerson.placement), joinedload(PlacementPerson.account))
        ).all()
        self.numbers = {str(each.placement_id): fold(each.display_name) for each in rows}
        self.days = {(each.email, each.placement.municipality_id, each.placement.first_day) for each in rows}
        self.titles = {
            (each.email, each.placement.municipality_id, fold(each.placement.title))
            for each in rows
            if each.placement.state not in ENDED
        }

    def numbered(self, row: PlacementRow) -> bool:
        """Whether the row names a placement of this school by its number, with its student."""
        return self.numbers.get(row.texts.get("nummer", "").strip()) == fold(row.texts.get("student", "").strip())

    def seen(self, row: PlacementRow) -> bool:
        """The same student and municipality, with the same first day, or the same title while it has not ended: a first
        day that was moved since does not make another placement."""
        assert row.municipality is not None
        who = row.texts["student_mail"].strip().lower(), row.municipality.id
        day, title = (*who, row.values.get("first_day")), (*who, fold(row.texts["titel"]))
        known = day in self.days or title in self.titles
        self.days.add(day)
        return known
