"""The log: what happened, to what, by whom, when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from flask import render_template, request, url_for
from flask_babel import gettext

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import accounts_by_id, accounts_like
from matchmaker.audit.models import AuditEvent
from matchmaker.audit.queries import events, known_actions, known_object_kinds
from matchmaker.database import MAX_ID
from matchmaker.web.addresses import here_with
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_text
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.words.dates import say_since
from matchmaker.words.log import about, came_from, event_name, event_sentence, is_request, object_name

SIZE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2200


@admin.get("/logboek")
@only(PLATFORM_ADMIN)
def list_events() -> str:
    """Goes back by event number, so that new events shift nothing."""
    rows = _found()
    shown = rows[:SIZE]
    return render_template(
        "admin/events/list.html",
        rows=_rows(shown),
        actions=_choices(known_actions(), event_name),
        kinds=_choices(known_object_kinds(), object_name),
        older=here_with(voor=str(shown[-1].id)) if len(rows) > SIZE else "",
        newest=here_with(voor=None) if request.args.get("voor") else "",
        days={"van": _day("van"), "tot": _day("tot")},
    )


def _found() -> Sequence[AuditEvent]:
    """What the filters in the address ask, and one more, to know whether there is an older page."""
    who = asked_text("wie")
    return events(
        action=asked_text("actie"),
        object_kind=asked_text("soort"),
        object_id=_number("nummer"),
        actor_ids=[each.id for each in accounts_like(who)] if who else None,
        first_day=_day("van"),
        last_day=_day("tot"),
        before=_number("voor"),
        limit=SIZE + 1,
    )


def _rows(shown: Sequence[AuditEvent]) -> list[dict[str, str]]:
    """When, what, on what (with the address of all that happened to it), by whom, and the number of the request."""
    people = accounts_by_id([each.actor_id for each in shown if each.actor_id])
    return [
        {
            "when": say_since(each.at),
            "what": event_sentence(each),
            "about": about(each),
            "url": url_for("admin.list_events", soort=each.object_kind, nummer=each.object_id),
            "who": _who(each, people),
            "request": each.origin if is_request(each) else "–",
        }
        for each in shown
    ]


def _who(event: AuditEvent, people: Mapping[int, Account]) -> str:
    if event.actor_id is None:
        return came_from(event)
    found = people.get(event.actor_id)
    return found.display_name if found else gettext("iemand die weg is")


def _choices(values: Sequence[str], name: Callable[[str], str]) -> list[tuple[str, str]]:
    return [("", gettext("Alles")), *sorted(((each, name(each)) for each in values), key=lambda pair: pair[1])]


def _number(name: str) -> int | None:
    typed = request.args.get(name, "").strip()
    return min(int(typed), MAX_ID) if typed.isascii() and typed.isdigit() and len(typed) < 20 else None


def _day(name: str) -> date | None:
    """A day as a date field sends it; anything else, or a day no log can hold, is no day."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
