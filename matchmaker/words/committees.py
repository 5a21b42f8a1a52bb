"""Committees in words: the profile of a seat, what happened, the entry in a calendar, the text of a posting."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import force_locale, ngettext

from matchmaker.committees.meeting_models import Advice
from matchmaker.committees.models import Committee, CommitteeEvent, Seat, Term
from matchmaker.committees.spread import SIZES, SpreadRow
from matchmaker.committees.states import AdviceState, SeatState, TermState
from matchmaker.vocabulary import MunicipalitySize
from matchmaker.words.committee_labels import SHORT_SIZES
from matchmaker.words.dates import say_short_date
from matchmaker.words.field_names import work_field_names
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, joined
from matchmaker.words.language import lazy_gettext as _l

LANGUAGES = ("nl", "en")
EVENTS = {
    "seat.post": _l("Er is een vraag gemaakt voor een plek."),
    "seat.invite": _l("Iemand is gevraagd voor een plek."),
    "seat.fill": _l("Een plek is bezet."),
    "seat.release": _l("Een plek is weer vrij."),
    "seat.remove": _l("Een plek is weggehaald."),
    "term.accept": _l("Iemand doet mee."),
    "term.decline": _l("Iemand zei nee."),
    "term.withdraw": _l("Een uitnodiging is ingetrokken."),
    "term.warn": _l("Een termijn loopt over een half jaar af: lid en school weten het."),
    "term.renew": _l("Een termijn is verlengd."),
    "term.reschedule": _l("Een termijn heeft andere dagen."),
    "term.end": _l("Een termijn is voorbij."),
    "term.stop": _l("Iemand stopte eerder."),
    "meeting.change": _l("Een vergadering is veranderd."),
    "meeting.hold": _l("Een vergadering is geweest."),
    "meeting.cancel": _l("Een vergadering gaat niet door."),
    "advice.answer": _l("De school gaf antwoord op een advies."),
    "advice.close": _l("Een advies is afgerond."),
}


def profile_line(seat: Seat) -> str:
    """Water en klimaat, grote gemeente; a seat that asks nothing: iedereen kan hier zitten."""
    parts = [*work_field_names([seat.work_field] if seat.work_field else []), label(seat.size), label(seat.level)]
    return ", ".join(part for part in parts if part) or gettext("iedereen kan hier zitten")


def member_line(term: Term) -> str:
    """Adviseur water, gemeente Utrecht."""
    return ", ".join(part for part in (term.job_title, term.organisation_name) if part)


def term_days(first: date, last: date) -> str:
    """1 sep 2026 tot en met 31 aug 2030."""
    return gettext("%(first)s tot en met %(last)s", first=say_short_date(first), last=say_short_date(last))


def term_line(term: Term) -> str:
    """The days of a term, and how often it was renewed."""
    days = term_days(term.starts_on, term.ends_on)
    if not term.renewed:
        return days
    again = ngettext("%(num)d keer verlengd", "%(num)d keer verlengd", term.renewed)
    return f"{days}, {again}"


def terms_of_committee(committee: Committee) -> str:
    """4 jaar, daarna 1 keer verlengen."""
    years = gettext("%(n)d jaar", n=committee.term_years)
    if not committee.renewals:
        return gettext("%(years)s, zonder verlengen", years=years)
    again = ngettext("daarna %(num)d keer verlengen", "daarna %(num)d keer verlengen", committee.renewals)
    return f"{years}, {again}"


def finding(committee: Committee) -> str:
    """What stands out, as a heading: 2 van 8 plekken zijn vrij."""
    standing = committee.standing
    free = sum(each.state is not SeatState.FILLED for each in standing)
    if not standing:
        return gettext("Nog geen plekken")
    if not free:
        return ngettext("De plek is bezet", "Alle %(num)d plekken zijn bezet", len(standing))
    return ngettext(
        "%(num)d van %(all)d plekken is vrij", "%(num)d van %(all)d plekken zijn vrij", free, all=len(standing)
    )


def event_words(event: CommitteeEvent) -> str:
    return str(EVENTS[f"{event.noun}.{event.action}"])


def meeting_wording(committee: Committee, *, title: str, agenda: str) -> dict[str, dict[str, str]]:
    """Summary and description of the entry in a calendar, in each language."""
    wording = {}
    for language in LANGUAGES:
        with force_locale(language):
            first = gettext(
                "Vergadering van %(committee)s, %(school)s",
                committee=committee.name,
                school=committee.organisation.name,
            )
            parts = [first, f"{gettext('Agendapunten')}:\n{agenda}" if agenda else ""]
            wording[language] = {
                "summary": f"{committee.name}: {title}",
                "description": "\n\n".join(part for part in parts if part),
            }
    return wording


def posting_title(seat: Seat) -> str:
    """The title of the need for a vacant seat, in the language of whoever posts."""
    return gettext("Wie denkt mee in %(committee)s?", committee=seat.committee.name)[:160]


def posting_text(seat: Seat) -> str:
    """The text of that need: what the committee is for, who is sought, how much time it takes."""
    committee = seat.committee
    lines = [
        committee.purpose,
        gettext(
            "Wij zoeken iemand voor deze plek: %(name)s. Wie past hier? %(profile)s.",
            name=seat.name,
            profile=profile_line(seat),
        ),
        seat.profile,
        ngettext(
            "De commissie komt %(num)d keer per jaar bij elkaar. Een termijn duurt %(years)d jaar.",
            "De commissie komt %(num)d keer per jaar bij elkaar. Een termijn duurt %(years)d jaar.",
            committee.meetings_per_year,
            years=committee.term_years,
        ),
    ]
    return "\n\n".join(line for line in lines if line)


def size_names() -> list[str]:
    """The columns of the spread."""
    return [str(SHORT_SIZES[size]) for size in SIZES]


def short_size(size: MunicipalitySize | None) -> str:
    """klein, middel, groot; empty when it is not known."""
    return str(SHORT_SIZES[size]) if size else ""


def field_or_any(code: str) -> str:
    """The name of a field of work; without one, that any will do."""
    return work_field_names([code])[0] if code else gettext("ieder werkveld")


def spread_matrix(rows: Iterable[SpreadRow]) -> list[dict[str, object]]:
    """Rows for a matrix: `1 van 2`, and how dark; a gap says so in words."""
    return [
        {"name": field_or_any(row.work_field), "cells": [_cell(each.wanted, each.held, each.gap) for each in row.cells]}
        for row in rows
    ]


def gaps(rows: Sequence[SpreadRow]) -> str:
    """Who is missing, in one sentence; empty when nobody is."""
    missing = [
        gettext(
            "%(n)d voor %(field)s (%(size)s)", n=cell.gap, field=field_or_any(row.work_field), size=SHORT_SIZES[size]
        )
        for row in rows
        for size, cell in zip(SIZES, row.cells, strict=True)
        if cell.gap
    ]
    return gettext("Er ontbreken mensen: %(who)s.", who=joined(missing)) if missing else ""


def advice_state(advice: Advice, today: date) -> tuple[str, str]:
    """Where an advice stands, and the tone of its label: late is said."""
    if advice.state is AdviceState.OPEN and advice.answer_before is not None:
        if advice.answer_before < today:
            return gettext("te laat: antwoord moest voor %(day)s", day=say_short_date(advice.answer_before)), "bad"
        return gettext("antwoord voor %(day)s", day=say_short_date(advice.answer_before)), "warn"
    return label(advice.state), "good" if advice.state is AdviceState.CLOSED else "plain"


def term_state(term: Term | None) -> tuple[str, str]:
    """vrij, gevraagd, zit erin, loopt af op; with the tone of its label."""
    if term is None:
        return label(SeatState.VACANT), "warn"
    if term.state is TermState.PROPOSED:
        return gettext("gevraagd, nog geen antwoord"), "plain"
    if not term.has_begun:
        return gettext("begint op %(day)s", day=say_short_date(term.starts_on)), "plain"
    if term.warned_at is not None:
        return gettext("loopt af op %(day)s", day=say_short_date(term.ends_on)), "warn"
    return label(term.state), "good"


def _cell(wanted: int, held: int, gap: int) -> dict[str, object]:
    if not wanted and not held:
        return {"value": "", "level": 0}
    said = gettext("%(held)d van %(wanted)d", held=held, wanted=wanted) if wanted else str(held)
    return {"value": gettext("%(said)s, mist", said=said) if gap else said, "level": 0 if gap else min(4, 1 + held)}
