"""What a visitor filters on, read from an address that anyone may have written.

The address holds everything: a filter can be linked, shared, followed as a feed and saved. What it says that cannot be
used is set aside and named, never an error.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from matchmaker.reference import (
    Place,
    broad_fields,
    find_municipality,
    find_place,
    find_programmes,
    provinces,
    work_fields,
)
from matchmaker.vocabulary import Kind, Level, Mode, Side

NO_DATE = "open"
"""Instead of a month or of hours when none is named: the two sides will agree on it."""

LONGEST_WORDS = 200
MOST_VALUES = 40
DEFAULT_KM = 30
FURTHEST_KM = 400
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_SLUG = re.compile(r"[a-z0-9-]{1,160}")
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HoursBand:
    """Hours a week, both ends included. A listing falls in each band its own range touches."""

    code: str
    least: int
    most: int


HOURS_BANDS = (
    HoursBand("1-8", 1, 8),
    HoursBand("9-16", 9, 16),
    HoursBand("17-24", 17, 24),
    HoursBand("25-32", 25, 32),
    HoursBand("33-40", 33, 40),
)


def hours_codes(least: int | None, most: int | None) -> frozenset[str]:
    """The bands a range of hours touches, an open end standing for the other; `open` for hours nobody named."""
    if least is None and most is None:
        return frozenset((NO_DATE,))
    low, high = (least if least is not None else most), (most if most is not None else least)
    assert low is not None and high is not None
    return frozenset(band.code for band in HOURS_BANDS if low <= band.most and high >= band.least)


def start_months(starts_on: date | None, slots: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """`2027-02` for each month it can start in, by its first day or its proposed dates; `open` when it names none."""
    days = [str(slot["date"]) for slot in slots if slot.get("date")]
    if starts_on:
        days.append(starts_on.isoformat())
    return frozenset(day[:7] for day in days) or frozenset((NO_DATE,))


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of the address that was set aside. `reason` is unknown, twice, too_long, too_many or needs_place."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One side of the desk, narrowed. An empty field does not narrow."""

    side: Side
    words: str = field(default="", metadata={"name": "q"})
    kinds: tuple[str, ...] = field(default=(), metadata={"name": "soort"})
    levels: tuple[str, ...] = field(default=(), metadata={"name": "niveau"})
    studies: tuple[str, ...] = field(default=(), metadata={"name": "studie"})
    programme: str = field(default="", metadata={"name": "opleiding"})
    work_fields: tuple[str, ...] = field(default=(), metadata={"name": "werkveld"})
    starts: tuple[str, ...] = field(default=(), metadata={"name": "start"})
    hours: tuple[str, ...] = field(default=(), metadata={"name": "uren"})
    modes: tuple[str, ...] = field(default=(), metadata={"name": "vorm"})
    provinces: tuple[str, ...] = field(default=(), metadata={"name": "provincie"})
    organisations: tuple[str, ...] = field(default=(), metadata={"name": "van"})
    place: str = field(default="", metadata={"name": "plaats"})
    km: int = field(default=0, metadata={"name": "km"})

    @property
    def centre(self) -> Place | None:
        """Where distance is measured from."""
        return named_centre(self.place) if self.place else None

    @property
    def study_codes(self) -> tuple[str, ...]:
        """The detailed fields of study of the programme that was typed; more when the name has several."""
        return tuple(sorted({each.isced for each in find_programmes(self.programme)})) if self.programme else ()

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The fields that narrow now, distance under the name `place`."""
        return tuple(name for name in NAMES.values() if name != "km" and getattr(self, name))

    def without(self, name: str, value: str = "") -> "Filter":
        """The filter with one value, or a whole field, taken off."""
        now: Any = getattr(self, name)
        rest: Any = tuple(each for each in now if each != value) if value and isinstance(now, tuple) else type(now)()
        changed = replace(self, **{name: rest})
        return replace(changed, km=0) if name == "place" else changed

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as parts of an address, always in the same order."""
        found: list[tuple[str, str]] = []
        for each in fields(self):
            value = getattr(self, each.name)
            if each.metadata and value:
                values = value if isinstance(value, tuple) else (value,)
                found += [(each.metadata["name"], str(one)) for one in values]
        return found


def named_centre(name: str) -> Place | None:
    """The point people mean by the name of a place, or of a municipality that no place is called after."""
    if (place := find_place(name)) is not None:
        return place
    home = find_municipality(name)
    return Place(home.name, home.code, home.lat, home.lon, "own") if home else None


NAMES: dict[str, str] = {each.metadata["name"]: each.name for each in fields(Filter) if each.metadata}
"""Name in the address to field of the filter."""

MANY = frozenset(NAMES.values()) - {"words", "programme", "place", "km"}


def read_filter(side: Side, pairs: Iterable[tuple[str, str]]) -> tuple[Filter, list[Ignored]]:
    """The filter an address asks for, and what was set aside. Names this list does not know are not ours to judge."""
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in NAMES and value.strip():
            asked.setdefault(name, []).append(" ".join(value.split()))
    values: dict[str, Any] = {}
    ignored: list[Ignored] = []
    for name, given in asked.items():
        if NAMES[name] in MANY:
            values[NAMES[name]] = _several(name, given, ignored)
        else:
            values[NAMES[name]] = _single(name, given, ignored)
    _settle_distance(values, ignored)
    return Filter(side=side, **values), ignored


def _several(name: str, given: list[str], ignored: list[Ignored]) -> tuple[str, ...]:
    wanted = list(dict.fromkeys(given))
    ignored += [Ignored(name, value[:80], "too_many") for value in wanted[MOST_VALUES:]]
    usable = []
    for value in wanted[:MOST_VALUES]:
        if _is_known(NAMES[name], value):
            usable.append(value)
        else:
            ignored.append(Ignored(name, value[:80], "unknown"))
    return tuple(sorted(usable))


def _single(name: str, given: list[str], ignored: list[Ignored]) -> Any:
    ignored += [Ignored(name, value[:80], "twice") for value in given[1:]]
    value = given[0]
    if name == "km":
        if _NUMBER.fullmatch(value) and 1 <= int(value) <= FURTHEST_KM:
            return int(value)
        ignored.append(Ignored(name, value[:80], "unknown"))
        return 0
    if len(value) > LONGEST_WORDS:
        ignored.append(Ignored(name, value[:80], "too_long"))
        value = value[:LONGEST_WORDS]
    if (name == "plaats" and named_centre(value) is None) or (name == "opleiding" and not find_programmes(value)):
        ignored.append(Ignored(name, value[:80], "unknown"))
        return ""
    return value


def _settle_distance(values: dict[str, Any], ignored: list[Ignored]) -> None:
    if values.get("place"):
        values["km"] = values.get("km") or DEFAULT_KM
    elif values.pop("km", 0):
        ignored.append(Ignored("km", "", "needs_place"))


def _is_known(name: str, value: str) -> bool:
    if name == "starts":
        return value == NO_DATE or bool(_MONTH.fullmatch(value))
    if name == "organisations":
        return bool(_SLUG.fullmatch(value))
    return value in _codes()[name]


def _codes() -> dict[str, frozenset[str]]:
    return {
        "kinds": frozenset(Kind),
        "levels": frozenset(Level),
        "studies": frozenset(each.code for each in broad_fields()),
        "work_fields": frozenset(each.code for each in work_fields()),
        "hours": frozenset(band.code for band in HOURS_BANDS) | {NO_DATE},
        "modes": frozenset(Mode),
        "provinces": frozenset(each.code for each in provinces()),
    }
