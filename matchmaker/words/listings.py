"""What a listing says, in words: the line of facts on a card, and the full list on its own page.

Each fact carries a code (`hours`, `period`, ...) so that a component can choose its icon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from flask_babel import ngettext

from matchmaker.listings.import_export.cells import study_code
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import PLACE_KINDS, SESSION_KINDS, Kind, Level, Mode, Side, Track
from matchmaker.words.dates import say_date, say_long_date
from matchmaker.words.field_names import study_field_names, work_field_names
from matchmaker.words.labels import LANGUAGES, LEVELS, MODES, TRACKS
from matchmaker.words.language import gettext, in_english, joined
from matchmaker.words.language import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a listing says: a code, its name and its value in words."""

    code: str
    name: str
    value: str


def facts(listing: Listing) -> list[Fact]:
    """What a reader scans first, in the order of a card; what is not known is left out."""
    found = [
        Fact("work_fields", gettext("Werkveld"), joined(work_field_names(listing.work_fields))),
        Fact("levels", gettext("Niveau"), levels_line(listing.levels)),
        Fact("group_size", gettext("Groep"), group_line(listing)),
        Fact("hours", gettext("Uren"), hours_line(listing)),
        Fact("minutes", gettext("Duur"), minutes_line(listing)),
        Fact("period", gettext("Wanneer"), period_line(listing)),
        Fact("slots", gettext("Momenten"), slots_line(listing.slots)),
        Fact("allowance", gettext("Vergoeding"), allowance_line(listing)),
        Fact("term", gettext("Termijn"), term_line(listing)),
        Fact("place", gettext("Plaats"), place_line(listing)),
    ]
    return [fact for fact in found if fact.value]


def all_facts(listing: Listing) -> list[Fact]:
    """Everything a listing says beside its title and text, for its own page."""
    details = listing.details
    more = [
        Fact("study_fields", gettext("Studierichting"), study_line(listing)),
        Fact("tracks", gettext("Leerweg"), joined(str(TRACKS[Track(code)]) for code in listing.tracks)),
        Fact("languages", gettext("Taal"), joined(str(LANGUAGES[code]) for code in listing.languages)),
        Fact("course", gettext("Vak"), details.get("course", "")),
        Fact("preparation", gettext("Voorbereiding"), details.get("preparation", "")),
        Fact("committee", gettext("Commissie"), details.get("committee", "")),
        Fact("profile", profile_name(listing), details.get("profile", "")),
        Fact("ects", gettext("Studiepunten"), str(details.get("ects") or "")),
        Fact("form", gettext("Vorm"), details.get("form", "")),
        Fact("course_hours", gettext("Uren per week"), details.get("hours", "")),
        Fact("what_is_needed", gettext("Wat er nodig is"), details.get("what_is_needed", "")),
        Fact("supervisor", gettext("Begeleider"), details.get("supervisor_title", "")),
        Fact("pairs", gettext("Met zijn tweeën"), gettext("mag") if details.get("pairs_welcome") else ""),
        Fact("vog", gettext("VOG"), gettext("is nodig") if details.get("vog_required") else ""),
        Fact("on_behalf_of", gettext("Namens"), details.get("on_behalf_of", "")),
        Fact("particulars", gettext("Bijzonderheden"), details.get("particulars", "")),
    ]
    return facts(listing) + [fact for fact in more if fact.value]


def profile_name(listing: Listing) -> str:
    """A vacant seat says who is sought, an offered colleague what they bring."""
    return gettext("Brengt mee") if listing.side is Side.OFFER else gettext("Wie wordt gezocht")


def study_line(listing: Listing) -> str:
    """Studies in the words of the posting, then the fields those words do not name; empty means all."""
    words = listing.details.get("study_words", [])
    named = {study_code(word) for word in words}
    fields = study_field_names([code for code in listing.study_fields if code not in named])
    return joined([*words, *fields]) or gettext("alle studierichtingen")


def levels_line(codes: Sequence[str]) -> str:
    """mbo 4 en hbo-bachelor; empty means all."""
    return joined(str(LEVELS[Level(code)]) for code in codes) or gettext("alle niveaus")


def hours_line(listing: Listing) -> str:
    """24 tot 32 uur per week."""
    low, high = listing.hours_min, listing.hours_max
    if low and high and low != high:
        return gettext("%(low)d tot %(high)d uur per week", low=low, high=high)
    if low and not high:
        return gettext("vanaf %(low)d uur per week", low=low)
    if high and not low:
        return gettext("hoogstens %(high)d uur per week", high=high)
    return gettext("%(low)d uur per week", low=low) if low else ""


def period_line(listing: Listing) -> str:
    """start 8 februari, 20 weken; or 8 februari tot en met 2 juli."""
    start, end, weeks = listing.starts_on, listing.ends_on, listing.duration_weeks
    how_long = ngettext("%(num)d week", "%(num)d weken", weeks) if weeks else ""
    if start and end:
        return gettext("%(start)s tot en met %(end)s", start=say_long_date(start), end=say_long_date(end))
    if start:
        begins = gettext("vanaf %(day)s", day=say_long_date(start)) if _is_session(listing) else _starts(start)
        return gettext("%(start)s, %(weeks)s", start=begins, weeks=how_long) if weeks else begins
    if end:
        return gettext("tot en met %(end)s", end=say_long_date(end))
    return how_long


