"""What every list of the administration shares: its filters from the address, and its pages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_babel import gettext

from matchmaker.organisations.models import Membership
from matchmaker.web.addresses import here_with
from matchmaker.web.sign_in_state import acting

SIZE = 25
LAST_PAGE = 100_000
Member = TypeVar("Member", bound=StrEnum)


def giver() -> Membership:
    """The administrator's role one acts in; only behind the guard."""
    membership = acting()
    assert membership is not None
    return membership


def asked_text(name: str = "q", longest: int = 200) -> str:
    """What was typed in a filter."""
    return request.args.get(name, "").strip()[:longest]


def asked_code(name: str, members: type[Member]) -> Member | None:
    """The code chosen in a filter; None for anything that is none."""
    value = request.args.get(name, "")
    return members(value) if value in set(members) else None


def page_number() -> int:
    """The page asked for, 1 when it is no number."""
    typed = request.args.get("pagina", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1
    return min(max(number, 1), LAST_PAGE)


def window() -> dict[str, int]:
    """The rows of this page, as a query takes them."""
    return {"limit": SIZE, "offset": (page_number() - 1) * SIZE}


def pages(total: int) -> Mapping[str, str]:
    """What the pagination shows: which rows, and the way back and on."""
    number = page_number()
    first, last = (number - 1) * SIZE + 1, min(number * SIZE, total)
    shown = (
        gettext("%(first)d tot en met %(last)d van %(total)d", first=first, last=last, total=total)
        if first <= total
        else gettext("Hier is niets meer.")
    )
    return {
        "shown": shown,
        "previous_url": here_with(pagina=str(number - 1)) if number > 1 else "",
        "next_url": here_with(pagina=str(number + 1)) if last < total else "",
    }
