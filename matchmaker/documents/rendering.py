"""Values in, PDF out. A value is shown as text, whatever stands in it; it is never read as markup or code."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any

import typst
from flask import current_app
from flask_babel import force_locale

from config import ROOT
from matchmaker.clock import at, today
from matchmaker.words.language import gettext

TEMPLATES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "vendor" / "documents"
STANDARDS = ["ua-1", "a-2a"]
UNKNOWN = "\N{WHITE SQUARE}"
"""What stands for a character that no shipped font can draw: the standards refuse a page with such a hole in it."""
ROUNDS_OF_UNKNOWN = 4
_COMMON: Mapping[str, Any] = {"lead": "", "reference": "", "foot": "", "description": "", "blocks": []}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They let a text read otherwise than it is written, which a signed document may not do."""
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class Template(StrEnum):
    """The looks a document can have: files in `templates/documents`."""

    DOCUMENT = "document"
    CERTIFICATE = "certificate"


class DocumentFailed(RuntimeError):
    """A template could not be made into a document: a fault of the template, never of what somebody typed."""


def render(
    template: Template, values: Mapping[str, Any], *, language: str = "nl", made_on: date | None = None
) -> bytes:
    """The PDF of `templates/documents/<template>.typ` for these values, tagged and archivable.

    `values` are plain JSON; `title` is needed, the others have a default (`_COMMON`). The same values, language and
    day give the same bytes. Raises DocumentFailed.
    """
    day = made_on or today()
    site = current_app.extensions["settings"].site_name
    given = {"title": values["title"], **_COMMON, "author": site, **values, "site": site, "language": language}
    given |= {"made_on": day.isoformat(), "labels": _labels(language)}
    drawable = _cleaned(given)
    for _ in range(ROUNDS_OF_UNKNOWN):
        try:
            return _compile(template, drawable, day)
        except typst.TypstError as failed:
            undrawn = _undrawn(failed)
            if not undrawn:
                raise DocumentFailed(failed.diagnostic or failed.message) from failed
            drawable = _replaced(drawable, undrawn)
    raise DocumentFailed("too many characters that no font has")


def _compile(template: Template, given: Mapping[str, Any], day: date) -> bytes:
    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(given)},
        pdf_standards=STANDARDS,
        timestamp=at(day, time(12)),
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts that the build shipped, and those inside typst for rarer scripts; never those of the machine."""
    if not any(FONTS.glob("*.ttf")):
        raise DocumentFailed("The fonts of documents are not built. Run: make assets")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _labels(language: str) -> dict[str, str]:
    with force_locale(language):
        return {"page": gettext("Bladzijde %(n)s van %(all)s", n="{n}", all="{all}")}


def _cleaned(value: Any) -> Any:
    """The same values without characters that no page can hold: control codes, halves of pairs, private ones."""
    if isinstance(value, str):
        return "".join(_clean(each) for each in value)
    if isinstance(value, Mapping):
        return {name: _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def _clean(character: str) -> str:
    category = unicodedata.category(character)
    if character in _TURNING:
        return ""
    if character in "\n\t" or category not in {"Cc", "Cs", "Co", "Cn"}:
        return character
    return "" if category == "Cc" else UNKNOWN


def _undrawn(failed: typst.TypstError) -> set[str]:
    told = f"{failed.message}\n{failed.diagnostic}"
    return {
        character
        for text in _UNDRAWN.findall(told)
        for character in _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    } - {UNKNOWN}


def _replaced(value: Any, undrawn: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(UNKNOWN if each in undrawn else each for each in value)
    if isinstance(value, Mapping):
        return {name: _replaced(each, undrawn) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, undrawn) for each in value]
    return value
