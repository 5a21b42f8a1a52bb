"""A match in sentences: what happened, who is next and by when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext

from matchmaker.clock import local, now, today
from matchmaker.matches.deadlines import days_for
from matchmaker.matches.models import Match, MatchEvent, Party
from matchmaker.matches.states import ENDED, Action, State
from matchmaker.reference.holidays import CLOSES, OPENS, add_working_days, is_working_day, working_days_between
from matchmaker.vocabulary import Refusal
from matchmaker.words.dates import say_date, say_moment, say_since, say_time
from matchmaker.words.labels import label


@dataclass(frozen=True, slots=True)
class Clock:
    """The ring of the queue: the words in it, the part (0 to 100) of the time that is left, and its tone."""

    number: str
    unit: str
    part: int
    tone: str


def count_in_words(number: int) -> str:
    """`Twee`, to begin a sentence with; digits above twelve."""
    words = (
        gettext("Nul"), gettext("Eén"), gettext("Twee"), gettext("Drie"), gettext("Vier"), gettext("Vijf"),
        gettext("Zes"), gettext("Zeven"), gettext("Acht"), gettext("Negen"), gettext("Tien"), gettext("Elf"),
        gettext("Twaalf"),
    )  # fmt: skip
    return words[number] if number < len(words) else str(number)


def event_line(event: MatchEvent) -> str:
    """What happened, for both sides: `Gevraagd aan Saskia Mulder`."""
    return _EVENTS[event.action](event)


def history_of(events: Sequence[MatchEvent]) -> list[dict[str, str]]:
    """Events as the history component shows them, oldest first."""
    return [
        {
            "what": event_line(event),
            "when": say_since(event.at),
            "who": event.actor.display_name if event.actor else "",
            "note": event_note(event),
        }
        for event in events
    ]


def event_note(event: MatchEvent) -> str:
    """The reason of a refusal and what was written with a step."""
    refusal = event.values.get("refusal")
    reason = label(Refusal(refusal)) if refusal else ""
    return " ".join(part for part in (reason, event.note) if part)


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


def due_line(match: Match) -> str:
    """The line under an item in the queue: who is waited for, or when it must be done."""
    if match.due_at is None:
        return label(match.state)
    if match.due_at < now():
        return gettext("Te laat sinds %(due)s", due=say_moment(match.due_at))
    if match.state is State.ROUTED and match.colleague:
        return gettext("Wacht op %(name)s, %(due)s", name=match.colleague.display_name, due=_soon(match.due_at))
    if match.state in {State.ASKED, State.OFFERED}:
        return gettext("Wacht op de vrager, %(due)s", due=_soon(match.due_at))
    if local(match.due_at).date() == today():
        return gettext("Antwoord voor %(time)s", time=say_time(match.due_at))
    return _capital(_soon(match.due_at))


def clock_of(match: Match) -> Clock:
    """The ring beside an item. Hours count within today, working days beyond it."""
    if match.due_at is None:
        return Clock("–", "", 100, "ok")
    moment = now()
    if match.due_at < moment:
        return Clock("!", gettext("te laat"), 100, "hot")
    allowed = max(1, days_for(match) or 1)
    days = working_days_between(local(moment).date(), local(match.due_at).date())
    if days == 0:
        hours = max(1, round((match.due_at - moment).total_seconds() / 3600))
        day = CLOSES.hour - OPENS.hour
        return Clock(str(hours), gettext("uur"), round(100 * min(hours, day) / (day * allowed)), "hot")
    unit = ngettext("dag", "dagen", days)
    return Clock(str(days), unit, round(100 * min(days, allowed) / allowed), "warm" if days == 1 else "ok")


def time_left(match: Match) -> tuple[str, str]:
    """The label on an item and its tone: `Nog 2 werkuren`, `Nog 3 werkdagen`, `Te laat`."""
    if match.due_at is None:
        return label(match.state), "plain"
    clock = clock_of(match)
    if match.due_at < now():
        return gettext("Te laat"), "bad"
    number = int(clock.number)
    if clock.tone == "hot":
        return ngettext("Nog %(num)s werkuur", "Nog %(num)s werkuren", number), "bad"
    left = ngettext("Nog %(num)s werkdag", "Nog %(num)s werkdagen", number)
    return left, "warn" if clock.tone == "warm" else "plain"


def who_asks(match: Match) -> str:
    """`Marit Verhoef, Hogeschool Vechtland`, as far as the match itself knows."""
    person = match.school_contact.display_name if match.school_contact else ""
    school = match.school.name if match.school else gettext("vrager zonder account")
    return ", ".join(part for part in (person, school) if part)


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


def _soon(moment: datetime) -> str:
    """`morgen, 11.00 uur`, else the day with the time. Tomorrow is the next working day."""
    day = local(moment).date()
    if day == today():
        return gettext("vandaag, %(time)s", time=say_time(moment))
    if day == add_working_days(today(), 1) and is_working_day(today()) and (day - today()).days == 1:
        return gettext("morgen, %(time)s", time=say_time(moment))
    return f"{say_date(day)}, {say_time(moment)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    return gettext("Overgedragen aan %(to)s", to=event.values.get("to", ""))


def _colleague_other(event: MatchEvent) -> str:
    name = event.values.get("name")
    return gettext("Collega noemt %(name)s", name=name) if name else gettext("Collega noemt een ander")


def _refused(event: MatchEvent) -> str:
    if event.party is Party.SYSTEM:
        return gettext("Gesloten: er is geen loket in de buurt")
    return gettext("Niet aangenomen") if event.party in {Party.SCHOOL, Party.VISITOR} else gettext("Nee gezegd")


def _offered(event: MatchEvent) -> str:
    return gettext("De gemeente zegt ja")


_EVENTS: Mapping[Action, Callable[[MatchEvent], str]] = {
    **{action: (lambda event: label(event.action)) for action in Action},
    Action.REQUEST: _requested,
    Action.ASSIGN: _assigned,
    Action.ROUTE: lambda event: gettext("Gevraagd aan %(to)s", to=event.values.get("to", "")),
    Action.FORWARD: lambda event: gettext("Doorgestuurd naar %(to)s", to=event.values.get("to", "")),
    Action.COLLEAGUE_OTHER: _colleague_other,
    Action.REFUSE: _refused,
    Action.OFFER: _offered,
    Action.ACCEPT: lambda event: gettext("De vrager neemt het aan"),
    Action.ASK: lambda event: gettext("Het loket vraagt meer"),
    Action.REPLY: lambda event: gettext("De vrager antwoordt"),
}
