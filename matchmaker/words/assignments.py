"""A group assignment in words: where it stands, who is next, what happened."""

from collections.abc import Callable, Mapping

from flask_babel import force_locale, ngettext

from matchmaker.appointments.entries import CalendarEntry
from matchmaker.assignments.calendar import entry_of
from matchmaker.assignments.models import Assignment, AssignmentEvent, Decision, StopReason
from matchmaker.assignments.states import AssignmentAction, AssignmentState
from matchmaker.assignments.turns import whose_turn
from matchmaker.clock import local
from matchmaker.matches.models import Match
from matchmaker.vocabulary import Party
from matchmaker.words.dates import say_moment, say_short_date, say_since
from matchmaker.words.labels import label
from matchmaker.words.language import gettext

LANGUAGES = ("nl", "en")
_AT = {
    AssignmentState.PLANNING: 0,
    AssignmentState.RUNNING: 1,
    AssignmentState.PRESENTED: 2,
    AssignmentState.DECIDED: 3,
    AssignmentState.STOPPED: 3,
}
_REACHED_BY = (AssignmentAction.START, AssignmentAction.HAND_IN, AssignmentAction.DECIDE)
_INSIDE = frozenset({AssignmentAction.CHANGE, AssignmentAction.REMIND})
"""Not worth a line in the history both sides read."""


def phases(assignment: Assignment) -> list[dict[str, object]]:
    """The line of phases with the date of each that is done, and until when the present one lasts."""
    names = (gettext("Plan"), gettext("Groepen werken"), gettext("Resultaat"), gettext("Besluit"))
    at = _AT[assignment.state]
    done = assignment.state is AssignmentState.DECIDED
    line: list[dict[str, object]] = []
    for index, name in enumerate(names):
        state = "done" if index < at or done else "now" if index == at else "todo"
        line.append({"name": name, "state": state, "note": _note_of(assignment, index, state), "sign": "hourglass"})
    if assignment.state is AssignmentState.STOPPED:
        line[at]["name"] = gettext("Gestopt")
    return line


def finding(assignment: Assignment, reader: Party) -> str:
    """Who is next and by when, or since when it is late; how it ended once nobody is next."""
    party = whose_turn(assignment.state)
    if party is None:
        return label(assignment.state)
    said = (
        gettext("U bent aan zet") if party is reader else gettext("%(who)s is aan zet", who=who_is(assignment, party))
    )
    if assignment.due_at is None:
        return said
    until = say_moment(assignment.due_at)
    if assignment.is_late:
        return gettext("%(said)s. Dat moest voor %(moment)s", said=said, moment=until)
    return gettext("%(said)s, voor %(moment)s", said=said, moment=until)


def who_is(assignment: Assignment, party: Party) -> str:
    """The name of a side."""
    match = assignment.match
    if party is Party.SCHOOL:
        return match.school.name if match.school else gettext("De school")
    return match.municipality.name


def group_line(assignment: Assignment) -> str:
    """3 groepen, 14 studenten."""
    groups, students = len(assignment.groups), assignment.students
    return ", ".join(
        (
            ngettext("%(num)d groep", "%(num)d groepen", groups),
            ngettext("%(num)d student", "%(num)d studenten", students),
        )
    )


def presentation_entry(assignment: Assignment) -> CalendarEntry:
    """The presentation as it stands in a calendar."""
    return entry_of(assignment, wording=presentation_wording(assignment.match))


def presentation_wording(match: Match) -> dict[str, dict[str, str]]:
    """Summary and description of the entry in a calendar, in each language."""
    wording = {}
    for language in LANGUAGES:
        with force_locale(language):
            told = gettext("Groepen van %(school)s laten zien wat zij maakten.", school=match.school.name)
            asked = gettext("De vraag kwam van %(municipality)s.", municipality=match.municipality.name)
            wording[language] = {
                "summary": gettext("Presentatie: %(title)s", title=match.need.title),
                "description": f"{told}\n{asked}",
            }
    return wording


def history(assignment: Assignment) -> list[dict[str, str]]:
    """What happened, oldest first, as the history component shows it."""
    return [
        {
            "what": _LINES[event.action](event) if event.action in _LINES else label(event.action),
            "when": say_since(event.at),
            "who": f"{event.actor.display_name}, {label(event.party)}" if event.actor else label(event.party),
            "note": event.note,
        }
        for event in assignment.events
        if event.action not in _INSIDE or "presentation" in event.values
    ]


def _note_of(assignment: Assignment, index: int, state: str) -> str:
    if state == "now" and assignment.due_at is not None:
        return gettext("tot %(day)s", day=say_short_date(local(assignment.due_at).date()))
    if state == "done" and index < len(_REACHED_BY):
        moments = [each.at for each in assignment.events if each.action is _REACHED_BY[index]]
        return say_short_date(local(moments[-1]).date()) if moments else ""
    return ""


def _decided(event: AssignmentEvent) -> str:
    return gettext("Besluit: %(decision)s", decision=label(Decision(event.values["decision"])))


def _stopped(event: AssignmentEvent) -> str:
    reason = event.values.get("reason")
    return gettext("Gestopt: %(reason)s", reason=label(StopReason(reason))) if reason else label(event.action)


_LINES: Mapping[AssignmentAction, Callable[[AssignmentEvent], str]] = {
    AssignmentAction.CHANGE: lambda event: gettext("Presentatie gepland"),
    AssignmentAction.REACH: lambda event: gettext("Klaar: %(title)s", title=event.values.get("milestone", "")),
    AssignmentAction.DECIDE: _decided,
    AssignmentAction.STOP: _stopped,
}
