"""The dossier of a committee for accreditation: who sat there, when they met, what they advised and what came of it."""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from flask_babel import force_locale, ngettext

from matchmaker.committees.dossier import AdviceLine, Facts, MeetingLine, MemberLine
from matchmaker.documents.blocks import Block, facts, heading, note, numbered, paragraphs, table
from matchmaker.documents.rendering import render
from matchmaker.listings.import_export.cells import defused
from matchmaker.listings.import_export.export import to_workbook
from matchmaker.words.committees import field_or_any, gaps, short_size, size_names, term_days, terms_of_committee
from matchmaker.words.dates import say_date, say_short_date
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, joined

LANGUAGE = "nl"
"""Accreditation is asked in Dutch."""
NAMES = MappingProxyType(
    {
        "leden": ("plek", "naam", "functie", "organisatie", "werkveld", "grootte", "begin", "einde", "verlengd"),
        "vergaderingen": ("datum", "titel", "plaats", "agenda", "verslag", "waren er", "waren er niet"),
        "adviezen": (
            "datum",
            "advies",
            "tekst",
            "antwoord",
            "toelichting",
            "beantwoord op",
            "opvolging",
            "afgerond op",
        ),
    }
)
"""The sheets of the workbook with their columns."""


def pdf(given: Facts, *, made_on: date | None = None) -> bytes:
    """An accessible PDF that can be archived."""
    with force_locale(LANGUAGE):
        values = {
            "title": gettext("Dossier %(committee)s", committee=given.committee.name),
            "lead": _period(given),
            "reference": given.committee.name,
            "foot": given.committee.organisation.name,
            "description": gettext("Dossier voor de accreditatie"),
            "blocks": list(_blocks(given)),
        }
    return render("document", values, language=LANGUAGE, made_on=made_on)


def workbook(given: Facts) -> bytes:
    """The same as tables: members, meetings, advice."""
    with force_locale(LANGUAGE):
        rows = {
            "leden": [_member_cells(each) for each in given.members],
            "vergaderingen": [_meeting_cells(each) for each in given.meetings],
            "adviezen": [_advice_cells(each) for each in given.advices],
        }
    return to_workbook(
        {name: [list(NAMES[name]), *([defused(cell) for cell in row] for row in lines)] for name, lines in rows.items()}
    )


def _blocks(given: Facts) -> Iterator[Block]:
    yield from _summary(given)
    yield heading(gettext("Leden"))
    yield from _members(given)
    yield heading(gettext("Spreiding"))
    yield from _spread(given)
    yield heading(gettext("Vergaderingen"))
    if not given.meetings:
        yield from paragraphs(gettext("In deze periode is er niet vergaderd."))
    for meeting in given.meetings:
        yield from _meeting(meeting)
    yield heading(gettext("Advies en opvolging"))
    if not given.advices:
        yield from paragraphs(gettext("In deze periode gaf de commissie geen advies."))
    for advice in given.advices:
        yield from _advice(advice)


def _summary(given: Facts) -> Iterator[Block]:
    committee = given.committee
    present, asked = given.attendance
    answered = sum(each.answer is not None for each in given.advices)
    closed = sum(each.closed_on is not None for each in given.advices)
    yield from paragraphs(committee.purpose)
    yield from facts(
        [
            (gettext("School"), committee.organisation.name),
            (gettext("Faculteit"), committee.faculty.name),
            (gettext("Opleiding"), committee.programme.name if committee.programme else ""),
            (gettext("Soort"), label(committee.kind)),
            (gettext("Termijn"), terms_of_committee(committee)),
            (gettext("Leden in deze periode"), str(len(given.members))),
            (gettext("Vrij aan het einde"), ", ".join(given.vacant)),
            (gettext("Vergaderingen"), str(len(given.meetings))),
            (gettext("Opkomst"), gettext("%(n)d van %(all)d keer", n=present, all=asked) if asked else ""),
            (
                gettext("Adviezen"),
                gettext("%(n)d, waarvan %(answered)d beantwoord en %(closed)d afgerond", n=len(given.advices),
                        answered=answered, closed=closed),
            ),
        ],
        columns=(gettext("Onderdeel"), gettext("Waarde")),
    )  # fmt: skip


