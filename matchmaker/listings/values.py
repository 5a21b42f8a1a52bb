"""Whether values can be true. Shape and wording are the form's; what is possible in the trade is decided here."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from matchmaker.clock import today
from matchmaker.database import MAX_ID
from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import BY_NAME, YEARS_AHEAD, Field, Shape
from matchmaker.listings.kinds import fields_for, levels_for
from matchmaker.reference import find_municipality, find_place
from matchmaker.vocabulary import Kind, Level, Side

UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Characters no person types, which no database and no page can keep."""

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
WORD_LENGTH = 80
PARTS = ("morning", "afternoon", "evening")
WEEKDAYS = range(1, 6)
MBO = frozenset({Level.MBO1, Level.MBO2, Level.MBO3, Level.MBO4})
EMPTY_LISTS = frozenset({Shape.CODES, Shape.WORDS, Shape.SLOTS})


class InvalidListing(InvalidValue):
    """One or more values that cannot be true. `field` and `reason` are those of the first; `problems` holds all."""

    def __init__(self, problems: Iterable[InvalidValue]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.field, first.reason, **first.values)


def clean(kind: Kind, side: Side, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[InvalidValue]]:
    """The values as they are stored, and what is wrong with each that cannot be.

    Values come in as Python values (text, int, date, lists of codes). An empty value clears its field. A field this
    kind does not ask is a problem unless it is empty.
    """
    asked = fields_for(kind, side)
    cleaned: dict[str, Any] = {}
    problems: list[InvalidValue] = []
    for name, value in values.items():
        field = BY_NAME.get(name)
        if field is None or name not in asked:
            if value not in (None, "", [], False):
                problems.append(InvalidValue(name, "not_this_kind"))
            continue
        try:
            cleaned[name] = clean_value(field, value)
        except InvalidValue as problem:
            problems.append(problem)
    unknown = set(cleaned.get("levels", ())) - set(levels_for(kind))
    if unknown:
        problems.append(InvalidValue("levels", "not_this_kind"))
    return cleaned, problems


def clean_value(field: Field, value: Any) -> Any:
    """One value as it is stored; raises InvalidValue."""
    if value in (None, "", [], ()):
        return empty_value(field)
    return _BY_SHAPE[field.shape](field, value)


def empty_value(field: Field) -> Any:
    """What an empty field holds: lists mean all, text is empty, anything else is unknown."""
    if field.shape in EMPTY_LISTS:
        return []
    if field.shape in {Shape.LINE, Shape.TEXT, Shape.ADDRESS}:
        return ""
    if field.shape is Shape.YES_NO:
        return False
    return {"places": 1, "mode": "on_site"}.get(field.name)


def together(values: Mapping[str, Any], before: Mapping[str, Any]) -> list[InvalidValue]:
    """What does not go together in the whole of a listing; dates are held against today only when they changed."""
    problems = []
    for low, high in (("hours_min", "hours_max"), ("allowance_min", "allowance_max")):
        if None not in (values.get(low), values.get(high)) and values[low] > values[high]:
            problems.append(InvalidValue(high, "range_reversed"))
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end < start:
        problems.append(InvalidValue("ends_on", "reversed"))
    for name in ("starts_on", "ends_on", "respond_before"):
        day = values.get(name)
        if day and day != before.get(name):
            problems.extend(_impossible_day(name, day))
    chosen = set(values.get("levels") or ())
    if values.get("tracks") and not chosen & MBO:
        problems.append(InvalidValue("tracks", "only_with_mbo"))
    place = values.get("place")
    if place and place != before.get("place") and locate(place) is None:
        problems.append(InvalidValue("place", "unknown_place"))
    return problems


def locate(name: str) -> tuple[float, float] | None:
    """Where a place or municipality is, in degrees (WGS 84); None when nobody knows the name."""
    found = find_place(name) or find_municipality(name) if name else None
    return (found.lat, found.lon) if found else None


def _impossible_day(name: str, day: date) -> list[InvalidValue]:
    if day < today():
        return [InvalidValue(name, "past")]
    if day.year > today().year + YEARS_AHEAD:
        return [InvalidValue(name, "too_far")]
    return []


def is_unusable(text: str) -> bool:
    """Whether a text holds a sign of `UNUSABLE`. What can be printed holds none, and that is seen much sooner."""
    return not text.isprintable() and UNUSABLE.search(text) is not None


