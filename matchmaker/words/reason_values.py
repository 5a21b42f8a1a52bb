"""The values of a reason as words: dates, lists, levels, days."""

import datetime as dt
from collections.abc import Mapping

from babel.dates import get_day_names
from flask_babel.speaklater import LazyString

from matchmaker.engine.findings import Values
from matchmaker.words.dates import say_long_date
from matchmaker.words.labels import LANGUAGES, LEVELS
from matchmaker.words.language import joined, language
from matchmaker.words.language import lazy_gettext as _l

PLAIN_WORDS: Mapping[str, LazyString] = {
    **LEVELS,
    **LANGUAGES,
    "morning": _l("ochtend"),
    "afternoon": _l("middag"),
    "evening": _l("avond"),
    "bol": _l("bol"),
    "bbl": _l("bbl"),
}


def day_in_words(iso: str) -> str:
    """`3 maart 2027` from `2027-03-03`."""
    return say_long_date(dt.date.fromisoformat(iso))


def in_words(values: Values, names: Mapping[str, str]) -> dict[str, object]:
    """Every value as it stands in a sentence. `names` gives the name of a field of work or study by its code."""
    return {key: _value(key, value, names) for key, value in values.items() if value is not None}


def _value(key: str, value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return joined(str(_value("", each, names)) for each in value)
    if key in {"start", "end", "day"}:
        return day_in_words(str(value))
    if key == "weekday":
        return get_day_names("wide", locale=language())[int(str(value)) - 1]
    if isinstance(value, str):
        return names.get(value) or str(PLAIN_WORDS.get(value, value))
    return value