def allowance_line(listing: Listing) -> str:
    """€ 600 tot € 700 per maand bij 36 uur, with the note behind it."""
    low, high, note = listing.allowance_min, listing.allowance_max, listing.allowance_note
    if low is not None and high is not None and low != high:
        amount = gettext("€ %(low)d tot € %(high)d per maand bij 36 uur", low=low, high=high)
    elif low is not None:
        amount = gettext("€ %(low)d per maand bij 36 uur", low=low) if low else gettext("geen vergoeding")
    elif high is not None:
        amount = gettext("hoogstens € %(high)d per maand bij 36 uur", high=high)
    else:
        amount = ""
    return ", ".join(part for part in (amount, note) if part)


def group_line(listing: Listing) -> str:
    """2 groepen van 5 studenten; jaar 2, 30 studenten."""
    size, year = listing.details.get("group_size"), listing.details.get("audience_year")
    people = ngettext("%(num)d deelnemer", "%(num)d deelnemers", size) if size else ""
    if listing.kind is Kind.GROUP and size:
        groups = ngettext("%(num)d groep", "%(num)d groepen", listing.places)
        return gettext("%(groups)s van %(people)s", groups=groups, people=people)
    return ", ".join(part for part in (gettext("jaar %(year)d", year=year) if year else "", people) if part)


def minutes_line(listing: Listing) -> str:
    """90 minuten."""
    minutes = listing.details.get("minutes")
    return ngettext("%(num)d minuut", "%(num)d minuten", minutes) if minutes else ""


def term_line(listing: Listing) -> str:
    """3 jaar, 2 keer per jaar."""
    years, meetings = listing.details.get("term_years"), listing.details.get("meetings_per_year")
    parts = (
        gettext("%(years)d jaar", years=years) if years else "",
        gettext("%(number)d keer per jaar", number=meetings) if meetings else "",
    )
    return ", ".join(part for part in parts if part)


def place_line(listing: Listing) -> str:
    """Utrecht, deels thuis of online."""
    if listing.mode is Mode.ONLINE:
        return str(MODES[Mode.ONLINE])
    how = str(MODES[Mode.HYBRID]) if listing.mode is Mode.HYBRID else ""
    return ", ".join(part for part in (listing.place, how) if part)


def places_line(listing: Listing) -> str:
    """Nog 1 van 3 plekken; 2 plekken; empty where places mean nothing."""
    left, total = listing.places_left, listing.places
    if listing.kind not in PLACE_KINDS and total == 1:
        return ""
    if left == total:
        return ngettext("%(num)d plek", "%(num)d plekken", total)
    return gettext("Nog %(left)d van %(total)d plekken", left=left, total=total)


def slot_line(slot: dict[str, object]) -> str:
    """dinsdagochtend; dinsdag 2 maart, 10.00 uur."""
    if "weekday" in slot:
        return str(WEEKDAY_PARTS[int(str(slot["weekday"])), str(slot["part"])])
    clock = time.fromisoformat(str(slot["time"]))
    day = say_date(date.fromisoformat(str(slot["date"])))
    return f"{day}, {clock:%H:%M}" if in_english() else f"{day}, {clock.hour}.{clock:%M} uur"


def slots_line(slots: Sequence[dict[str, object]]) -> str:
    """Every proposed moment in one sentence."""
    return joined(slot_line(slot) for slot in slots)


def weekday_parts() -> dict[tuple[int, str], str]:
    """Words for each part of each working day, Monday first."""
    return {part: str(words) for part, words in WEEKDAY_PARTS.items()}


WEEKDAY_PARTS = {
    (1, "morning"): _l("maandagochtend"),
    (1, "afternoon"): _l("maandagmiddag"),
    (1, "evening"): _l("maandagavond"),
    (2, "morning"): _l("dinsdagochtend"),
    (2, "afternoon"): _l("dinsdagmiddag"),
    (2, "evening"): _l("dinsdagavond"),
    (3, "morning"): _l("woensdagochtend"),
    (3, "afternoon"): _l("woensdagmiddag"),
    (3, "evening"): _l("woensdagavond"),
    (4, "morning"): _l("donderdagochtend"),
    (4, "afternoon"): _l("donderdagmiddag"),
    (4, "evening"): _l("donderdagavond"),
    (5, "morning"): _l("vrijdagochtend"),
    (5, "afternoon"): _l("vrijdagmiddag"),
    (5, "evening"): _l("vrijdagavond"),
}


def poster_line(listing: Listing) -> str:
    """Who posted it: team or programme with the organisation, and on whose behalf."""
    own = organisation_line(listing.organisation)
    part = listing.team.name if listing.team else listing.programme.name if listing.programme else ""
    behalf = listing.details.get("on_behalf_of", "")
    behalf = gettext("namens %(name)s", name=behalf) if behalf else ""
    return ", ".join(each for each in (own, part, behalf) if each)


def organisation_line(organisation: Organisation | None) -> str:
    """Gemeente Houten; the name of a school as it is."""
    if organisation is None:
        return gettext("vrager zonder account")
    if organisation.is_municipality:
        return gettext("Gemeente %(name)s", name=organisation.name)
    return organisation.name


def _is_session(listing: Listing) -> bool:
    return listing.kind in SESSION_KINDS


def _starts(day: date) -> str:
    return gettext("start %(day)s", day=say_long_date(day))
