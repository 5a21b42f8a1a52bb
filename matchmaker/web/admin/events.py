"""The log: what happened, to what, by whom, when."""

from collections.abc import Sequence
from datetime import date

from flask import render_template, request
from flask_babel import gettext

from matchmaker.accounts.queries import accounts_by_id, accounts_like
from matchmaker.audit.models import AuditEvent
from matchmaker.audit.queries import events, known_actions, known_object_kinds
from matchmaker.database import MAX_ID
from matchmaker.web.addresses import here_with
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_text
from matchmaker.web.guards import PLATFORM_ADMIN, only

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
        events=shown,
        actors=accounts_by_id([each.actor_id for each in shown if each.actor_id]),
        actions=_choices(known_actions()),
        kinds=_choices(known_object_kinds()),
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


def _choices(values: Sequence[str]) -> list[tuple[str, str]]:
    return [("", gettext("Alles")), *((each, each) for each in values)]


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
