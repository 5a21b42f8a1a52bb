"""An application in words: where it stands, who is next, what happened; said to the student or to the others."""

from collections.abc import Sequence
from datetime import datetime

from matchmaker.applications.models import Application, ApplicationEvent
from matchmaker.applications.states import LAST, Action, State
from matchmaker.applications.turns import whose_turn
from matchmaker.clock import local
from matchmaker.placements.standing import Standing
from matchmaker.students.models import TimeKept
from matchmaker.vocabulary import Party, Refusal
from matchmaker.words.dates import say_date, say_moment, say_short_date, say_since
from matchmaker.words.labels import label
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l

STATES = {
    State.AWAITING_SCHOOL: _l("De school kijkt"),
    State.SENT: _l("De gemeente leest"),
    State.TALK: _l("Eerste gesprek"),
    State.OFFERED: _l("Plek aangeboden"),
    State.ACCEPTED: _l("Plek aangenomen"),
    State.REFUSED: _l("Het is nee"),
    State.WITHDRAWN: _l("Ingetrokken"),
    State.FILLED: _l("De plek ging naar een ander"),
    State.CALLED_OFF: _l("De stage is gestopt"),
}
STANDINGS = {
    Standing.APPROVE: _l("Wacht op u"),
    Standing.PLACED: _l("Heeft een plek"),
    Standing.OFFERED: _l("Kan kiezen"),
    Standing.TALK: _l("In gesprek"),
    Standing.SENT: _l("Bij de gemeente"),
    Standing.SEARCHING: _l("Zoekt nog"),
    Standing.INVITED: _l("Uitgenodigd"),
}
TIMES_KEPT = {TimeKept.HOURS: _l("Uren"), TimeKept.DAYS: _l("Dagen")}
_EVENTS = {
    Action.APPLY: _l("Gereageerd"),
    Action.APPROVE: _l("Goedgekeurd door de school"),
    Action.INVITE: _l("Uitgenodigd voor een gesprek"),
    Action.OFFER: _l("Plek aangeboden"),
    Action.ACCEPT: _l("Plek aangenomen"),
    Action.PLACE: _l("Plek gekregen in een ronde"),
    Action.DECLINE: _l("Plek niet aangenomen"),
    Action.REFUSE: _l("Nee gezegd"),
    Action.WITHDRAW: _l("Ingetrokken"),
    Action.FILL: _l("De laatste plek ging naar een ander"),
    Action.CALL_OFF: _l("De stage is gestopt"),
    Action.ESCALATE: _l("Te laat gemeld"),
}
_ENDED = {
    State.FILLED: _l("De laatste plek ging naar een ander."),
    State.WITHDRAWN: _l("De student trok zich terug."),
    State.CALLED_OFF: _l("De afspraken over de stage zijn gestopt."),
}
_ENDED_FOR_STUDENT = {
    State.FILLED: _l("Een ander was net eerder. Deze plek is nu bezet."),
    State.WITHDRAWN: _l("Je hebt je reactie ingetrokken."),
    State.CALLED_OFF: _l("Je stage is gestopt. Je kunt weer op andere plekken reageren."),
}
_LINE = (State.AWAITING_SCHOOL, State.SENT, State.TALK, State.OFFERED, State.ACCEPTED)


def told(application: Application, events: Sequence[ApplicationEvent], *, reader: Party) -> dict[str, object]:
    """What every page about an application shows: who is next, the state line, its end, what happened, what it asks."""
    return {
        "title": turn_line(application, reader=reader),
        "phases": phases(application, events),
        "ending": ending(application, reader=reader),
        "history": history(events, reader=reader),
        "period": period(application),
        "hours": hours(application),
    }


def state_name(application: Application) -> str:
    """Where it stands, in a word or three."""
    return str(STATES[application.state])


def applicant_name(application: Application, number: int) -> str:
    """The name as the municipality may know it: `Student 3` as long as it is blind."""
    if application.student is not None and application.shows_name:
        return application.student.display_name
    return gettext("Student %(number)s", number=number)


def until_line(application: Application) -> str:
    """By when, without who: `voor woensdag 25 november, 17.00 uur`; what is late says so."""
    if application.due_at is None:
        return ""
    if application.is_late:
        return gettext("Dat moest voor %(moment)s", moment=say_moment(application.due_at))
    return gettext("voor %(moment)s", moment=say_moment(application.due_at))


