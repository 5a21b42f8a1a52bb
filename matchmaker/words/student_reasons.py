"""Why an offer fits a student, said to the student: je and jij."""

from collections.abc import Callable, Mapping

from flask_babel import ngettext

from matchmaker.engine.findings import Reason
from matchmaker.engine.ranking import Candidate
from matchmaker.vocabulary import Kind, Party
from matchmaker.words.field_names import field_names
from matchmaker.words.language import N_, gettext
from matchmaker.words.proposals import STRENGTH, Shown
from matchmaker.words.reason_values import in_words
from matchmaker.words.reasons import criterion_name, sentence, verdict_name, whole_score

FOR_STUDENT: Mapping[str, str] = {
    "subject.same_work_and_study": N_("Je kiest hetzelfde werk, %(work_fields)s, en je opleiding past."),
    "subject.same_work": N_("Je kiest hetzelfde werk: %(work_fields)s."),
    "subject.same_work_near_study": N_(
        "Je kiest hetzelfde werk, %(work_fields)s. Je opleiding lijkt op wat men zoekt."
    ),
    "subject.same_work_other_study": N_(
        "Je kiest hetzelfde werk, %(work_fields)s, maar men zoekt een andere opleiding."
    ),
    "subject.same_study": N_("Men zoekt jouw opleiding: %(study_fields)s."),
    "subject.same_study_other_work": N_("Men zoekt jouw opleiding, maar het werk is anders dan je koos."),
    "subject.near_study": N_("Je opleiding is niet dezelfde, maar lijkt op wat men zoekt."),
    "subject.linked": N_("Je opleiding past bij dit werk: %(study_field)s en %(work_field)s."),
    "subject.linked_other_choice": N_("%(study_field)s past bij %(work_field)s, maar je koos iets anders."),
    "subject.other_work": N_("Dit is ander werk dan je koos: %(work_fields)s."),
    "subject.no_link": N_("Wij zien geen verband tussen je opleiding en dit werk."),
    "level.all": N_("De gemeente vraagt jouw niveau: %(levels)s."),
    "level.open_to_all": N_("Alle niveaus zijn welkom."),
    "text.unknown": N_("Bij een student vergelijken wij geen teksten."),
    "period.fits": N_("De periode past: van %(start)s tot en met %(end)s."),
    "period.fits_from": N_("De periode past: vanaf %(start)s."),
    "period.unknown.need": N_("Je noemt nog geen periode."),
    "period.unknown.offer": N_("De gemeente noemt nog geen periode."),
    "hours.unknown.need": N_("Je noemt nog geen uren."),
    "hours.unknown.offer": N_("De gemeente noemt nog geen uren."),
    "distance.unknown": N_("De afstand weten we niet. Vul bij je wensen een plaats in."),
    "distance.mode_differs": N_("Je wilt op locatie werken, dit is online."),
    "desk.quiet": N_("Het loket heeft tijd voor je reactie."),
}
COUNTED: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "period.partly": lambda values: ngettext(
        "De periode past voor %(num)s week. Nodig: %(asked)s.",
        "De periode past voor %(num)s weken. Nodig: %(asked)s.",
        int(str(values["weeks"])),
        asked=values["asked"],
    ),
}


def why(candidate: Candidate, kind: Kind) -> Shown:
    """A fitting offer as the component draws it. Hints are for who posted it and are left out."""
    return Shown(
        strength=STRENGTH[candidate.verdict],
        word=verdict_name(candidate.verdict),
        score=whole_score(candidate.score),
        reasons=[_line(each, kind) for each in sorted(candidate.reasons, key=lambda each: -each.weight)],
        raises=[],
    )


def in_short(candidate: Candidate, kind: Kind) -> list[str]:
    """The two reasons that count most and fit, as sentences."""
    good = [each for each in candidate.reasons if each.score >= 50 and each.code != "text.unknown"]
    return [_said(each, kind) for each in sorted(good, key=lambda each: -each.weight * each.score)[:2]]


def _line(reason: Reason, kind: Kind) -> dict[str, object]:
    return {
        "name": criterion_name(reason.criterion, kind=kind),
        "weight": gettext("telt voor %(share)s%%", share=round(100 * reason.weight)),
        "value": reason.score,
        "reason": _said(reason, kind),
    }


def _said(reason: Reason, kind: Kind) -> str:
    code = reason.code
    if f"{code}.{reason.values.get('missing')}" in FOR_STUDENT:
        code = f"{code}.{reason.values['missing']}"
    words = in_words(reason.values, field_names())
    if code in COUNTED:
        return COUNTED[code](words)
    if code in FOR_STUDENT:
        return gettext(FOR_STUDENT[code], **words)
    return sentence(reason.code, reason.values, party=Party.SCHOOL, kind=kind, names=field_names())