def _members(given: Facts) -> Iterator[Block]:
    if not given.members:
        yield from paragraphs(gettext("In deze periode zat er niemand in de commissie."))
    rows = [(each.seat, _who(each), _brings(each), _days(each)) for each in given.members]
    columns = (gettext("Plek"), gettext("Wie"), gettext("Brengt mee"), gettext("Termijn"))
    yield from table(columns, rows, caption=gettext("Leden in deze periode"), widths=(3, 4, 3, 3))
    if any(not each.name for each in given.members):
        yield note(gettext("Een naam gaat een jaar na het einde van een termijn weg. Organisatie en dagen blijven."))


def _spread(given: Facts) -> Iterator[Block]:
    rows = [
        [field_or_any(row.work_field), *(_cell(each.held, each.wanted) for each in row.cells)] for row in given.spread
    ]
    columns = [gettext("Werkveld"), *size_names()]
    caption = gettext("Leden en plekken per werkveld en grootte van de gemeente")
    yield from table(columns, rows, caption=caption, widths=(4, 2, 2, 2, 2))
    missing = gaps(given.spread)
    yield from paragraphs(missing or gettext("Elke plek is bezet door iemand uit het werkveld dat zij vraagt."))


def _meeting(meeting: MeetingLine) -> Iterator[Block]:
    yield heading(f"{meeting.title}, {say_date(meeting.day, with_year=True)}", level=3)
    yield from facts(
        [
            (gettext("Plaats"), meeting.location),
            (gettext("Waren er"), joined(meeting.present) or gettext("niemand")),
            (gettext("Waren er niet"), joined(meeting.absent)),
        ],
        columns=(gettext("Onderdeel"), gettext("Waarde")),
    )
    if meeting.agenda:
        yield heading(gettext("Agenda"), level=4)
        yield from numbered(line.strip() for line in meeting.agenda.splitlines())
    if meeting.minutes:
        yield heading(gettext("Verslag"), level=4)
        yield from paragraphs(meeting.minutes)


def _advice(advice: AdviceLine) -> Iterator[Block]:
    yield heading(advice.title, level=3)
    yield from paragraphs(f"{say_date(advice.given_on, with_year=True)}. {advice.text}")
    yield from facts(
        [
            (gettext("Antwoord"), label(advice.answer) or gettext("nog geen antwoord")),
            (gettext("Toelichting"), advice.answer_text),
            (gettext("Beantwoord op"), say_short_date(advice.answered_on)),
            (gettext("Wat er van kwam"), advice.follow_up),
            (gettext("Afgerond op"), say_short_date(advice.closed_on)),
        ],
        columns=(gettext("Onderdeel"), gettext("Waarde")),
    )


def _period(given: Facts) -> str:
    return gettext(
        "%(first)s tot en met %(last)s",
        first=say_date(given.first_day, with_year=True),
        last=say_date(given.last_day, with_year=True),
    )


def _who(member: MemberLine) -> str:
    return ", ".join(part for part in (member.name, member.job_title, member.organisation) if part)


def _brings(member: MemberLine) -> str:
    return ", ".join(part for part in (field_or_any(member.work_field), short_size(member.size)) if part)


def _days(member: MemberLine) -> str:
    days = term_days(member.first_day, member.last_day)
    if not member.renewed:
        return days
    return f"{days}, " + ngettext("%(num)d keer verlengd", "%(num)d keer verlengd", member.renewed)


def _cell(held: int, wanted: int) -> str:
    if not held and not wanted:
        return ""
    return gettext("%(held)d van %(wanted)d", held=held, wanted=wanted) if wanted else str(held)


def _member_cells(member: MemberLine) -> list[str]:
    field = field_or_any(member.work_field) if member.work_field else ""
    days = (member.first_day.isoformat(), member.last_day.isoformat())
    return [
        member.seat, member.name, member.job_title, member.organisation, field, short_size(member.size), *days,
        str(member.renewed),
    ]  # fmt: skip


def _meeting_cells(meeting: MeetingLine) -> list[str]:
    there, away = "; ".join(meeting.present), "; ".join(meeting.absent)
    return [
        meeting.day.isoformat(), meeting.title, meeting.location, meeting.agenda, meeting.minutes, there, away,
    ]  # fmt: skip


def _advice_cells(advice: AdviceLine) -> list[str]:
    answered, closed = (each.isoformat() if each else "" for each in (advice.answered_on, advice.closed_on))
    return [
        advice.given_on.isoformat(), advice.title, advice.text, label(advice.answer), advice.answer_text, answered,
        advice.follow_up, closed,
    ]  # fmt: skip
