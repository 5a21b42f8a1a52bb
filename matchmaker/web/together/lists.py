"""What runs: every match someone has a part in, who is next and by when."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from matchmaker.appointments.models import Appointment
from matchmaker.appointments.queries import agreed_for, proposed_by
from matchmaker.matches.models import Match
from matchmaker.matches.running import PAGE_SIZE, Tab, counts, running_page
from matchmaker.matches.states import State
from matchmaker.threads.queries import unread
from matchmaker.web.public.cards import KIND_SIGNS
from matchmaker.web.sign_in_state import acting, me
from matchmaker.web.together import together
from matchmaker.web.together.party import my_party
from matchmaker.words.appointments import say_when
from matchmaker.words.candidates import counterpart_title
from matchmaker.words.labels import label
from matchmaker.words.match_story import ending, step_of
from matchmaker.words.turns import turn

TABS = {
    Tab.ALL: _l("Loopt"),
    Tab.AT_DESK: _l("Bij het loket"),
    Tab.OFFERED: _l("Ja gezegd"),
    Tab.SCHEDULING: _l("Datum kiezen"),
    Tab.AGREED: _l("Afgesproken"),
    Tab.ENDED: _l("Klaar"),
}


@together.get("/")
def list_matches() -> str:
    """What runs, by state, what is due first."""
    membership, tab, page = acting(), _tab(), _page()
    assert membership is not None
    search = request.args.get("q", "").strip()[:200]
    numbers = counts(membership, search=search)
    matches = running_page(membership, tab, search=search, page=page)
    return render_template(
        "together/matches/list_matches.html",
        rows=_rows(matches),
        tabs=[_link(each, numbers[each], tab, search) for each in TABS],
        tab=tab,
        search=search,
        number=numbers[tab],
        total=numbers[Tab.ALL],
        school_side=my_party() == "school",
        shown=_shown(page, len(matches), numbers[tab]),
        previous_url=_url(tab, search, page - 1) if page > 1 else "",
        next_url=_url(tab, search, page + 1) if page * PAGE_SIZE < numbers[tab] else "",
    )


def _rows(matches: Sequence[Match]) -> list[dict[str, object]]:
    ids = [match.id for match in matches]
    new, proposed, agreed = unread(me(), [match.thread_id for match in matches]), proposed_by(ids), agreed_for(ids)
    return [
        _row(match, new.get(match.thread_id, 0), proposed.get(match.id, ""), agreed.get(match.id)) for match in matches
    ]


def _row(match: Match, new: int, proposed: str, appointment: Appointment | None) -> dict[str, object]:
    return {
        "title": match.need.title,
        "url": url_for("together.show_match", match_id=match.id),
        "kind": label(match.kind),
        "sign": KIND_SIGNS[match.kind],
        "who": counterpart_title(match, reader=my_party()),
        "step": step_of(match),
        "turn": turn(match, reader=my_party(), proposed_by=proposed),
        "when": say_when(appointment) if appointment and match.state is State.AGREED else "",
        "ending": ending(match) if match.has_ended else "",
        "new": new,
    }


def _tab() -> Tab:
    chosen = request.args.get("stand", "")
    return Tab(chosen) if chosen in set(Tab) else Tab.ALL


def _page() -> int:
    text = request.args.get("pagina", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _url(tab: Tab, search: str, page: int = 1) -> str:
    stand = None if tab is Tab.ALL else tab.value
    return url_for("together.list_matches", stand=stand, q=search or None, pagina=page if page > 1 else None)


def _link(tab: Tab, number: int, current: Tab, search: str) -> dict[str, object]:
    return {"label": TABS[tab], "url": _url(tab, search), "count": number, "current": tab is current}


def _shown(page: int, here: int, number: int) -> str:
    start = (page - 1) * PAGE_SIZE
    return gettext("%(first)s tot %(last)s van %(number)s", first=start + 1, last=start + here, number=number)
