"""Words for agreements: states, who signs, and the values in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel.speaklater import LazyString

from matchmaker.agreements.models import Agreement, AgreementKind, Signatory
from matchmaker.agreements.scheduled import OVERTAKEN
from matchmaker.agreements.states import AgreementAction, AgreementState
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Mode
from matchmaker.words.dates import say_moment
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, joined, language
from matchmaker.words.language import lazy_gettext as _l
from matchmaker.words.refused_values import SENTENCES

STATES: dict[AgreementState, LazyString] = {
    AgreementState.DRAFT: _l("Concept"),
    AgreementState.MAKING: _l("Het document wordt gemaakt"),
    AgreementState.SIGNING: _l("Ligt klaar om te tekenen"),
    AgreementState.SIGNED: _l("Door iedereen getekend"),
    AgreementState.WITHDRAWN: _l("Ingetrokken"),
    AgreementState.REPLACED: _l("Vervangen door een wijziging"),
}
ACTIONS: dict[AgreementAction, LazyString] = {
    AgreementAction.DRAW_UP: _l("De tekst is opgesteld"),
    AgreementAction.SEND: _l("De tekst ligt vast"),
    AgreementAction.MAKE: _l("Het document is gemaakt"),
    AgreementAction.SIGN: _l("Er is getekend"),
    AgreementAction.COMPLETE: _l("Iedereen heeft getekend"),
    AgreementAction.WITHDRAW: _l("Ingetrokken"),
    AgreementAction.REPLACE: _l("Vervangen door een wijziging"),
    AgreementAction.REMIND: _l("Er is een herinnering gestuurd"),
}
KINDS: dict[AgreementKind, LazyString] = {
    AgreementKind.PRACTICE: _l("Praktijkovereenkomst"),
    AgreementKind.THREE_PARTY: _l("Stageovereenkomst"),
}
SIGNS_AS: dict[Part, LazyString] = {
    Part.STUDENT: _l("student"),
    Part.PARENT: _l("ouder of verzorger"),
    Part.COORDINATOR: _l("school"),
    Part.OFFICER: _l("gemeente"),
}
FIELDS: dict[str, LazyString] = {
    "assignment": _l("Opdracht"),
    "first_day": _l("Eerste dag"),
    "last_day": _l("Laatste dag"),
    "hours_per_week": _l("Uren per week"),
    "weekdays": _l("Dagen"),
    "workplace": _l("Werkplek"),
    "mode": _l("Waar"),
    "allowance": _l("Vergoeding per maand"),
    "crebo": _l("Kwalificatie (crebo)"),
    "goals": _l("Leerdoelen"),
}
SUMMED_UP = ("first_day", "last_day", "hours_per_week", "weekdays", "workplace", "allowance", "crebo")
WEEKDAYS: dict[str, LazyString] = {
    "mon": _l("maandag"),
    "tue": _l("dinsdag"),
    "wed": _l("woensdag"),
    "thu": _l("donderdag"),
    "fri": _l("vrijdag"),
}
WHY_NOT: dict[str, LazyString] = {
    "signed_already": SENTENCES["signed_already"],
    "agreement_withdrawn": _l("Deze overeenkomst is ingetrokken. U kunt haar niet meer tekenen."),
    "not_to_sign": _l("Deze overeenkomst ligt nu niet klaar om te tekenen."),
    "text_changed": SENTENCES["text_changed"],
}


def title_of(agreement: Agreement) -> str:
    """Praktijkovereenkomst, or Wijziging van de praktijkovereenkomst."""
    kind = str(KINDS[agreement.kind])
    return gettext("Wijziging van de %(kind)s", kind=kind.lower()) if agreement.is_amendment else kind


def say_day(text: str) -> str:
    """A day of frozen content: 1 februari 2027."""
    return format_date(date.fromisoformat(text), "d MMMM y") if text else ""


def say_value(name: str, value: Any) -> str:
    """A value of an agreement in words; for goals one line each."""
    if name in {"first_day", "last_day"}:
        return say_day(value or "")
    if name == "weekdays":
        return joined(str(WEEKDAYS[day]) for day in value)
    if name == "mode":
        return label(Mode(value)) if value else ""
    if name == "allowance":
        return say_allowance(value)
    if name == "goals":
        return "\n".join(say_goal(each) for each in value)
    return "" if value is None else str(value)


def say_allowance(euros: int | None) -> str:
    """An amount each month; nothing agreed is said as such."""
    if euros is None:
        return gettext("niet afgesproken")
    return gettext("geen vergoeding") if euros == 0 else gettext("%(euros)s euro per maand", euros=euros)


def say_goal(goal: Mapping[str, Any]) -> str:
    """Free words, a competence with the level to reach, or both."""
    name = goal["names"].get(language(), "")
    reach = gettext("%(competence)s, niveau %(level)s", competence=name, level=goal["level"]) if name else ""
    return f"{reach}: {goal['text']}" if reach and goal["text"] else reach or str(goal["text"])


def say_changes(agreement: Agreement) -> list[tuple[str, str, str]]:
    """Each difference of an amendment: what, what stood there, what comes there."""
    return [
        (str(FIELDS[each["name"]]), say_value(each["name"], each["before"]) or gettext("niets"),
         say_value(each["name"], each["after"]) or gettext("niets"))
        for each in agreement.changes
    ]  # fmt: skip


def signs_as(signatory: Signatory) -> str:
    """Sanne de Vries, student; Hogeschool Utrecht, school."""
    return str(SIGNS_AS[signatory.part])


def why_withdrawn(agreement: Agreement) -> str:
    """The reason as someone wrote it, or what the system saw."""
    if agreement.withdrawn_because == OVERTAKEN:
        return gettext("De afspraken of de mensen zijn veranderd, of de stage gaat niet door.")
    return agreement.withdrawn_because


def summary_of(agreement: Agreement) -> list[tuple[str, str]]:
    """What stands in it, in a few lines: names and values without what is empty."""
    content = agreement.content
    lines = [
        (gettext("Student"), content["people"].get("student", "")),
        (gettext("School"), content["school"]),
        (gettext("Opleiding"), content["programme"]),
        (gettext("Gemeente"), content["municipality"]),
        *((str(FIELDS[name]), say_value(name, content[name])) for name in SUMMED_UP),
    ]
    if agreement.is_in_english:
        lines.append((gettext("Taal"), gettext("Nederlands en Engels. De Nederlandse tekst geldt.")))
    return [(name, value) for name, value in lines if value]


def document_finding(agreement: Agreement, *, final: bool) -> tuple[str, str]:
    """What a file that we know is, in a tone and a sentence: without the name of anybody."""
    signed = say_moment(agreement.signed_at) if agreement.signed_at else ""
    if agreement.state is AgreementState.WITHDRAWN:
        return "warning", gettext("Deze tekst is ingetrokken. Zij geldt niet.")
    if agreement.state is AgreementState.REPLACED:
        return "warning", gettext(
            "Dit is getekend op %(moment)s, en daarna vervangen door een wijziging. Vraag om de nieuwste tekst.",
            moment=signed,
        )
    if agreement.state is not AgreementState.SIGNED:
        return "info", gettext("Dit is de tekst om te tekenen. Nog niet iedereen heeft getekend.")
    if not final:
        return "info", gettext(
            "Dit is de tekst die iedereen tekende, klaar op %(moment)s. De handtekeningen staan in een ander bestand.",
            moment=signed,
        )
    return "ok", gettext("Dit is het document met alle handtekeningen. De laatste is van %(moment)s.", moment=signed)
