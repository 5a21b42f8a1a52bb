"""Every class our style sheets dress stands in a template, in a script or in what Python puts on a page."""

import re
from functools import cache

from config import ROOT

SHEETS = sorted(each for each in (ROOT / "static/css").rglob("*.css") if each.parent.name != "themes")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
SELECTORS = re.compile(r"([^{};]+)\{")
CLASS = re.compile(r"\.(mm-[\w-]+)")
WRITTEN = re.compile(r"mm-[\w-]+")
BUILT = re.compile(r"""(mm-[\w-]*(?:--|__|-))(?:\{\{|\{|\$\{|%s|['"]\s*(?:~|\+))""")
"""A class whose end is put in when the page is made: `mm-kind--{{ tone }}`."""


@cache
def pages() -> str:
    kinds = {"templates": "*.html", "static/js": "*.js", "matchmaker": "*.py"}
    return "".join(path.read_text("utf-8") for folder, kind in kinds.items() for path in (ROOT / folder).rglob(kind))


@cache
def written() -> set[str]:
    return set(WRITTEN.findall(pages()))


@cache
def begun() -> set[str]:
    return set(BUILT.findall(pages()))


def dressed() -> set[str]:
    sheets = (COMMENT.sub("", path.read_text("utf-8")) for path in SHEETS)
    return {name for sheet in sheets for selectors in SELECTORS.findall(sheet) for name in CLASS.findall(selectors)}


def on_a_page(name: str) -> bool:
    """Written whole, or begun in a template and ended by a number or by a word that stands in quotes somewhere."""
    ends = [name.removeprefix(start) for start in begun() if name.startswith(start)]
    quoted = (end.isdigit() or f"'{end}'" in pages() or f'"{end}"' in pages() for end in ends)
    return name in written() or any(quoted)


def test_no_style_sheet_dresses_a_class_that_no_page_has() -> None:
    assert len(dressed()) > 300
    assert sorted(name for name in dressed() if not on_a_page(name)) == []


def test_a_grid_named_after_its_columns_has_them() -> None:
    sheets = "".join(COMMENT.sub("", path.read_text("utf-8")) for path in SHEETS)
    named = sorted({name for name in written() if re.fullmatch(r"mm-grid--\d", name)})
    given = [re.findall(rf"\.{name}\s*\{{\s*grid-template-columns: repeat\((\d),", sheets) for name in named]
    assert named and given == [[name[-1]] for name in named]
