"""A match as a story both sides can follow: where it stands, who asked, how it ended."""

from collections.abc import Sequence
from datetime import datetime

from matchmaker.appointments.models import Appointment
from matchmaker.clock import local
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.states import Action, State
from matchmaker.vocabulary import SESSION_KINDS
from matchmaker.words.appointments import confirmed_line
from matchmaker.words.dates import say_short_date
from matchmaker.words.labels import label
from matchmaker.words.language import gettext

_AT = {
    State.REQUESTED: 1,
    State.ASKED: 1,
    State.ROUTED: 2,
    State.OFFERED: 3,
    State.SCHEDULING: 4,
    State.AGREED: 5,
    State.DONE: 6,
}
_REACHED_BY = (
    {Action.REQUEST},
    {Action.TAKE, Action.ROUTE, Action.ASK, Action.OFFER},
    {Action.COLLEAGUE_YES, Action.COLLEAGUE_NO, Action.COLLEAGUE_OTHER},
    {Action.ACCEPT},
    {Action.AGREE},
    {Action.COMPLETE},
)


def phases(
    match: Match, events: Sequence[MatchEvent], appointment: Appointment | None = None
) -> list[dict[str, object]]:
    """The line of phases with the date of each that is done, and until when the present one lasts.

    Once there is a date the last phase says when it is and who confirmed it.
    """
    names = (
        gettext("Gevraagd"),
        gettext("Bij het loket"),
        gettext("Bij een collega"),
        gettext("Ja gezegd"),
        gettext("Datum"),
        gettext("Geweest") if match.kind in SESSION_KINDS else gettext("Afgerond"),
    )
    ended_early = match.has_ended and match.state is not State.DONE
    at = _last_open(events) if ended_early else _AT.get(match.state, 0)
    line = [
        {
            "name": name,
            "state": _phase_state(index, at),
            "note": _phase_note(index, at, match, events),
            "sign": "hourglass",
        }
        for index, name in enumerate(names)
    ]
    if match.state is State.AGREED and appointment is not None:
        day = say_short_date(appointment.day)
        line[at]["note"] = ", ".join(part for part in (day, confirmed_line(appointment)) if part)
    if ended_early:
        stopped = {"name": label(match.state), "state": "now", "note": _day(match.ended_at), "sign": "x"}
        return [*line[:at], stopped]
    return line


def step_of(match: Match) -> str:
    """Stap 3 van 6: bij een collega."""
    if match.has_ended:
        return label(match.state)
    if match.state is State.PROPOSED:
        return gettext("Nog niet gevraagd")
    number = min(_AT[match.state] + 1, 6)
    return gettext("Stap %(number)s van 6: %(name)s", number=number, name=_now(match))


def who_asks(match: Match) -> str:
    """`Marit Verhoef, Hogeschool Vechtland`, as far as the match itself knows."""
    person = match.school_contact.display_name if match.school_contact else ""
    school = match.school.name if match.school else gettext("vrager zonder account")
    return ", ".join(part for part in (person, school) if part)


def ending(match: Match) -> str:
    """Why it ended, in a sentence; empty when it did not end early."""
    if match.state is State.REFUSED and match.refusal:
        return label(match.refusal)
    return {
        State.WITHDRAWN: gettext("Dit is ingetrokken."),
        State.FORWARDED: gettext("Een andere gemeente kijkt er nu naar."),
        State.LAPSED: gettext("Dit voorstel is vervallen."),
    }.get(match.state, "")


def _now(match: Match) -> str:
    return {
        State.REQUESTED: gettext("bij het loket"),
        State.ASKED: gettext("het loket wil meer weten"),
        State.ROUTED: gettext("bij een collega"),
        State.OFFERED: gettext("de gemeente zegt ja"),
        State.SCHEDULING: gettext("een datum kiezen"),
        State.AGREED: gettext("de datum staat"),
    }[match.state]


def _phase_state(index: int, at: int) -> str:
    return "done" if index < at else ("now" if index == at else "todo")


def _phase_note(index: int, at: int, match: Match, events: Sequence[MatchEvent]) -> str:
    if index == at:
        return gettext("voor %(day)s", day=_day(match.due_at)) if match.due_at else ""
    if index > at:
        return ""
    dates = [event.at for event in events if event.action in _REACHED_BY[index]]
    if dates:
        return _day(dates[-1] if index > 2 else dates[0])
    if index == 2:
        return gettext("niet nodig")
    offered = [event.at for event in events if event.action is Action.OFFER]
    return _day(offered[0]) if offered else ""


def _last_open(events: Sequence[MatchEvent]) -> int:
    """How far it came before it ended."""
    return max((_AT.get(event.state_before, 0) for event in events), default=0) or 1


def _day(moment: datetime | None) -> str:
    return say_short_date(local(moment).date()) if moment else ""
