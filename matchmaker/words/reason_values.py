"""The values of a reason as words: dates, lists, levels, days. Dutch outside a request, the chosen language in one."""

import datetime as dt
from collections.abc import Iterable, Mapping

import flask_babel
from flask import current_app, has_app_context

from matchmaker.engine.findings import Values
from matchmaker.vocabulary import Level


def N_(msgid: str) -> str:  # noqa: N802
    """Mark a text for translation. The name is the one Babel looks for."""
    return msgid


def _translating() -> bool:
    return has_app_context() and "babel" in current_app.extensions


def gettext(msgid: str, **values: object) -> str:
    """The text in the chosen language, or in Dutch where no language can be chosen."""
    if _translating():
        return str(flask_babel.gettext(msgid, **values))
    return msgid % values


def ngettext(one: str, more: str, num: int, **values: object) -> str:
    """The same for a text that counts."""
    if _translating():
        return str(flask_babel.ngettext(one, more, num, **values))
    return (one if num == 1 else more) % {"num": num, **values}


LEVELS: Mapping[str, str] = {
    Level.VO: N_("voortgezet onderwijs"),
    Level.MBO1: N_("mbo 1"),
    Level.MBO2: N_("mbo 2"),
    Level.MBO3: N_("mbo 3"),
    Level.MBO4: N_("mbo 4"),
    Level.AD: N_("associate degree"),
    Level.HBO_BACHELOR: N_("hbo-bachelor"),
    Level.HBO_MASTER: N_("hbo-master"),
    Level.WO_BACHELOR: N_("wo-bachelor"),
    Level.WO_MASTER: N_("wo-master"),
}
PLAIN_WORDS: Mapping[str, str] = {
    **LEVELS,
    "morning": N_("ochtend"),
    "afternoon": N_("middag"),
    "evening": N_("avond"),
    "bol": N_("bol"),
    "bbl": N_("bbl"),
    "nl": N_("Nederlands"),
    "en": N_("Engels"),
    "de": N_("Duits"),
    "fr": N_("Frans"),
    "fy": N_("Fries"),
}
WEEKDAYS = (
    N_("maandag"),
    N_("dinsdag"),
    N_("woensdag"),
    N_("donderdag"),
    N_("vrijdag"),
    N_("zaterdag"),
    N_("zondag"),
)
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def enumeration(items: Iterable[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return gettext("%(first)s en %(last)s", first=", ".join(listed[:-1]), last=listed[-1])


def day_in_words(iso: str) -> str:
    """`3 maart 2027` from `2027-03-03`."""
    day = dt.date.fromisoformat(iso)
    if _translating():
        return str(flask_babel.format_date(day, "d MMMM yyyy"))
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(values: Values, names: Mapping[str, str]) -> dict[str, object]:
    """Every value as it stands in a sentence. `names` gives the name of a field of work or study by its code."""
    return {key: _value(key, value, names) for key, value in values.items() if value is not None}


def _value(key: str, value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return enumeration([str(_value("", each, names)) for each in value])
    if key in {"start", "end", "day"}:
        return day_in_words(str(value))
    if key == "weekday":
        return gettext(WEEKDAYS[int(str(value)) - 1])
    if isinstance(value, str):
        return names.get(value) or gettext(PLAIN_WORDS[value]) if value in names or value in PLAIN_WORDS else value
    return value