def turn_line(application: Application, *, reader: Party) -> str:
    """Who is next and by when: `Je bent aan zet, voor woensdag 25 november, 17.00 uur.` Its state after the end."""
    party = whose_turn(application.state)
    if party is None:
        return state_name(application)
    said = _turn(application, party, reader)
    if application.due_at is None:
        return f"{said}."
    if application.is_late:
        return gettext("%(said)s. Het moest voor %(moment)s.", said=said, moment=say_moment(application.due_at))
    return gettext("%(said)s, voor %(moment)s.", said=said, moment=say_moment(application.due_at))


def phases(application: Application, events: Sequence[ApplicationEvent]) -> list[dict[str, str]]:
    """The state line: what is behind, where it is, what comes. A step the programme leaves out is left out."""
    seen = {event.state_after for event in events}
    steps = [each for each in _LINE if _is_step(each, application, seen)]
    at = _reached(application, events)
    line = []
    for step in steps:
        state = "done" if _LINE.index(step) < at else "now" if _LINE.index(step) == at else "todo"
        line.append({"name": str(STATES[step]), "state": state, "note": _note(application, step, state, events)})
    if application.state in LAST:
        kept = [each for each, step in zip(line, steps, strict=True) if _LINE.index(step) <= at]
        for each in kept:
            each["state"] = "done"
        ended = {"name": state_name(application), "state": "now", "note": _day(application.ended_at), "sign": "x"}
        return [*kept, ended]
    if application.state is State.ACCEPTED:
        line[-1]["state"] = "done"
    return line


def ending(application: Application, *, reader: Party) -> str:
    """Why it ended without a place, in a sentence; empty for what runs or was accepted."""
    if application.state is State.REFUSED:
        return label(application.refusal)
    said = _ENDED_FOR_STUDENT if reader is Party.STUDENT else _ENDED
    return str(said.get(application.state, ""))


def history(events: Sequence[ApplicationEvent], *, reader: Party) -> list[dict[str, str]]:
    """What happened, oldest first. The municipality reads no name here: it may not know it yet."""
    return [
        {
            "what": str(_EVENTS[event.action]),
            "when": say_since(event.at),
            "who": gettext("jij") if reader is event.party is Party.STUDENT else label(event.party),
            "note": _written(event),
        }
        for event in events
        if event.action in _EVENTS
    ]


def period(application: Application) -> str:
    """`3 februari tot en met 2 juli`; empty when the student named none."""
    start, end = application.starts_on, application.ends_on
    if start and end:
        return gettext("%(start)s tot en met %(end)s", start=say_date(start), end=say_date(end))
    if start:
        return gettext("vanaf %(start)s", start=say_date(start))
    return gettext("tot en met %(end)s", end=say_date(end)) if end else ""


def hours(application: Application) -> str:
    """`24 tot 32 uur per week`."""
    least, most = application.hours_min, application.hours_max
    if least is None and most is None:
        return ""
    if least is None or most is None or least == most:
        return gettext("%(hours)s uur per week", hours=least if most is None else most)
    return gettext("%(least)s tot %(most)s uur per week", least=least, most=most)


def _turn(application: Application, party: Party, reader: Party) -> str:
    if party is reader:
        return gettext("Je bent aan zet") if reader is Party.STUDENT else gettext("U bent aan zet")
    return {
        Party.SCHOOL: gettext("%(name)s is aan zet", name=application.institution.name),
        Party.MUNICIPALITY: gettext("Gemeente %(name)s is aan zet", name=application.municipality.name),
        Party.STUDENT: gettext("De student is aan zet"),
    }[party]


def _is_step(step: State, application: Application, seen: set[State]) -> bool:
    if step is State.AWAITING_SCHOOL:
        return step in seen
    return step is not State.TALK or step in seen or not application.without_talk


def _reached(application: Application, events: Sequence[ApplicationEvent]) -> int:
    """How far it is, or came before it ended."""
    if application.state in _LINE:
        return _LINE.index(application.state)
    return max((_LINE.index(event.state_before) for event in events if event.state_before in _LINE), default=0)


def _note(application: Application, step: State, state: str, events: Sequence[ApplicationEvent]) -> str:
    if state == "now":
        return gettext("voor %(day)s", day=_day(application.due_at)) if application.due_at else ""
    moments = [event.at for event in events if event.state_after is step]
    return _day(moments[0]) if state == "done" and moments else ""


def _written(event: ApplicationEvent) -> str:
    refusal = event.values.get("refusal")
    return " ".join(part for part in (label(Refusal(refusal)) if refusal else "", event.note) if part)


def _day(moment: datetime | None) -> str:
    return say_short_date(local(moment).date()) if moment else ""
