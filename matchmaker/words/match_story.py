"""A match as a story both sides can follow: where it stands, who is next, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from matchmaker.clock import local, now
from matchmaker.engine.profiles import Party as Reader
from matchmaker.matches.models import Match, MatchEvent, Party
from matchmaker.matches.states import ENDED, Action, State
from matchmaker.words.dates import say_moment, say_short_date
from matchmaker.words.labels import label

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
_ASKERS = frozenset({Party.SCHOOL.value, Party.VISITOR.value})


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is next: in words, by when, whether that is the reader, and the reader alone."""

    who: str
    until: str
    mine: bool
    alone: bool = False


def phases(match: Match, events: Sequence[MatchEvent]) -> list[dict[str, object]]:
    """The line of phases with the date of each that is done, and until when the present one lasts."""
    names = (
        gettext("Gevraagd"),
        gettext("Bij het loket"),
        gettext("Bij een collega"),
        gettext("Ja gezegd"),
        gettext("Datum"),
        gettext("Geweest"),
    )
    ended_early = match.state in ENDED and match.state is not State.DONE
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
    if ended_early:
        stopped = {"name": label(match.state), "state": "now", "note": _day(match.ended_at), "sign": "x"}
        return [*line[:at], stopped]
    return line


def step_of(match: Match) -> str:
    """Stap 3 van 6: bij een collega."""
    if match.state in ENDED:
        return label(match.state)
    if match.state is State.PROPOSED:
        return gettext("Nog niet gevraagd")
    number = min(_AT[match.state] + 1, 6)
    return gettext("Stap %(number)s van 6: %(name)s", number=number, name=_now(match))


def turn(match: Match, *, reader: Reader, proposed_by: str = "") -> Turn:
    """Who must act now. `proposed_by` is the side whose moments wait for a choice; empty when there are none."""
    chooses_school = bool(proposed_by) and proposed_by not in _ASKERS
    chooses = Reader.SCHOOL if chooses_school else Reader.MUNICIPALITY
    mine = {
        State.ASKED: reader is Reader.SCHOOL,
        State.OFFERED: reader is Reader.SCHOOL,
        State.REQUESTED: reader is Reader.MUNICIPALITY,
        State.ROUTED: False,
        State.SCHEDULING: not proposed_by or chooses is reader,
    }.get(match.state, False)
    desk = match.desk.name if match.desk else match.municipality.name
    asker = match.school.name if match.school else gettext("de vrager")
    who = {
        State.ASKED: asker,
        State.OFFERED: asker,
        State.REQUESTED: desk,
        State.ROUTED: gettext("een collega van %(name)s", name=match.municipality.name),
        State.SCHEDULING: _who_chooses(proposed_by, asker, desk),
    }.get(match.state, "")
    until = say_moment(match.due_at) if match.due_at else ""
    alone = mine and (match.state is not State.SCHEDULING or bool(proposed_by))
    return Turn(gettext("u") if alone else who, until, mine, alone)


def finding(match: Match, now_next: Turn) -> str:
    """Who is next and by when, as the heading of a match; where it stands once nobody is."""
    if not now_next.who:
        return label(match.state)
    if now_next.alone:
        said = gettext("U bent aan zet")
    elif now_next.mine:
        said = gettext("U en de ander zijn aan zet")
    else:
        said = gettext("%(who)s is aan zet", who=now_next.who[:1].upper() + now_next.who[1:])
    return gettext("%(said)s, voor %(moment)s", said=said, moment=now_next.until) if now_next.until else said


def _who_chooses(proposed_by: str, asker: str, desk: str) -> str:
    if not proposed_by:
        return gettext("u en de ander")
    return desk if proposed_by in _ASKERS else asker


def next_line(match: Match) -> str:
    """Who is next and by when: `Nu aan zet: het loket. Uiterlijk woensdag 25 november, 17.00 uur.`"""
    who = _who_is_next(match)
    if match.state in ENDED or not who:
        return label(match.state)
    turn = gettext("Nu aan zet: %(who)s.", who=who)
    if match.due_at is None:
        return turn
    if match.due_at < now():
        return f"{turn} " + gettext("Het moest af zijn op %(due)s.", due=say_moment(match.due_at))
    return f"{turn} " + gettext("Uiterlijk %(due)s.", due=say_moment(match.due_at))


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


def _who_is_next(match: Match) -> str:
    desk = match.desk.name if match.desk else match.municipality.name
    return {
        State.REQUESTED: match.owner.display_name if match.owner else desk,
        State.ASKED: gettext("de vrager"),
        State.ROUTED: match.colleague.display_name if match.colleague else gettext("een collega van de gemeente"),
        State.OFFERED: gettext("de vrager"),
        State.SCHEDULING: gettext("beide kanten, om een datum te kiezen"),
        State.AGREED: gettext("beide kanten, op de dag zelf"),
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
