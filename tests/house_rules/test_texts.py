"""The words on the page: Dutch at B1, English complete, nothing left outside the translations."""

import re
from pathlib import Path

import pytest
import textstat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from config import ROOT

PO = ROOT / "matchmaker" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
METHODS = [("matchmaker/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
EASY_ENOUGH = 50
"""Flesch-Douma (textstat, `nl`): 50 and up is 'fairly difficult' at worst. Single sentences swing widely, so the floor
is for a sentence, the goal for all sentences together."""
GOAL_ON_AVERAGE = 70


def texts_in_source() -> set[str]:
    """Every Dutch text that a page, letter or sentence can show."""
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(ROOT), METHODS, {}, keywords=KEYWORDS, comment_tags=()
    ):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found


def as_tuple(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """A text as its forms: one, or singular and plural."""
    return text if isinstance(text, tuple) else (text,)


def english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def dutch() -> set[str]:
    return texts_in_source()


def test_every_text_has_its_english(dutch: set[str]) -> None:
    catalog = english()
    missing = []
    for each in sorted(dutch):
        message = catalog.get(each)
        if message is None or message.fuzzy or not all(as_tuple(message.string)):
            missing.append(each)
    assert missing == []


def test_the_english_holds_nothing_that_is_gone(dutch: set[str]) -> None:
    ids = {each.id[0] if isinstance(each.id, tuple) else each.id for each in english() if each.id}
    assert sorted(ids - dutch) == []


def test_the_english_fills_the_same_blanks() -> None:
    blanks = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    wrong = []
    for each in english():
        if not each.id or not each.string:
            continue
        source, target = as_tuple(each.id)[-1], as_tuple(each.string)[-1]
        if set(blanks.findall(source)) != set(blanks.findall(target)):
            wrong.append(source)
    assert wrong == []


def sentences(texts: set[str]) -> list[str]:
    """Sentences of eight words or more, blanks filled with a plain word."""
    filled = (re.sub(r"%\(\w+\)[sd]|\{\w*\}", "tien", each) for each in texts)
    pieces = (piece.strip() for each in filled for piece in re.split(r"(?<=[.!?:])\s+", each))
    return sorted({piece for piece in pieces if len(piece.split()) >= 8})


def test_the_dutch_is_easy_to_read(dutch: set[str]) -> None:
    textstat.set_lang("nl")
    scored = {each: textstat.flesch_reading_ease(each) for each in sentences(dutch)}
    hard = sorted((round(score), each) for each, score in scored.items() if score < EASY_ENOUGH)
    assert hard == []
    assert sum(scored.values()) / len(scored) >= GOAL_ON_AVERAGE


def test_no_sentence_is_longer_than_twenty_words(dutch: set[str]) -> None:
    assert [each for each in sentences(dutch) if len(each.split()) > 20] == []


LITERAL = re.compile(r">([^<>{}]*[A-Za-zÀ-ÿ]{2,}[^<>{}]*)<")
ALLOWED = {"Matchmaker", "English", "Nederlands"}
NOT_FOR_PAGES = {"style_guide.html", "unavailable.html"}
"""The style guide shows made-up examples; the page for a missing database needs nothing and holds both languages."""


def templates() -> list[Path]:
    return sorted(each for each in (ROOT / "templates").rglob("*.html") if each.name not in NOT_FOR_PAGES)


@pytest.mark.parametrize("template", templates(), ids=lambda each: str(each.relative_to(ROOT / "templates")))
def test_no_text_on_a_page_is_left_outside_the_translations(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "{}", template.read_text("utf-8"), flags=re.S)
    found = [each.strip() for each in LITERAL.findall(source)]
    assert [each for each in found if each not in ALLOWED and not each.startswith("&")] == []
