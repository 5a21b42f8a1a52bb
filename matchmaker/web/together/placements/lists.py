"""Every placement someone has a part in: where it stands, who is next, what is late."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from matchmaker.organisations.models import Membership
from matchmaker.placements.models import Placement
from matchmaker.placements.queries import (
    PAGE_SIZE,
    Chosen,
    Tab,
    actor_in,
    open_signals,
    placements_page,
    programmes_with_placements,
    tab_counts,
)
from matchmaker.vocabulary import Role
from matchmaker.web.guards import DESK
from matchmaker.web.sign_in_state import acting, has_role
from matchmaker.web.together.forms import number_of
from matchmaker.web.together.placements import placements
from matchmaker.words.placement_story import step_of, turn_in

TABS = {
    Tab.OPEN: _l("Loopt of komt"),
    Tab.PREPARING: _l("Voorbereiden"),
    Tab.RUNNING: _l("Bezig"),
    Tab.LATE: _l("Te laat"),
    Tab.SIGNALS: _l("Signalen"),
    Tab.FINISHED: _l("Afgerond"),
    Tab.IN_VIEW: _l("In beeld"),
    Tab.CALLED_OFF: _l("Gestopt"),
}


@placements.get("/")
def list_placements() -> str:
    """What runs, what is due first."""
    membership, chosen = acting(), chosen_from_address()
    assert membership is not None
    numbers, rows = tab_counts(membership, chosen), placements_page(membership, chosen)
    return render_template(
        "together/placements/list_placements.html",
        rows=_rows(rows, membership),
        tabs=[_link(each, numbers[each], chosen) for each in _tabs()],
        chosen=chosen,
        total=numbers[Tab.OPEN],
        programmes=programmes_with_placements(membership) if has_role(Role.COORDINATOR) else [],
        filters=has_role(Role.COORDINATOR, *DESK),
        desk=has_role(*DESK),
        coordinator=has_role(Role.COORDINATOR),
        student=has_role(Role.STUDENT),
        shown=_shown(chosen, len(rows), numbers[chosen.tab]),
        previous_url=list_url(chosen, page=chosen.page - 1) if chosen.page > 1 else "",
        next_url=list_url(chosen, page=chosen.page + 1) if chosen.page * PAGE_SIZE < numbers[chosen.tab] else "",
    )


def chosen_from_address() -> Chosen:
    """What the address asks for; what it does not understand counts as nothing."""
    tab, page = request.args.get("stand", ""), request.args.get("pagina", "")
    return Chosen(
        tab=Tab(tab) if tab in _tabs() else Tab.OPEN,
        search=request.args.get("q", "").strip()[:200],
        programme_id=number_of(request.args.get("opleiding", "")) or None,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def list_url(chosen: Chosen, *, tab: Tab | None = None, page: int = 1) -> str:
    """The list with another part or page of it."""
    shown = tab or chosen.tab
    return url_for(
        "placements.list_placements",
        stand=None if shown is Tab.OPEN else shown.value,
        q=chosen.search or None,
        opleiding=chosen.programme_id,
        pagina=page if page > 1 else None,
    )


def _tabs() -> list[Tab]:
    """The parts this reader has: who stays in view is for the desk they said yes to."""
    return [each for each in TABS if each is not Tab.IN_VIEW or has_role(*DESK)]


def _rows(found: Sequence[Placement], membership: Membership) -> list[dict[str, object]]:
    signals = open_signals([each.id for each in found], membership)
    return [_row(each, membership, signals.get(each.id, 0)) for each in found]


def _row(placement: Placement, membership: Membership, signals: int) -> dict[str, object]:
    reader = actor_in(placement, membership)
    return {
        "student": placement.student.display_name,
        "title": placement.title,
        "url": url_for("placements.show_placement", placement_id=placement.id),
        "programme": placement.programme.name,
        "municipality": placement.municipality.name,
        "school": placement.institution.name,
        "step": step_of(placement),
        "turn": turn_in(placement, reader),
        "late": placement.is_late,
        "signals": signals,
    }


def _link(tab: Tab, number: int, chosen: Chosen) -> dict[str, object]:
    url = list_url(chosen, tab=tab)
    return {"label": TABS[tab], "url": url, "count": number, "current": tab is chosen.tab}


def _shown(chosen: Chosen, here: int, number: int) -> str:
    start = (chosen.page - 1) * PAGE_SIZE
    return gettext("%(first)s tot %(last)s van %(number)s", first=start + 1, last=start + here, number=number)
