"""Reading an uploaded table: CSV or XLSX, known by what is in it and not by its name. Every cell becomes text."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from matchmaker.errors import InvalidValue
from matchmaker.files.packed import UNREADABLE, unpacked
from matchmaker.listings.import_export.collecting import collector_waits
from matchmaker.listings.import_export.columns import columns_by_name
from matchmaker.reference import fold

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2000
MOST_BYTES_BY_COMMAND = 400 * 1024 * 1024
MOST_ROWS_BY_COMMAND = 250_000
"""A file that someone reads in by hand on the machine itself may be a whole country's."""
MOST_COLUMNS = 100
MOST_CELL = 20_000
MOST_UNPACKED = 30 * 1024 * 1024
MOST_MARKS = 1_000_000
MOST_PARTS = 300
"""A workbook as Excel keeps it has eight marks (`<`) for each cell with a text of its own: 2,000 rows with all 49
columns filled have 790,000, in 9 MB and a dozen parts. It is the marks that take time to read."""
NUL_SHARE = 100
"""More than one byte in so many is a NUL, or the first line holds one: no text. A few are cells to mend."""

_UNREADABLE = (*UNREADABLE, InvalidFileException, ArithmeticError, TypeError, SyntaxError, AttributeError)
_FORBIDDEN_XML = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")
"""Entities could stand for far more than is written, and a NUL byte is an encoding in which they could hide."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first row as names, the rest as (number in the file, cells)."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@collector_waits()
def read_sheet(content: bytes, name: str = "", *, by_command: bool = False) -> Sheet:
    """The table in a file; raises InvalidValue("file", reason) that says what is wrong with it.

    `name` is only held against the content: a file that says `.xlsx` and is not one is refused. `by_command` allows a
    larger file than a page does; a workbook may be no larger.
    """
    if not content.strip():
        raise InvalidValue("file", "file_empty")
    form = _form(content)
    large = by_command and form == "csv"
    most_bytes = MOST_BYTES_BY_COMMAND if large else MOST_BYTES
    if len(content) > most_bytes:
        raise InvalidValue("file", "file_too_large", n=most_bytes // 1024**2)
    suffix = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    if suffix in {"csv", "txt", "xlsx", "xls", "ods", "pdf", "docx"} and (suffix == "xlsx") != (form == "xlsx"):
        raise InvalidValue("file", "file_is_not_its_name", name=suffix, found=form)
    lines = _xlsx(content) if form == "xlsx" else _csv(content)
    return _sheet(lines, MOST_ROWS_BY_COMMAND if large else MOST_ROWS)


def _form(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InvalidValue("file", "file_old_excel")
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ")):
        raise InvalidValue("file", "file_no_table")
    nuls = content.count(b"\x00")
    if nuls * NUL_SHARE > len(content) or b"\x00" in content.lstrip(b"\r\n").split(b"\n", 1)[0]:
        raise InvalidValue("file", "file_no_table")
    return "csv"


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    if len(first) > MOST_CELL * 2 or first.count(delimiter) == 0:
        raise InvalidValue("file", "file_no_table")
    csv.field_size_limit(MOST_BYTES)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(line)
    except csv.Error as error:
        raise InvalidValue("file", "file_broken") from error


def _xlsx(content: bytes) -> Iterator[tuple[str, ...]]:
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for line in sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 2, values_only=True):
            yield tuple(_cell(value) for value in line)
        book.close()
    except InvalidValue:
        raise
    except _UNREADABLE as error:
        raise InvalidValue("file", "file_broken") from error


def _refuse_bomb(content: bytes) -> None:
    """Look at the parts before the workbook is read."""
    names, marks = set(), MOST_MARKS
    for name, inside in unpacked(content, most_bytes=MOST_UNPACKED, most_parts=MOST_PARTS):
        names.add(name)
        marks -= inside.count(b"<")
        if marks < 0:
            raise InvalidValue("file", "file_too_full")
        if name.endswith((".xml", ".rels")) and any(word in inside for word in _FORBIDDEN_XML):
            raise InvalidValue("file", "file_broken")
    if "xl/workbook.xml" not in names:
        raise InvalidValue("file", "file_no_table")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescape(str(value))


def _sheet(lines: Iterable[tuple[str, ...]], most_rows: int) -> Sheet:
    names: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, line in enumerate(lines, 1):
        stripped = list(map(str.strip, line))
        while stripped and not stripped[-1]:
            stripped.pop()
        if not stripped:
            continue
        cells = tuple(stripped)
        if len(cells) > MOST_COLUMNS or max(map(len, cells)) > MOST_CELL:
            raise InvalidValue("file", "file_row_too_long", row=number)
        if not names:
            names = cells
            _refuse_twice(names)
            continue
        if len(rows) == most_rows:
            raise InvalidValue("file", "file_too_many_rows", n=most_rows)
        rows.append((number, cells))
    if not names or not rows:
        raise InvalidValue("file", "file_no_rows")
    return Sheet(names, tuple(rows))


def _refuse_twice(names: tuple[str, ...]) -> None:
    """Of two columns with one name, or with two names for one thing, nobody knows which counts."""
    known = columns_by_name()
    first: dict[str, str] = {}
    for name in filter(fold, names):
        column = known.get(fold(name))
        key = column.name if column else fold(name)
        if key in first and fold(first[key]) != fold(name):
            raise InvalidValue("file", "file_names_alike", name=first[key][:80], other=name[:80])
        if key in first:
            raise InvalidValue("file", "file_name_twice", name=name[:80])
        first[key] = name
