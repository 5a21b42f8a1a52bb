"""The filters beside a list: options with their counts, what is chosen, and what was set aside."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import format_date, gettext
from markupsafe import Markup

from matchmaker.listings.search.facets import PosterCount
from matchmaker.listings.search.filters import HOURS_BANDS, NAMES, NO_DATE, Ignored
from matchmaker.reference import broad_fields, programmes, provinces, work_fields
from matchmaker.vocabulary import Kind, Level, Mode, Side
from matchmaker.web.public.asked import Asked
from matchmaker.words.field_names import study_field_names, work_field_names
from matchmaker.words.labels import label
from matchmaker.words.language import in_english, language

SHORT_LIST = 8
DISTANCES = (5, 10, 20, 30, 50, 100)
ADDRESS_NAMES = {field: name for name, field in NAMES.items()}


def groups(asked: Asked, counts: Mapping[str, Mapping[str, int]], posters: list[PosterCount]) -> list[dict[str, Any]]:
    """The facets in the order of the panel; an option without listings is left out unless it is chosen."""
    wanted = asked.filter
    found = [
        _group(gettext("Soort"), "kinds", list(Kind), counts["kinds"], wanted.kinds),
        _group(gettext("Niveau"), "levels", list(Level), counts["levels"], wanted.levels),
        _folded(
            asked,
            _group(gettext("Werkveld"), "work_fields", _by_count(counts["work_fields"], _work_codes()),
                   counts["work_fields"], wanted.work_fields),
            gettext("Alle werkvelden"),
        ),
        _group(gettext("Studierichting"), "studies", [each.code for each in broad_fields()], counts["studies"],
               wanted.studies),
        _group(gettext("Start"), "starts", _months(counts["starts"]), counts["starts"], wanted.starts),
        _group(gettext("Uren per week"), "hours", [*(band.code for band in HOURS_BANDS), NO_DATE], counts["hours"],
               wanted.hours),
        _group(gettext("Waar"), "modes", list(Mode), counts["modes"], wanted.modes),
        _group(gettext("Provincie"), "provinces", [each.code for each in provinces()], counts["provinces"],
               wanted.provinces),
        _whose(asked, posters),
    ]  # fmt: skip
    return [group for group in found if group["options"]]


def chips(asked: Asked, posters: list[PosterCount]) -> list[dict[str, str]]:
    """What is chosen now, each with the address of the list without it."""
    named = {each.slug: each.name for each in posters}
    found = []
    for name in asked.filter.narrowed:
        value = getattr(asked.filter, name)
        for one in value if isinstance(value, tuple) else (value,):
            without = asked.filter.without(name, one if isinstance(value, tuple) else "")
            found.append({"label": _chip(asked, name, one, named), "url": asked.url(wanted=without)})
    return found


def notices(ignored: Iterable[Ignored]) -> list[str]:
    """What was set aside of the address, and why, in words; each sentence once."""
    return list(dict.fromkeys(_notice(each) for each in ignored))


def distance_options() -> list[tuple[str, str]]:
    return [(str(km), gettext("Tot %(km)s km", km=km)) for km in DISTANCES]


def option_label(name: str, value: str) -> str:
    """The words of one option of a facet."""
    return _said(name, value, language())


@lru_cache(maxsize=4_096)
def _said(name: str, value: str, _language: str) -> str:
    return _LABELS[name](value)


@lru_cache(maxsize=1)
def programme_options() -> Markup:
    """Names of programmes to choose from while typing; the same on every page, so they are made once."""
    return Markup("").join(Markup('<option value="{}"></option>').format(each.name) for each in programmes())


def _group(
    legend: str,
    name: str,
    codes: Iterable[str],
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    labels: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    said = language()
    codes = [str(getattr(code, "value", code)) for code in codes]
    codes += [value for value in chosen if value not in codes]
    return {
        "legend": legend,
        "name": ADDRESS_NAMES[name],
        "options": [
            {
                "value": code,
                "label": labels.get(code, code) if labels is not None else _said(name, code, said),
                "count": _count(counts, code),
                "checked": code in chosen,
            }
            for code in codes
            if code in chosen or _count(counts, code)
        ],
    }


def _count(counts: Mapping[str, int], code: str) -> int:
    try:
        return counts[code]
    except KeyError:
        return 0


def most_posters(asked: Asked) -> int | None:
    """How many organisations the panel needs: one more than it shows, to see that there are more."""
    return None if "van" in asked.unfolded else SHORT_LIST + 1


def _whose(asked: Asked, posters: list[PosterCount]) -> dict[str, Any]:
    """Hundreds of organisations may have something: only what is shown is made."""
    chosen, is_folded = asked.filter.organisations, "van" not in asked.unfolded and len(posters) > SHORT_LIST
    shown = [each for index, each in enumerate(posters) if not is_folded or index < SHORT_LIST or each.slug in chosen]
    counts = {each.slug: each.listings for each in shown}
    names = {each.slug: each.name for each in shown}
    legend = gettext("Gemeente") if asked.filter.side is Side.OFFER else gettext("Van wie")
    group = _group(legend, "organisations", list(counts), counts, chosen, names)
    return group | {"more": {"label": gettext("Allemaal"), "url": asked.url(unfold="van")}} if is_folded else group


def _folded(asked: Asked, group: dict[str, Any], more: str) -> dict[str, Any]:
    if group["name"] in asked.unfolded or len(group["options"]) <= SHORT_LIST:
        return group
    shown = [option for index, option in enumerate(group["options"]) if index < SHORT_LIST or option["checked"]]
    return group | {"options": shown, "more": {"label": more, "url": asked.url(unfold=group["name"])}}


def _by_count(counts: Mapping[str, int], codes: list[str]) -> list[str]:
    return sorted(codes, key=lambda code: (-_count(counts, code), code))


def _work_codes() -> list[str]:
    return [each.code for each in work_fields()]


def _months(counts: Mapping[str, int]) -> list[str]:
    return [*sorted(month for month in counts if month != NO_DATE), NO_DATE]


def _chip(asked: Asked, name: str, value: str, named: Mapping[str, str]) -> str:
    if name == "place":
        return gettext("Tot %(km)s km van %(place)s", km=asked.filter.km, place=value)
    if name == "organisations":
        return named.get(value, value)
    if name == "words":
        return gettext("Zoekt op: %(words)s", words=value)
    return option_label(name, value)


def _notice(each: Ignored) -> str:
    if each.reason == "needs_place":
        return gettext("Vul ook een plaats in. Zonder plaats kunnen wij geen afstand rekenen.")
    if each.reason == "twice":
        return gettext("Dit filter kan één keer. Wij gebruiken het eerste: %(name)s.", name=each.name)
    if each.reason == "too_long":
        return gettext("Uw zoektekst was te lang. Wij gebruiken het begin.")
    if each.reason == "too_many":
        return gettext("U koos heel veel tegelijk. Wij gebruiken de eerste veertig.")
    if each.name == "plaats":
        return gettext("De plaats %(value)s kennen wij niet. Kijk hoe u de naam schrijft.", value=each.value)
    if each.name == "opleiding":
        return gettext("De opleiding %(value)s kennen wij niet. Kies een naam uit de lijst.", value=each.value)
    return gettext(
        "Dit filter kennen wij niet, dus wij slaan het over: %(name)s %(value)s.", name=each.name, value=each.value
    )


def _month(value: str) -> str:
    if value == NO_DATE:
        return gettext("In overleg")
    day = date(int(value[:4]), int(value[5:]), 1)
    return format_date(day, "MMMM y").capitalize()


def _hours(value: str) -> str:
    if value == NO_DATE:
        return gettext("Niet genoemd")
    least, _, most = value.partition("-")
    return gettext("%(least)s tot %(most)s uur", least=least, most=most)


def _province(value: str) -> str:
    found = next(each for each in provinces() if each.code == value)
    return found.name_en if in_english() else found.name


_LABELS: dict[str, Callable[[str], str]] = {
    "kinds": lambda value: label(Kind(value)),
    "levels": lambda value: label(Level(value)),
    "work_fields": lambda value: work_field_names([value])[0],
    "studies": lambda value: study_field_names([value])[0],
    "programme": lambda value: value,
    "starts": _month,
    "hours": _hours,
    "modes": lambda value: label(Mode(value)),
    "provinces": _province,
}
