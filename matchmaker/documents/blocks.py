"""What a document is made of, in reading order. Each block is plain JSON; `templates/documents/house.typ` draws it."""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]


def heading(text: str, *, level: int = 2) -> Block:
    """A heading below the title, which is the only one of level 1. Levels follow each other: 2, then 3."""
    return {"kind": "heading", "level": level, "text": text}


def paragraphs(text: str) -> list[Block]:
    """A text as somebody typed it: each line that is not empty is a paragraph."""
    return [{"kind": "paragraph", "text": line.strip()} for line in text.splitlines() if line.strip()]


def bullets(items: Iterable[str]) -> list[Block]:
    """A list, or nothing when there is nothing in it."""
    given = [item for item in items if item]
    return [{"kind": "bullets", "items": given}] if given else []


def numbered(items: Iterable[str]) -> list[Block]:
    """A numbered list, or nothing when there is nothing in it."""
    given = [item for item in items if item]
    return [{"kind": "numbered", "items": given}] if given else []


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", widths: Sequence[int] = ()
) -> list[Block]:
    """A table with a header row, or nothing without rows. `widths` are shares of the page, one for each column."""
    filled = [[str(cell) for cell in row] for row in rows]
    if not filled:
        return []
    block: Block = {"kind": "table", "columns": list(columns), "rows": filled, "caption": caption}
    return [block | ({"widths": list(widths)} if widths else {})]


def facts(pairs: Iterable[tuple[str, str]], *, columns: tuple[str, str]) -> list[Block]:
    """Names and their values as a table of two columns, without what has no value."""
    return table(columns, [pair for pair in pairs if pair[1]], widths=(2, 5))


def note(text: str, *, title: str = "") -> Block:
    """A sentence that stands apart."""
    return {"kind": "note", "title": title, "text": text}


def beside(left: Sequence[Block], right: Sequence[Block], *, language: str) -> list[Block]:
    """Two languages next to each other, read one after the other: the document's own, then this one."""
    return [{"kind": "beside", "left": list(left), "right": list(right), "language": language}] if left else []


def spoken(blocks: Sequence[Block], *, language: str) -> list[Block]:
    """Blocks in another language than the document's own, so that they are read aloud in it."""
    return [{"kind": "spoken", "blocks": list(blocks), "language": language}] if blocks else []


def new_page() -> Block:
    """What follows begins on a new page."""
    return {"kind": "new_page"}
