"""One item: who asks what, who could do it, and what happened."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from matchmaker.appointments.models import Appointment
from matchmaker.appointments.queries import appointment_of, proposed_by
from matchmaker.clock import now
from matchmaker.matches.closing import asked_before
from matchmaker.matches.colleagues import Colleague, colleagues_who_could
from matchmaker.matches.finding_desks import Nearby, around
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.queries import candidates_here, events_of, match_of_desk, proposals_by_municipality
from matchmaker.matches.queue import Pace, paces_of
from matchmaker.matches.readers import visitor_of
from matchmaker.matches.rules import may_ask, may_forward, may_refuse, may_route, may_say_yes
from matchmaker.matches.states import AT_DESK, Action, State
from matchmaker.threads.queries import messages_of
from matchmaker.vocabulary import SESSION_KINDS, Party
from matchmaker.web.desk import desk
from matchmaker.web.desk.forms import RouteForm
from matchmaker.web.desk.frame import address, queue_context
from matchmaker.web.desk.series import series_link
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.sign_in_state import me
from matchmaker.web.uploads import attached
from matchmaker.words.dates import say_date, say_since
from matchmaker.words.field_names import work_field_names
from matchmaker.words.labels import label
from matchmaker.words.listings import all_facts
from matchmaker.words.match_events import history
from matchmaker.words.match_story import phases, who_asks
from matchmaker.words.proposals import show
from matchmaker.words.queue import time_left
from matchmaker.words.turns import turn_at_desk

MOST_NEIGHBOURS = 4


@desk.get("/vraag/<id:match_id>")
def show_item(match_id: int) -> str:
    """One item beside the queue."""
    match = match_of_desk(match_id, this_desk())
    return item_page(match, route=RouteForm())


def item_page(match: Match, *, route: RouteForm) -> str:
    """The item with its forms; a form that was refused keeps what was typed."""
    around = queue_context(None, open_id=match.id)
    return render_template("desk/item.html", item_open=True, **around, **item_values(match, route=route))


def item_values(match: Match, *, route: RouteForm) -> dict[str, Any]:
    """Everything of one item: who asks what, who could do it, what happened, and the form to send it on."""
    events = events_of(match)
    return {
        **_head(match),
        "route": route.for_item(match),
        "choices": _choices(match, route, events) if may_route(match) else None,
        "least_asked": _least_asked(),
        "candidates": [(each, show(each, reader=Party.MUNICIPALITY)) for each in candidates_here(match)],
        "own": show(match, reader=Party.MUNICIPALITY) if match.score is not None and match.offer else None,
        "history": history(events, reader=Party.MUNICIPALITY),
        "phases": phases(match, [event for event in events if event.match_id == match.id], _date_of(match)),
        "messages": _messages(match),
        "series": series_link(match) if match.kind in SESSION_KINDS else None,
    }


def item_context(match: Match) -> dict[str, Any]:
    """What the pages of the actions on an item share."""
    return {**queue_context(None, open_id=match.id), **_head(match)}


def _head(match: Match) -> dict[str, Any]:
    left, tone = time_left(match)
    return {
        "match": match,
        "asker": _asker(match),
        "facts": all_facts(match.need),
        "left": left,
        "left_tone": tone,
        "turn": turn_at_desk(match, proposed_by=proposed_by([match.id]).get(match.id, "")),
        "item_url": url_for("desk.show_item", match_id=match.id, **address()),
        "may": {
            "ask": may_ask(match),
            "yes": may_say_yes(match),
            "refuse": may_refuse(match, Party.MUNICIPALITY),
            "take": match.state in AT_DESK and match.owner_id != me().id,
        },
    }


def _date_of(match: Match) -> Appointment | None:
    return appointment_of(match.id) if match.state is State.AGREED else None


def _asker(match: Match) -> str:
    if match.school_id is not None:
        return who_asks(match)
    visitor = visitor_of(match)
    return ", ".join(part for part in (visitor.name, visitor.organisation_name) if part) if visitor else ""


def _least_asked() -> bool:
    return request.args.get("volgorde") != "naam"


def _choices(match: Match, form: RouteForm, events: Sequence[MatchEvent]) -> dict[str, Any]:
    """Own colleagues, then neighbours; the one the colleague named is chosen beforehand."""
    named = _named([event for event in events if event.match_id == match.id])
    colleagues = colleagues_who_could(match, least_asked_first=_least_asked())
    chosen = form.to.data or (f"c{named}" if named else "")
    rows = [_colleague_row(each, chosen) for each in colleagues]
    neighbours = _neighbours(match) if may_forward(match) else []
    return {"colleagues": rows, "neighbours": [_neighbour_row(*each, chosen) for each in neighbours]}


def _named(events: Sequence[MatchEvent]) -> int | None:
    """The colleague who was named instead, until someone is asked again."""
    last = next((event for event in reversed(events) if event.action in _TURNS), None)
    return last.values.get("suggested") if last and last.action is Action.COLLEAGUE_OTHER else None


_TURNS = frozenset({Action.ROUTE, Action.COLLEAGUE_OTHER, Action.COLLEAGUE_NO, Action.REQUEST})


def _colleague_row(each: Colleague, chosen: str) -> dict[str, object]:
    member = each.membership
    parts = [member.job_title, member.team.name if member.team else "", ", ".join(work_field_names(each.shared_fields))]
    if each.away:
        parts.append(gettext("met verlof tot en met %(day)s", day=say_date(each.away.last_day)))
        if each.away.cover:
            parts.append(gettext("%(name)s neemt waar", name=each.away.cover.display_name))
    value = f"c{member.id}"
    return {
        "value": value,
        "title": member.account.display_name,
        "note": " · ".join(part for part in parts if part),
        "end": ngettext("%(num)d keer gevraagd", "%(num)d keer gevraagd", each.asked),
        "checked": value == chosen,
    }


def _neighbours(match: Match) -> list[tuple[Nearby, Match | None, Pace]]:
    had = asked_before(match)
    near = [each for each in around(match.municipality) if each.municipality.id not in had][:MOST_NEIGHBOURS]
    proposals = proposals_by_municipality(match, [each.municipality.id for each in near])
    paces = paces_of([each.desk for each in near], now()) if near else {}
    return [(each, proposals.get(each.municipality.id), paces[each.desk.id]) for each in near]


def _neighbour_row(near: Nearby, proposal: Match | None, pace: Pace, chosen: str) -> dict[str, object]:
    parts = [_how_near(near.ring)]
    if near.km is not None:
        parts.append(gettext("%(km)s km", km=round(near.km)))
    if pace.mean_days is not None:
        mean = f"{pace.mean_days:.1f}".replace(".", gettext(","))
        parts.append(gettext("antwoordt na %(mean)s werkdag", mean=mean))
    value = f"m{near.municipality.id}"
    return {
        "value": value,
        "title": gettext("Stuur door naar %(name)s", name=near.municipality.name),
        "note": " · ".join(parts),
        "proposal": show(proposal, reader=Party.MUNICIPALITY) if proposal else None,
        "checked": value == chosen,
    }


def _how_near(ring: int) -> str:
    if ring == 0:
        return gettext("deelt het loket met u")
    if ring == 1:
        return gettext("buurgemeente")
    return ngettext("%(num)d gemeente verder", "%(num)d gemeenten verder", ring)


def _messages(match: Match) -> list[dict[str, object]]:
    return [
        {
            "name": message.author.display_name if message.author else gettext("Vrager"),
            "role": "" if message.author_id == me().id else label(Party(message.party)),
            "when": say_since(message.at),
            "text": message.text,
            "files": attached(message, "together.download_attachment", match_id=match.id),
            "mine": message.author_id == me().id,
            "tone": "demand" if message.party in {"school", "visitor"} else "supply",
        }
        for message in messages_of(match.thread_id)
    ]
