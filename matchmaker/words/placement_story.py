"""A placement as a story everyone in it can follow: where it stands, who is next, by when, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.clock import local
from matchmaker.placements.actor import Actor
from matchmaker.placements.clockwork import Coming, next_up, whose_turn
from matchmaker.placements.evaluating import has_opened
from matchmaker.placements.models import Placement, PlacementEvent
from matchmaker.placements.parts import SCHOOL_PARTS, WORK_PARTS, Part
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.rules import missing
from matchmaker.placements.states import PlacementAction, PlacementState
from matchmaker.words.dates import say_date, say_moment, say_short_date
from matchmaker.words.language import gettext, joined
from matchmaker.words.placements import placed

S, A = PlacementState, PlacementAction
_STEP = {S.ARRANGING: 6, S.TO_APPROVE: 7, S.APPROVED: 8, S.SIGNING: 8, S.SIGNED: 9, S.FINISHED: 14}
_REACHED = {6: A.SUBMIT, 7: A.APPROVE, 8: A.SIGN, 9: A.START, 10: A.START, 13: A.FINISH}
LAST_STEP = 14
HIDDEN = frozenset({A.REMIND, A.ESCALATE})


@dataclass(frozen=True, slots=True)
class PlacementTurn:
    """Who is next in words, by when, and whether that is the reader."""

    who: str
    until: str
    mine: bool


def step_number(placement: Placement) -> int:
    """Which of the 14 steps of a placement it is at; after an early end, how far it came."""
    if placement.state is S.RUNNING:
        coming = next_up(placement)
        late = coming is not None and coming.what in {Coming.FINAL, Coming.FINISH}
        late = late and has_opened(placement, EvaluationMoment.FINAL)
        early = coming is not None and coming.what in {Coming.CONTACT, Coming.INTERIM}
        return 12 if late else 11 if early else 10
    if placement.state in _STEP:
        return _STEP[placement.state]
    before = [_STEP.get(event.state_before, 10) for event in placement.events if event.state_after is placement.state]
    return before[-1] if before else 6


def step_names() -> tuple[str, ...]:
    """The 14 steps from a first text to what follows."""
    return (
        gettext("Plek geschreven"), gettext("Door het loket bekeken"), gettext("Online gezet"),
        gettext("Reactie of voorstel"), gettext("Kennis gemaakt"), gettext("Afspraken maken"),
        gettext("Goedkeuring van de opleiding"), gettext("Overeenkomst tekenen"), gettext("Klaar voor de start"),
        gettext("Begonnen"), gettext("Gesprekken en tussentijds"), gettext("Eindgesprek en evaluatie"),
        gettext("Afgerond"), gettext("Wat erna komt"),
    )  # fmt: skip


def step_of(placement: Placement) -> str:
    """Stap 7 van 14: goedkeuring van de opleiding."""
    if placement.has_ended:
        return placed(placement.state)
    number = step_number(placement)
    return gettext(
        "Stap %(number)s van %(total)s: %(name)s",
        number=number,
        total=LAST_STEP,
        name=_lower(step_names()[number - 1]),
    )


def all_steps_of(placement: Placement, events: Sequence[PlacementEvent]) -> list[dict[str, str]]:
    """The 14 steps with when each was done, and until when the present one lasts."""
    at, ended_early = step_number(placement), placement.state in {S.CANCELLED, S.STOPPED}
    reached = {event.action: event.at for event in events}
    rows = []
    for number, name in enumerate(step_names(), 1):
        state = "done" if number < at else "now" if number == at and not ended_early else "todo"
        moment = reached.get(_REACHED[number]) if number in _REACHED else None
        when = _day(moment) if state == "done" else ""
        rows.append({"name": name, "state": state, "when": when})
    if not ended_early and not placement.has_ended:
        rows[at - 1]["when"] = gettext("voor %(day)s", day=_day(placement.due_at)) if placement.due_at else ""
    return rows


def phases_of(placement: Placement) -> list[dict[str, str]]:
    """The same steps drawn short, from the arrangement on: what is done, where it is, what comes."""
    names = (
        (6, gettext("Afspraken")), (7, gettext("Goedkeuring")), (8, gettext("Tekenen")), (9, gettext("Voorbereiden")),
        (12, gettext("Stage")), (14, gettext("Afgerond")),
    )  # fmt: skip
    at, ended_early = step_number(placement), placement.state in {S.CANCELLED, S.STOPPED}
    here = next(index for index, (last, _) in enumerate(names) if at <= last)
    line = [
        {"name": name, "state": "done" if index < here else "now" if index == here else "todo", "note": ""}
        for index, (_, name) in enumerate(names)
    ]
    line[here]["sign"] = "hourglass"
    if ended_early:
        stopped = {"name": placed(placement.state), "state": "now", "note": _day(placement.ended_at), "sign": "x"}
        return [*line[:here], stopped]
    if placement.state is S.FINISHED:
        line[here].update(state="done", note=_day(placement.ended_at))
    elif placement.due_at:
        line[here]["note"] = gettext("voor %(day)s", day=_day(placement.due_at))
    return line


def turn_in(placement: Placement, reader: Actor, *, done: frozenset[Part] = frozenset()) -> PlacementTurn:
    """Who must act now, told to this reader; `done` are the parts that did theirs already."""
    parts = whose_turn(placement) - done
    mine = reader.part in parts
    until = say_moment(placement.due_at) if placement.due_at else ""
    return PlacementTurn(_who(parts, mine=mine), until, mine)


def finding_in(placement: Placement, now_next: PlacementTurn) -> str:
    """Who is next and by when as the heading of the page; how it stands once nobody is next."""
    if not now_next.who:
        return placed(placement.state)
    said = gettext("Aan zet: %(who)s", who=now_next.who)
    if placement.is_late:
        return gettext("%(said)s. Dat moest voor %(moment)s", said=said, moment=now_next.until)
    return gettext("%(said)s, voor %(moment)s", said=said, moment=now_next.until) if now_next.until else said


def what_now(placement: Placement) -> str:
    """What is waited for, in a sentence."""
    coming = next_up(placement)
    if coming is not None:
        day = say_date(coming.day)
        return {
            Coming.CONTACT: gettext("Er is een gesprek op %(day)s. Schrijf daarna op dat het er was.", day=day),
            Coming.INTERIM: gettext("Vertel voor %(day)s hoe het tot nu toe gaat.", day=day),
            Coming.FINAL: gettext("Vertel voor %(day)s hoe het ging.", day=day),
            Coming.FINISH: gettext("Alles is er. De opleiding kan de stage afronden."),
        }[coming.what]
    return {
        S.ARRANGING: gettext("Student en gemeente vullen samen in wat zij afspreken."),
        S.TO_APPROVE: gettext("De opleiding kijkt of dit een goede stage is."),
        S.APPROVED: gettext("De opleiding maakt nu de overeenkomst."),
        S.SIGNING: gettext("Iedereen die meedoet tekent de overeenkomst."),
        S.SIGNED: gettext("De gemeente zet alles klaar voor de eerste dag."),
    }.get(placement.state, "")


def missing_lines(placement: Placement) -> list[str]:
    """What still has to be arranged, as a list to read."""
    names = {
        "assignment": gettext("de opdracht"),
        "goals": gettext("een leerdoel"),
        "hours_per_week": gettext("de uren per week"),
        "first_day": gettext("de eerste dag"),
        "last_day": gettext("de laatste dag"),
        "workplace": gettext("de werkplek"),
        "supervisor": gettext("een begeleider van de gemeente"),
        "school_supervisor": gettext("een begeleider van school"),
        "crebo": gettext("het crebo van de opleiding"),
        "practice_trainer": gettext("een praktijkopleider"),
        "parent": gettext("een ouder of verzorger, want de student is nog geen 18"),
    }
    return [names[code] for code in missing(placement)]


def history_of(events: Sequence[PlacementEvent]) -> list[dict[str, str]]:
    """What happened, oldest first; reminders are left out."""
    return [
        {
            "what": placed(event.action),
            "when": _day(event.at),
            "who": event.actor.display_name if event.actor else placed(event.part),
            "note": event.note,
        }
        for event in events
        if event.action not in HIDDEN
    ]


def _who(parts: frozenset[Part], *, mine: bool) -> str:
    names = []
    if Part.STUDENT in parts:
        names.append(gettext("de student"))
    if parts & WORK_PARTS:
        names.append(gettext("de gemeente"))
    if parts & SCHOOL_PARTS:
        names.append(gettext("de opleiding"))
    if not mine:
        return joined(names)
    return gettext("u") if len(names) == 1 else gettext("u en de anderen")


def _day(moment: datetime | None) -> str:
    return say_short_date(local(moment).date()) if moment else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
