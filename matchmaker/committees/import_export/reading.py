"""From a table to checked rows: every bad cell is named before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from matchmaker.accounts.mail_address import normal_form
from matchmaker.clock import today
from matchmaker.committees.actions import LEAST_YEARS, MOST_MEETINGS, MOST_RENEWALS, MOST_SEATS, MOST_YEARS
from matchmaker.committees.days import check_year, last_day_of_term
from matchmaker.committees.filling import LONGEST_YEARS
from matchmaker.committees.import_export import columns
from matchmaker.committees.models import Committee, Seat
from matchmaker.committees.states import TermState
from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.cells import (
    read_code,
    read_day,
    read_levels,
    read_work_fields,
    undefused,
)
from matchmaker.listings.import_export.rows import CellProblem
from matchmaker.listings.import_export.sheets import Sheet
from matchmaker.listings.values import UNUSABLE
from matchmaker.organisations.models import Faculty
from matchmaker.reference import fold
from matchmaker.vocabulary import CommitteeKind, Level

MOST_ROWS = 5000
MOST_AT_ONCE = 200
"""So many are written while someone waits; more is work for the worker, which lets others write in between."""
DEFAULTS: Mapping[str, int] = {"term_years": 4, "renewals": 1, "meetings_per_year": 2}
BOUNDS = {
    "term_years": (LEAST_YEARS, MOST_YEARS),
    "renewals": (0, MOST_RENEWALS),
    "meetings_per_year": (1, MOST_MEETINGS),
}
LENGTHS = {
    "committee": 160, "purpose": 2000, "seat": 120, "profile": 1000, "name": 120, "email": 254, "job_title": 120,
    "organisation_name": 160,
}  # fmt: skip


@dataclass(slots=True)
class SeatRow:
    """One row, read: a seat of a committee with who sits there. `values` are true when there is no problem."""

    number: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    known_already: bool = False

    def refuse(self, name: str, reason: str, **values: object) -> None:
        """Say what is wrong in the column that fills this field."""
        error = InvalidValue(name, reason, **values)
        self.problems.append(CellProblem(columns.by_field()[name].name, error, self.texts.get(name, "")))

    @property
    def title(self) -> str:
        return f"{self.texts.get('committee', '')}: {self.texts.get('seat', '')}"

    @property
    def is_past(self) -> bool:
        """Whether the term it tells of is over."""
        return bool(self.values.get("name")) and self.values["ends_on"] < today()


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that was read, and columns nobody knows."""

    rows: tuple[SeatRow, ...]
    unknown_columns: tuple[str, ...]

    @property
    def bad(self) -> tuple[SeatRow, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def new(self) -> tuple[SeatRow, ...]:
        return tuple(row for row in self.rows if not row.known_already)


def check_sheet(sheet: Sheet, *, faculties: Sequence[Faculty], kept: set[int], there: Sequence[Committee]) -> Checked:
    """Read every row and say what is wrong with it. Writes nothing.

    `faculties` are those of the school, `kept` the numbers of those in which the reader may keep committees, `there`
    the committees there are. Raises InvalidValue("file", ...) for too many rows.
    """
    if len(sheet.rows) > MOST_ROWS:
        raise InvalidValue("file", "file_too_many_rows", n=MOST_ROWS)
    used = [columns.by_name().get(fold(name)) for name in sheet.names]
    unknown = tuple(name for name, column in zip(sheet.names, used, strict=True) if column is None and name)
    reader = Reader(faculties, kept, there)
    rows = []
    for number, cells in sheet.rows:
        texts = {column.field: undefused(cell) for column, cell in zip(used, cells, strict=False) if column and cell}
        rows.append(reader.read(SeatRow(number, texts)))
    return Checked(tuple(rows), unknown)


class Reader:
    """Reads the rows of one file; knows what stood in the rows above."""

    def __init__(self, faculties: Sequence[Faculty], kept: set[int], there: Sequence[Committee]) -> None:
        self.faculties = {fold(each.name): each for each in faculties}
        self.kept = kept
        self.there = {fold(each.name): each for each in there if each.closed_at is None}
        self.above: dict[str, dict[str, Any]] = {}
        self.sitting: set[tuple[str, str]] = set()
        self.addresses: set[tuple[str, str]] = set()
        self.seats: dict[str, set[str]] = {}
        self.told: set[tuple[str, str, str, date | None]] = set()

    def read(self, row: SeatRow) -> SeatRow:
        """One row, with everything that is wrong in it."""
        self._lines(row)
        self._faculty(row)
        self._codes(row)
        self._numbers(row)
        self._person(row)
        if not row.problems:
            self._together(row)
        return row

    def _lines(self, row: SeatRow) -> None:
        for name, text in list(row.texts.items()):
            if UNUSABLE.search(text):
                row.texts[name] = UNUSABLE.sub("", text)
                row.refuse(name, "unusable_text")
        for name, most in LENGTHS.items():
            text = row.texts.get(name, "")
            row.values[name] = text
            if len(text) > most:
                row.refuse(name, "text_too_long", n=most)
        for name in ("committee", "seat"):
            if not row.values[name]:
                row.refuse(name, "required")

    def _faculty(self, row: SeatRow) -> None:
        text = row.texts.get("faculty", "")
        found = self.faculties.get(fold(text))
        row.values["faculty"] = found
        row.values["programme"] = None
        if found is None:
            row.refuse("faculty", "unknown_faculty" if text else "required")
            return
        if found.id not in self.kept:
            row.refuse("faculty", "not_your_faculty")
        wanted = row.texts.get("programme", "")
        programme = next((each for each in found.programmes if fold(each.name) == fold(wanted)), None)
        row.values["programme"] = programme
        if wanted and programme is None:
            row.refuse("programme", "unknown_programme")

    def _codes(self, row: SeatRow) -> None:
        self._cell(row, "kind", partial(read_code, "kind", spellings=columns.KINDS), default=None)
        self._cell(row, "size", partial(read_code, "size", spellings=columns.SIZES), default=None)
        self._cell(row, "work_field", lambda text: _one("work_field", read_work_fields(text)), default="")
        self._cell(row, "level", lambda text: Level(_one("level", read_levels(text))), default=None)
        programme = row.values["programme"]
        row.values["kind"] = row.values["kind"] or (CommitteeKind.CONTENT if programme else CommitteeKind.STRATEGIC)
        if row.values["kind"] is CommitteeKind.CONTENT and programme is None and not row.texts.get("programme"):
            row.refuse("programme", "content_needs_programme")

    def _numbers(self, row: SeatRow) -> None:
        for name, usual in DEFAULTS.items():
            text = row.texts.get(name, "")
            if text and not (text.isascii() and text.isdigit() and len(text) < 9):
                row.refuse(name, "not_a_number")
                continue
            number = row.values[name] = int(text) if text else usual
            least, most = BOUNDS[name]
            if number < least:
                row.refuse(name, "too_small", n=least)
            elif number > most:
                row.refuse(name, "too_large", n=most)

    def _person(self, row: SeatRow) -> None:
        for name in ("starts_on", "ends_on"):
            self._cell(row, name, partial(_day, name), default=None)
        if not row.values["name"]:
            return
        first, last = row.values["starts_on"], row.values["ends_on"]
        if first is None:
            if not row.texts.get("starts_on"):
                row.refuse("starts_on", "required")
            return
        last = row.values["ends_on"] = last or last_day_of_term(first, row.values.get("term_years", 4))
        if last <= first:
            row.refuse("ends_on", "reversed")
        elif last > last_day_of_term(first, LONGEST_YEARS):
            row.refuse("ends_on", "too_long_period")
        self._address(row, needed=last >= today())

    def _address(self, row: SeatRow, *, needed: bool) -> None:
        address = row.values["email"]
        if not address:
            if needed:
                row.refuse("email", "required")
            return
        try:
            row.values["email"] = normal_form(address)
        except ValueError:
            row.refuse("email", "not_a_mail_address")

    def _together(self, row: SeatRow) -> None:
        """What a row says beside the rows above and what is there already."""
        name, values = fold(row.values["committee"]), row.values
        shared = {each: values[each] for each in columns.COMMITTEE_FIELDS}
        before = self.above.setdefault(name, shared)
        for each in columns.COMMITTEE_FIELDS:
            if before[each] != shared[each]:
                row.refuse(each, "differs_above")
        seat = _seat_there(self.there.get(name), values["seat"])
        key = (name, fold(values["seat"]), fold(values["name"]), values["starts_on"] if values["name"] else None)
        row.known_already = key in self.told or _is_there(seat, row)
        self.told.add(key)
        self._count_seats(row, name)
        if not row.known_already and values["name"] and not row.is_past:
            self._sits_alone(row, name, seat)

    def _count_seats(self, row: SeatRow, committee: str) -> None:
        there = self.there.get(committee)
        seats = self.seats.setdefault(committee, {fold(each.name) for each in there.standing} if there else set())
        seats.add(fold(row.values["seat"]))
        if len(seats) > MOST_SEATS:
            row.refuse("seat", "too_many", n=MOST_SEATS)

    def _sits_alone(self, row: SeatRow, committee: str, seat: Seat | None) -> None:
        """One person on a seat at a time, and nobody on two seats of one committee."""
        here, address = (committee, fold(row.values["seat"])), (committee, row.values["email"])
        if here in self.sitting or (seat is not None and seat.current is not None):
            row.refuse("seat", "seat_taken")
        there = self.there.get(committee)
        sitting = {each.current.email for each in there.standing if each.current} if there else set()
        if address in self.addresses or address[1] in sitting:
            row.refuse("email", "already_member")
        self.sitting.add(here)
        self.addresses.add(address)

    def _cell(self, row: SeatRow, name: str, read: Callable[[str], Any], *, default: Any) -> None:
        text = row.texts.get(name, "")
        row.values[name] = default
        if not text:
            return
        try:
            row.values[name] = read(text)
        except InvalidValue as problem:
            row.refuse(name, problem.reason, **problem.values)


def _day(name: str, text: str) -> date:
    day = read_day(name, text)
    check_year(name, day)
    return day


def _one(name: str, found: Sequence[str]) -> str:
    if len(found) > 1:
        raise InvalidValue(name, "too_many", n=1)
    return found[0] if found else ""


def _seat_there(committee: Committee | None, name: str) -> Seat | None:
    seats = committee.standing if committee else []
    return next((each for each in seats if fold(each.name) == fold(name)), None)


def _is_there(seat: Seat | None, row: SeatRow) -> bool:
    """Whether this seat with this person from this day is there already."""
    if seat is None or not row.values["name"]:
        return seat is not None
    told = (TermState.RUNNING, TermState.ENDED)
    return any(
        each.state in told
        and fold(each.display_name) == fold(row.values["name"])
        and each.starts_on == row.values["starts_on"]
        for each in seat.terms
    )
