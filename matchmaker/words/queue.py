"""An item in the queue of a desk: how long there is left, and who is waited for."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext

from matchmaker.clock import local, now, today
from matchmaker.matches.deadlines import days_for
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.reference.holidays import CLOSES, OPENS, add_working_days, is_working_day, working_days_between
from matchmaker.words.dates import say_date, say_moment, say_time
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


def due_line(match: Match) -> str:
    """The line under an item in the queue: who is waited for, or when it must be done."""
    if match.due_at is None:
        return label(match.state)
    if match.is_late:
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
    if match.is_late:
        return gettext("Te laat"), "bad"
    number = int(clock.number)
    if clock.tone == "hot":
        return ngettext("Nog %(num)s werkuur", "Nog %(num)s werkuren", number), "bad"
    left = ngettext("Nog %(num)s werkdag", "Nog %(num)s werkdagen", number)
    return left, "warn" if clock.tone == "warm" else "plain"


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
