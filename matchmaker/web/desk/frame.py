"""What stands around an item on every page of the queue: the rows, their parts, and the sentence on top."""

from collections.abc import Collection
from typing import Any

from flask import request, url_for

from matchmaker.clock import now
from matchmaker.matches.queue import Part, awaiting_routing, pace_of
from matchmaker.web.desk.rows import chips, finding, groups, pace_line, pages
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import Form
from matchmaker.web.sign_in_state import me


def address() -> dict[str, str]:
    """The part, search and page that stand in the address now."""
    return {name: value for name in ("deel", "q", "pagina") if (value := request.args.get(name, "").strip())}


def queue_context(form: Form | None, *, open_id: int | None = None, ticked: Collection[int] = ()) -> dict[str, Any]:
    """Everything the left side and the head of a desk page show.

    Without `open_id` the first item is the open one, unless several are `ticked`: then none is.
    """
    here, part = this_desk(), _part()
    search, page = request.args.get("q", "").strip()[:200], request.args.get("pagina", 1, type=int)
    found = awaiting_routing(here, part=part, search=search, page=page or 1, reader=me())
    if open_id is None and found.items and not ticked:
        open_id = found.items[0].id
    return {
        "found": found,
        "open_id": open_id,
        "finding": finding(found),
        "pace": pace_line(found, pace_of(here, now())),
        "groups": groups(found, open_id=open_id, ticked=ticked, address=address()),
        "chips": chips(found, current=part),
        "pages": pages(found, address()),
        "search": search,
        "part": part.value if part is not Part.ALL else "",
        "address": address(),
        "bulk": form,
        "queue_url": url_for("desk.queue", **address()),
    }


def _part() -> Part:
    try:
        return Part(request.args.get("deel", Part.ALL.value))
    except ValueError:
        return Part.ALL