def _line(field: Field, value: Any) -> str:
    return " ".join(_usable(field, value).split())


def _text(field: Field, value: Any) -> str:
    return _usable(field, value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _usable(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue(field.name, "not_text")
    if len(value) > field.most:
        raise InvalidValue(field.name, "text_too_long", n=field.most)
    if is_unusable(value):
        raise InvalidValue(field.name, "unusable_text")
    return value


def _number(field: Field, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValue(field.name, "not_a_number")
    if value < field.least:
        raise InvalidValue(field.name, "too_small", n=field.least)
    if value > field.most:
        raise InvalidValue(field.name, "too_large", n=field.most)
    return value


def _day(field: Field, value: Any) -> date:
    if type(value) is not date:
        raise InvalidValue(field.name, "not_a_date")
    return value


def _code(field: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in field.codes():
        raise InvalidValue(field.name, "unknown_code")
    return str(value)


def _codes(field: Field, value: Any) -> list[str]:
    known = field.codes()
    if not isinstance(value, list | tuple) or any(not isinstance(code, str) or code not in known for code in value):
        raise InvalidValue(field.name, "unknown_code")
    if field.name in {"levels", "languages"}:
        order = [str(code) for code in (Level if field.name == "levels" else ("nl", "en"))]
        return sorted({str(code) for code in value}, key=order.index)
    return list(dict.fromkeys(str(code) for code in value))


def _words(field: Field, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > field.most:
        raise InvalidValue(field.name, "too_many", n=field.most)
    limit = Field(field.name, Shape.LINE, most=WORD_LENGTH)
    return list(dict.fromkeys(word for word in (_line(limit, each) for each in value) if word))


def _yes_no(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue(field.name, "unknown_code")
    return value


def _address(field: Field, value: Any) -> str:
    text = _line(field, value)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise InvalidValue(field.name, "not_an_address") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in text:
        raise InvalidValue(field.name, "not_an_address")
    return text


def _row(field: Field, value: Any) -> int:
    if not isinstance(value, int) or not 0 < value <= MAX_ID:
        raise InvalidValue(field.name, "unknown_code")
    return value


def _slots(field: Field, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or len(value) > field.most:
        raise InvalidValue(field.name, "too_many", n=field.most)
    found = [_slot(field, each) for each in value]
    return [slot for index, slot in enumerate(found) if slot not in found[:index]]


def _slot(field: Field, value: Any) -> dict[str, Any]:
    """`{"weekday": 1..5, "part": morning, afternoon or evening}` or `{"date": ISO date, "time": "09:30"}`."""
    if isinstance(value, Mapping) and set(value) == {"weekday", "part"}:
        if value["weekday"] in WEEKDAYS and value["part"] in PARTS:
            return {"weekday": int(value["weekday"]), "part": str(value["part"])}
    elif isinstance(value, Mapping) and set(value) == {"date", "time"}:
        try:
            day = date.fromisoformat(str(value["date"]))
        except ValueError as error:
            raise InvalidValue(field.name, "not_a_date") from error
        clock = _CLOCK.fullmatch(str(value["time"]))
        if clock:
            problem = next(iter(_impossible_day(field.name, day)), None)
            if problem:
                raise problem
            return {"date": day.isoformat(), "time": f"{time(int(clock[1]), int(clock[2])):%H:%M}"}
    raise InvalidValue(field.name, "slot_unclear")


_BY_SHAPE: dict[Shape, Callable[[Field, Any], Any]] = {
    Shape.LINE: _line,
    Shape.TEXT: _text,
    Shape.NUMBER: _number,
    Shape.DAY: _day,
    Shape.CODE: _code,
    Shape.CODES: _codes,
    Shape.WORDS: _words,
    Shape.YES_NO: _yes_no,
    Shape.SLOTS: _slots,
    Shape.ADDRESS: _address,
    Shape.ROW: _row,
}


def values_still_true(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an older listing that can be used again: days that have passed are left out, with their slots."""
    kept = {}
    for name, value in values.items():
        if isinstance(value, date) and value < today():
            continue
        if name == "slots":
            value = [slot for slot in value if "date" not in slot or slot["date"] >= today().isoformat()]
        kept[name] = value
    return kept
