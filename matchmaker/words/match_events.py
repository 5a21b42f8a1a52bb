"""What happened to a match, line by line. What the desk and its colleagues write to each other stays inside."""

from collections.abc import Callable, Mapping, Sequence

from matchmaker.matches.models import MatchEvent
from matchmaker.matches.states import Action
from matchmaker.vocabulary import Party, Refusal
from matchmaker.words.dates import say_since
from matchmaker.words.labels import label
from matchmaker.words.language import gettext

_NEVER_SHOWN = frozenset({Action.PROPOSE})
_NOT_FOR_THE_ASKER = frozenset({Action.REMIND, Action.ASSIGN})
_NOTES_INSIDE = frozenset({Action.ROUTE, Action.COLLEAGUE_NO, Action.COLLEAGUE_OTHER, Action.ASSIGN, Action.FORWARD})
_NAMES_A_COLLEAGUE = frozenset({Action.ROUTE, Action.COLLEAGUE_NO, Action.COLLEAGUE_OTHER})


def history(events: Sequence[MatchEvent], *, reader: Party) -> list[dict[str, str]]:
    """What happened, oldest first, as the history component shows it."""
    hidden = _NEVER_SHOWN | (_NOT_FOR_THE_ASKER if reader is Party.SCHOOL else frozenset())
    return [
        {
            "what": event_line(event, reader=reader),
            "when": say_since(event.at),
            "who": _who(event, reader),
            "note": "" if reader is Party.SCHOOL and event.action in _NOTES_INSIDE else _note(event),
        }
        for event in events
        if event.action not in hidden
    ]


def event_line(event: MatchEvent, *, reader: Party) -> str:
    """What happened: `Gevraagd aan Saskia Mulder`. The asker reads no name of a colleague who was only asked."""
    if reader is Party.SCHOOL and event.action in _NAMES_A_COLLEAGUE:
        return label(event.action)
    return _LINES[event.action](event) if event.action in _LINES else label(event.action)


def _note(event: MatchEvent) -> str:
    """The reason of a refusal and what was written with a step."""
    refusal = event.values.get("refusal")
    reason = label(Refusal(refusal)) if refusal else ""
    return " ".join(part for part in (reason, event.note) if part)


def _who(event: MatchEvent, reader: Party) -> str:
    """Name and side. The asker sees a colleague by name once that colleague has said yes."""
    inside = event.action in {Action.COLLEAGUE_NO, Action.COLLEAGUE_OTHER} and reader is Party.SCHOOL
    if event.actor is None or inside:
        return label(event.party)
    return f"{event.actor.display_name}, {label(event.party)}"


def _requested(event: MatchEvent) -> str:
    values = event.values
    if "sender" in values:
        return gettext("Doorgestuurd door %(sender)s", sender=values["sender"])
    if "asked" in values:
        return gettext(
            "Gevraagd aan %(asked)s. Daar is nog geen loket, dus %(taken_by)s helpt",
            asked=values["asked"],
            taken_by=values["taken_by"],
        )
    return gettext("Vraag ontvangen")


def _assigned(event: MatchEvent) -> str:
    name = event.values.get("to", "")
    if event.values.get("stepped_in"):
        return gettext("%(name)s valt in", name=name)
    return gettext("Overgedragen aan %(to)s", to=name)


def _colleague_other(event: MatchEvent) -> str:
    name = event.values.get("name")
    return gettext("Collega noemt %(name)s", name=name) if name else gettext("Collega noemt een ander")


def _refused(event: MatchEvent) -> str:
    if event.party is Party.SYSTEM:
        return gettext("Gesloten: er is geen loket in de buurt")
    return gettext("Niet aangenomen") if event.party in {Party.SCHOOL, Party.VISITOR} else gettext("Nee gezegd")


_LINES: Mapping[Action, Callable[[MatchEvent], str]] = {
    Action.REQUEST: _requested,
    Action.ASSIGN: _assigned,
    Action.ROUTE: lambda event: gettext("Gevraagd aan %(to)s", to=event.values.get("to", "")),
    Action.FORWARD: lambda event: gettext("Doorgestuurd naar %(to)s", to=event.values.get("to", "")),
    Action.COLLEAGUE_OTHER: _colleague_other,
    Action.REFUSE: _refused,
    Action.OFFER: lambda event: gettext("De gemeente zegt ja"),
    Action.ACCEPT: lambda event: gettext("De vrager neemt het aan"),
    Action.ASK: lambda event: gettext("Het loket vraagt meer"),
    Action.REPLY: lambda event: gettext("De vrager antwoordt"),
}
