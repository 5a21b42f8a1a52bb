"""How the code reads: short files, plain names, no hidden imports; every template and every letter is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from matchmaker.web import navigation

CODE = sorted((ROOT / "matchmaker").rglob("*.py"))
TEMPLATES = sorted(each for each in (ROOT / "templates").rglob("*.*") if each.is_file())
PAGES = [each for each in TEMPLATES if each.relative_to(ROOT / "templates").parts[0] not in {"mail", "documents"}]
DOCUMENTS = sorted({each.stem for each in (ROOT / "templates" / "documents").iterdir()} - {"house"})
LETTERS = sorted({each.stem for each in (ROOT / "templates" / "mail").iterdir()} - {"layout"})
LONGEST = 500
LONGEST_FUNCTION, LONGEST_VIEW = 40, 20
VAGUE = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "manager", "misc"}
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*(?:\bsrc=|ld\+json))", re.I
)
NAMED = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
FROM = re.compile(r"""{%-?\s*from\s+["'][^"']+["']\s+import\s+([^%]+?)\s*-?%}""")
EXTENDS = re.compile(r"""{%-?\s*extends\s+["']([^"']+)["']""")


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def handwritten() -> list[Path]:
    """Every file people read and write: code, tests, templates, styles and behaviour."""
    code = dict.fromkeys(("tests", "serving", "soak", "registers"), "*.py")
    folders = code | {"templates": "*.*", "static/css": "*.css", "static/js": "*.js"}
    return [*CODE, *(each for folder, kind in folders.items() for each in (ROOT / folder).rglob(kind))]


def imports_inside(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (each for each in ast.walk(inner) if isinstance(each, ast.Import | ast.ImportFrom))


@cache
def strings_in_code() -> set[str]:
    return {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def imported_names(text: str) -> list[str]:
    lists = (found.removesuffix(" with context") for found in FROM.findall(text))
    return [each.split(" as ")[-1].strip() for names in lists for each in names.split(",")]


def calls(macro: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){macro}\s*\(", FROM.sub("", text)) is not None


def family(page: str, parents: dict[str, str]) -> list[str]:
    """The template and every layout above it."""
    return [page, *family(parents[page], parents)] if page in parents else [page]


def test_there_is_something_to_measure() -> None:
    assert min(len(CODE), len(PAGES), len(LETTERS)) > 30


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in handwritten()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def is_view(path: Path, function: ast.FunctionDef) -> bool:
    routes = {"get", "post", "route"}
    decorators = (each.func for each in function.decorator_list if isinstance(each, ast.Call))
    return "web" in path.parts and any(isinstance(each, ast.Attribute) and each.attr in routes for each in decorators)


def lines_of(function: ast.FunctionDef) -> int:
    """From `def` to the end, without the docstring."""
    said = len((ast.get_docstring(function, clean=False) or "").splitlines())
    return (function.end_lineno or 0) - function.lineno + 1 - said


def test_a_function_takes_forty_lines_at_most_and_a_view_twenty() -> None:
    limits = {
        (short(path), each): LONGEST_VIEW if is_view(path, each) else LONGEST_FUNCTION for path, each in functions()
    }
    assert list(limits.values()).count(LONGEST_VIEW) > 100
    assert [f"{path}: {each.name}" for (path, each), most in limits.items() if lines_of(each) > most] == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    vague = [short(path) for path in handwritten() if VAGUE & {path.stem, *path.relative_to(ROOT).parts[:-1]}]
    assert vague == []


def test_every_import_stands_at_the_top() -> None:
    hidden = [
        f"{short(path)}:{each.lineno}" for path in CODE for each in imports_inside(ast.parse(path.read_text("utf-8")))
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "markup",
    ['<p style="color: red">', "<style>", '<a onclick="go()">', '<a href="javascript:go()">', "<script>go()</script>"],
)
def test_inline_script_and_style_are_recognised(markup: str) -> None:
    assert INLINE.search(markup)


def test_no_page_holds_script_or_style() -> None:
    """Letters are the exception: mail programs read no style sheets."""
    found = [
        f"{short(path)}:{number}"
        for path in PAGES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


def test_every_entry_of_every_menu_is_a_page(app: Flask) -> None:
    menus = (navigation.PUBLIC, navigation.ACCOUNT, navigation.FOOTER, *navigation.BY_ROLE.values())
    missing = {endpoint for menu in menus for _label, endpoint in menu} - set(app.view_functions)
    assert missing == set()


def test_every_page_template_is_used_somewhere() -> None:
    used = strings_in_code() | {name for path in TEMPLATES for name in NAMED.findall(path.read_text("utf-8"))}
    unused = [short(path) for path in PAGES if str(path.relative_to(ROOT / "templates")) not in used]
    assert unused == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_made_somewhere(document: str) -> None:
    assert document in strings_in_code()


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_has_both_forms_and_is_sent_somewhere(letter: str) -> None:
    forms = [kind for kind in ("txt", "html") if (ROOT / "templates" / "mail" / f"{letter}.{kind}").exists()]
    assert forms == ["txt", "html"]
    assert letter in strings_in_code()


def test_a_template_imports_only_what_it_uses() -> None:
    """What a layout imports may be used by the pages that extend it; a part that is included imports its own."""
    source = {str(path.relative_to(ROOT / "templates")): path.read_text("utf-8") for path in TEMPLATES}
    parents = {name: found[1] for name, text in source.items() if (found := EXTENDS.search(text))}
    unused = [
        f"{name}: {each}"
        for name, text in source.items()
        for each in imported_names(text)
        if not any(calls(each, source[page]) for page in source if name in family(page, parents))
    ]
    assert unused == []
