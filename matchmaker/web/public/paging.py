"""Pages of a list that is already in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what is on it, how many there are in all, and the addresses before and after."""

    items: Sequence[Any]
    total: int
    first: int
    last: int
    previous_url: str
    next_url: str


def page_of(items: Sequence[Any], args: "MultiDict[str, str]") -> Page:
    """The page an address asks for; the last one when it asks further, the first for what is no number."""
    asked = args.get("pagina", "1")
    pages = max(1, -(-len(items) // SIZE))
    number = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    shown = items[(number - 1) * SIZE : number * SIZE]
    first = (number - 1) * SIZE + 1 if items else 0
    return Page(
        items=shown,
        total=len(items),
        first=first,
        last=first + len(shown) - 1 if items else 0,
        previous_url=_url(args, number - 1) if number > 1 else "",
        next_url=_url(args, number + 1) if number < pages else "",
    )


def _url(args: "MultiDict[str, str]", number: int) -> str:
    kept = [(name, value) for name, value in args.items(multi=True) if name not in {"pagina", "taal"}]
    return f"{request.path}?{urlencode([*kept, ('pagina', str(number))])}"
