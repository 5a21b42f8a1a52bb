"""The brief: what whoever comes has to know, made from need and offer. For the page, the letter and the calendar."""

from collections.abc import Sequence

from flask_babel import force_locale

from matchmaker.appointments.models import AppointmentKind
from matchmaker.appointments.spans import appointment_kind
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.vocabulary import Kind
from matchmaker.words.labels import LANGUAGES as SPOKEN
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, joined
from matchmaker.words.listings import (
    group_line,
    hours_line,
    levels_line,
    minutes_line,
    study_line,
    term_line,
)

LANGUAGES = ("nl", "en")
LONGEST_TEXT = 1500

Lines = list[tuple[str, str]]


def brief_of(match: Match, *, arrangements: str = "", people: Sequence[str] = ()) -> Lines:
    """Names and values in the language of the page, without what nobody filled in.

    Where it takes place is not among them: that stands with the appointment, and may differ from what was asked.
    """
    asked = _asking(match)
    lines = [
        (gettext("Wat"), label(match.kind)),
        (gettext("Onderwerp"), asked.title),
        (gettext("Wie"), ", ".join(people)),
        (gettext("Voor wie"), _audience(asked)),
        (gettext("Opleiding"), asked.programme.name if asked.programme else study_line(asked)),
        (gettext("Duur"), minutes_line(asked)),
        (gettext("Uren"), hours_line(match.offer or asked)),
        (gettext("Taal"), joined(str(SPOKEN[code]) for code in asked.languages)),
        (gettext("Vak"), _detail(asked, "course")),
        (gettext("Informatie over het vak"), _detail(asked, "course_url")),
        (gettext("Vooraf"), _detail(asked, "preparation")),
        (gettext("Commissie"), _detail(asked, "committee")),
        (gettext("Termijn"), term_line(asked)),
        (gettext("Begeleider"), _detail(match.offer, "supervisor_title") if match.offer else ""),
        (gettext("Bijzonderheden"), _detail(asked, "particulars")),
        (gettext("Afspraken"), arrangements),
    ]
    return [(name, value) for name, value in lines if value]


def wording_of(match: Match, *, arrangements: str = "", people: Sequence[str] = ()) -> dict[str, dict[str, str]]:
    """Summary and description of the calendar entry in each language, as `appointments.actions` keeps them."""
    wording = {}
    for language in LANGUAGES:
        with force_locale(language):
            wording[language] = {
                "summary": summary_of(match),
                "description": _description(match, arrangements=arrangements, people=people),
            }
    return wording


def summary_of(match: Match) -> str:
    """The line that stands in a calendar: Gastles: De Omgevingswet (Nieuwegein en Hogeschool Utrecht)."""
    first = {
        AppointmentKind.SESSION: label(match.kind),
        AppointmentKind.START: gettext("Eerste dag"),
        AppointmentKind.TERM: gettext("Start in de werkveldcommissie"),
    }[appointment_kind(match.kind)]
    title = _asking(match).title or label(match.kind)
    if match.school is None:
        return gettext(
            "%(what)s: %(title)s (%(municipality)s)", what=first, title=title, municipality=match.municipality.name
        )
    return gettext(
        "%(what)s: %(title)s (%(municipality)s en %(school)s)",
        what=first,
        title=title,
        municipality=match.municipality.name,
        school=match.school.name,
    )


def _description(match: Match, *, arrangements: str, people: Sequence[str]) -> str:
    text = _asking(match).text.strip()
    shortened = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rsplit(' ', 1)[0]} …"
    lines = [f"{name}: {value}" for name, value in brief_of(match, arrangements=arrangements, people=people)]
    closing = gettext("Vragen? Stuur een bericht op de pagina van deze afspraak. Dan blijft alles bij elkaar.")
    return "\n".join([*lines, "", *([shortened, ""] if shortened else []), closing])


def _asking(match: Match) -> Listing:
    """What the school wrote: of an open question that is the offer, when there is one."""
    return match.offer if match.kind is Kind.QUESTION and match.offer else match.need


def _audience(listing: Listing) -> str:
    return ", ".join(part for part in (levels_line(listing.levels), group_line(listing)) if part)


def _detail(listing: Listing | None, name: str) -> str:
    value = listing.details.get(name) if listing is not None else None
    return str(value) if value else ""
