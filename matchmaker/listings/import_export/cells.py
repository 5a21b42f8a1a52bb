"""From the text of a cell to a value, and back. What comes out is still to be checked by `listings.values`."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME, Shape
from matchmaker.listings.import_export import columns
from matchmaker.reference import detailed_fields, find_programmes, fold, study_field, work_fields

_YES, _NO = {"ja", "yes", "y", "j", "x", "1", "waar", "true"}, {"nee", "no", "n", "0", "onwaar", "false"}
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_DATED = re.compile(r"(\S+)\s+(\d{1,2}[:.]\d{2})(?:\s*uur)?")
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2028-\u202e\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n]")


def defused(cell: str) -> str:
    """A cell that starts like a formula gets an apostrophe before it, so that a spreadsheet shows it as text.

    Spreadsheets skip white space and marks nobody sees, and take signs of full width for the plain ones:
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def undefused(cell: str) -> str:
    """A cell of an export as it was before `defused`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def read_cell(field: str, text: str) -> Any:
    """The value a cell holds; raises InvalidValue. An empty cell is an empty value."""
    if not text:
        return None
    shape = BY_NAME[field].shape
    special = {"work_fields": read_work_fields, "study_fields": read_study_fields, "levels": read_levels}
    if field in special:
        return special[field](text)
    if field in {"tracks", "languages"}:
        known = columns.TRACKS if field == "tracks" else columns.LANGUAGES
        return [read_code(field, part, known) for part in parts(text)]
    if field == "mode":
        return read_code(field, text, columns.MODES)
    return _BY_SHAPE[shape](field, text)


def read_code(field: str, text: str, spellings: Mapping[Any, Iterable[str]]) -> Any:
    """The member written in one of its spellings, or as its own code."""
    found = _folded(spellings).get(fold(text))
    if found is None:
        raise InvalidValue(field, "unknown_code")
    return found


def _folded(spellings: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    return {fold(name): code for code, names in spellings.items() for name in (str(code), *names)}


def parts(text: str) -> list[str]:
    """The values in a cell, separated by ; or | or, when there is none of those, by commas."""
    separator = r"[;|]" if re.search(r"[;|]", text) else ","
    return [part.strip() for part in re.split(separator, text) if part.strip()]


def read_work_fields(text: str) -> list[str]:
    """Codes or names; names hold commas, so a whole cell that is a name is one. W00 is nothing chosen."""
    known = _work_field_names()
    wanted = [text] if fold(text) in known else parts(text)
    codes = []
    for part in wanted:
        if part.upper() == columns.NO_WORK_FIELD:
            continue
        if fold(part) not in known:
            raise InvalidValue("work_fields", "unknown_code")
        codes.append(known[fold(part)])
    return codes


@cache
def _work_field_names() -> dict[str, str]:
    names = {fold(field.name_nl): field.code for field in work_fields()}
    return names | {fold(field.code): field.code for field in work_fields()}


def read_study_fields(text: str) -> list[str]:
    """ISCED-F codes of four digits, their Dutch names, or names of programmes. A lost leading zero is put back."""
    codes = []
    for part in [text] if fold(text) in _study_names() else parts(text):
        code = study_code(part)
        if code is None:
            raise InvalidValue("study_fields", "unknown_code")
        codes.append(code)
    return codes


def study_code(text: str) -> str | None:
    """The detailed field behind a code or a name, or None."""
    number = f"0{text}" if len(text) == 3 and text.isdigit() and not text.startswith("0") else text
    found = _study_names().get(fold(number))
    return found or next((programme.isced for programme in find_programmes(text)), None)


@cache
def _study_names() -> dict[str, str]:
    names = {fold(field.name_nl): field.code for field in detailed_fields()}
    return names | {field.code: field.code for field in detailed_fields()}


def read_levels(text: str) -> list[str]:
    """Levels by name; mbo, hbo and wo alone stand for all of theirs."""
    found: list[str] = []
    for part in parts(text):
        group = columns.GROUPS_OF_LEVELS.get(fold(part))
        found += [level.value for level in group] if group else [read_code("levels", part, columns.LEVELS).value]
    return found


def read_day(field: str, text: str) -> date:
    """2027-02-01 or 1-2-2027."""
    dutch = _DUTCH_DAY.fullmatch(text)
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        return date.fromisoformat(text[:10] if text[10:11] == " " else text)
    except ValueError as error:
        raise InvalidValue(field, "not_a_date") from error


def _number(field: str, text: str) -> int:
    plain = text.removeprefix("€").strip().removesuffix(",-").removesuffix(",00").strip()
    if not (plain.isascii() and plain.removeprefix("-").isdigit() and len(plain) <= 40):
        raise InvalidValue(field, "not_a_number")
    return int(plain)


def read_yes_no(field: str, text: str) -> bool:
    """Raises InvalidValue at `field`."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise InvalidValue(field, "not_yes_or_no")


def _slots(field: str, text: str) -> list[dict[str, Any]]:
    return [_slot(field, part) for part in parts(text)]


def _slot(field: str, text: str) -> dict[str, Any]:
    word = fold(text).replace(" ", "")
    for number, names in columns.WEEKDAYS.items():
        for name in names:
            for part, dutch in columns.PARTS.items():
                if word in (f"{name}{dutch}", f"{name}{part}"):
                    return {"weekday": number, "part": part}
    dated = _DATED.fullmatch(text)
    if dated is None:
        raise InvalidValue(field, "slot_unclear")
    return {"date": read_day(field, dated[1]).isoformat(), "time": dated[2].replace(".", ":")}


_BY_SHAPE: dict[Shape, Callable[[str, str], Any]] = {
    Shape.LINE: lambda _field, text: text,
    Shape.TEXT: lambda _field, text: text,
    Shape.ADDRESS: lambda _field, text: text,
    Shape.ROW: lambda _field, text: text,
    Shape.WORDS: lambda _field, text: parts(text),
    Shape.NUMBER: _number,
    Shape.DAY: read_day,
    Shape.YES_NO: read_yes_no,
    Shape.SLOTS: _slots,
}


def write_cell(field: str, value: Any) -> str:
    """A value as `read_cell` reads it back."""
    if value in (None, "", []) or value is False:
        return ""
    if value is True:
        return "ja"
    if field == "slots":
        return "; ".join(_slot_words(slot) for slot in value)
    if isinstance(value, list):
        spellings = {**columns.LEVELS, **columns.TRACKS}
        return "; ".join(str(next(iter(spellings.get(code, ())), code)) for code in value)
    if field == "mode":
        return columns.MODES[value][0]
    return value.isoformat() if isinstance(value, date) else str(value)


def _slot_words(slot: Mapping[str, Any]) -> str:
    if "weekday" in slot:
        return f"{columns.WEEKDAYS[slot['weekday']][0]}{columns.PARTS[slot['part']]}"
    return f"{slot['date']} {slot['time']}"


def is_study(code: str) -> bool:
    """Whether this is a detailed field of ISCED-F."""
    try:
        return len(code) == 4 and bool(study_field(code))
    except KeyError:
        return False
