"""Why a match fits, in a sentence for the school and one for the municipality.

The engine gives a code and values; here they become Dutch, or the language chosen for the page.
"""

from collections.abc import Callable, Mapping

from flask_babel import ngettext

from matchmaker.engine.assessment import Verdict
from matchmaker.engine.findings import Criterion, Values
from matchmaker.engine.hints import Hint
from matchmaker.engine.profiles import KindGroup, group_of
from matchmaker.vocabulary import Kind, Party
from matchmaker.words.language import N_, gettext
from matchmaker.words.reason_values import in_words

CRITERIA: Mapping[Criterion, str] = {
    Criterion.SUBJECT: N_("Onderwerp"),
    Criterion.TEXT: N_("Tekst"),
    Criterion.LEVEL: N_("Niveau"),
    Criterion.PERIOD: N_("Periode"),
    Criterion.HOURS: N_("Uren"),
    Criterion.DISTANCE: N_("Afstand"),
    Criterion.CAPACITY: N_("Ruimte"),
    Criterion.DESK: N_("Drukte bij het loket"),
}
DAY_AND_TIME = N_("Dag en tijd")
VERDICTS: Mapping[Verdict, str] = {
    Verdict.GOOD: N_("Past goed"),
    Verdict.FAIR: N_("Past"),
    Verdict.MAYBE: N_("Misschien"),
}

FOR_BOTH: Mapping[str, str] = {
    "subject.same_work_and_study": N_("U noemt allebei %(work_fields)s en %(study_fields)s."),
    "subject.same_work": N_("U noemt allebei %(work_fields)s."),
    "subject.same_work_near_study": N_("U noemt allebei %(work_fields)s. De opleidingen lijken op elkaar."),
    "subject.same_work_other_study": N_("U noemt allebei %(work_fields)s, maar een andere opleiding."),
    "subject.same_study": N_("U noemt allebei %(study_fields)s."),
    "subject.same_study_other_work": N_("U noemt allebei %(study_fields)s, maar ander werk."),
    "subject.near_study": N_("De opleidingen zijn niet dezelfde, maar lijken op elkaar."),
    "subject.linked_other_choice": N_("%(study_field)s past bij %(work_field)s, maar u noemt allebei iets anders."),
    "subject.no_link": N_("Wij zien geen verband tussen de opleiding en het werk."),
    "subject.unknown": N_("Het onderwerp is nog niet ingevuld."),
    "text.shared": N_("In beide teksten staat: %(words)s."),
    "text.none": N_("De teksten hebben geen woorden gemeen."),
    "text.unknown": N_("Er is nog te weinig tekst om te vergelijken."),
    "period.fits": N_("U kunt allebei van %(start)s tot en met %(end)s."),
    "period.fits_from": N_("U kunt allebei vanaf %(start)s."),
    "period.fits_open": N_("De periodes passen bij elkaar."),
    "sessions.on_date": N_("U kunt allebei op %(day)s (%(part)s)."),
    "sessions.weekly": N_("U kunt allebei op %(weekday)s (%(part)s), vanaf %(start)s."),
    "sessions.weekly_open": N_("U kunt allebei op %(weekday)s (%(part)s)."),
    "sessions.other_period": N_("De dag past, de periode nog niet. Het kan pas vanaf %(start)s."),
    "sessions.other_part": N_("U kunt allebei op %(weekday)s, maar niet op hetzelfde deel van de dag."),
    "sessions.none": N_("Er is geen dag waarop u allebei kunt."),
    "hours.fit": N_("De uren passen: %(least)s tot %(most)s uur per week."),
    "distance.online": N_("Het kan online."),
    "distance.hybrid_unknown": N_("Het kan voor een deel online. De afstand weten we niet."),
    "distance.unknown": N_("De afstand weten we niet, want er is geen plaats ingevuld."),
    "distance.here": N_("Het is in dezelfde plaats."),
    "distance.near": N_("Dichtbij: %(km)s kilometer."),
    "distance.apart": N_("%(km)s kilometer."),
    "distance.hybrid": N_("%(km)s kilometer, en een deel kan online."),
    "distance.mode_differs": N_("De een wil online, de ander op locatie."),
    "hard.kind": N_("Vraag en aanbod zijn van een andere soort."),
    "hard.language": N_("U werkt niet in dezelfde taal: gevraagd is %(languages)s."),
    "hard.distance": N_("Te ver: %(km)s kilometer. De grens is %(most)s kilometer."),
}

FOR_SCHOOL: Mapping[str, str] = {
    "subject.linked": N_("Uw opleiding past bij het werk van de gemeente: %(study_field)s en %(work_field)s."),
    "subject.other_work": N_("De gemeente noemt ander werk: %(work_fields)s."),
    "subject.open_to_all": N_("Het gaat om %(work_fields)s en staat open voor alle opleidingen."),
    "level.open_to_all": N_("Past bij uw niveau: alle niveaus zijn welkom."),
    "level.all": N_("De gemeente vraagt uw niveau: %(levels)s."),
    "level.part": N_("Past bij %(levels)s, niet bij %(missing)s."),
    "period.unknown.own": N_("U noemt nog geen periode."),
    "period.unknown.other": N_("De gemeente noemt nog geen periode."),
    "period.unknown.both": N_("Er is nog geen periode genoemd."),
    "sessions.unknown.own": N_("U noemt nog geen dagen. Spreek samen een dag af."),
    "sessions.unknown.other": N_("De gemeente noemt nog geen dagen. Spreek samen een dag af."),
    "sessions.unknown.both": N_("Er zijn nog geen dagen genoemd. Spreek samen een dag af."),
    "hours.unknown.own": N_("U noemt nog geen uren."),
    "hours.unknown.other": N_("De gemeente noemt nog geen uren."),
    "hours.unknown.both": N_("Er zijn nog geen uren genoemd."),
    "capacity.unknown": N_("De gemeente zegt nog niet hoeveel ruimte er is."),
    "desk.quiet": N_("Het loket heeft tijd voor uw vraag."),
    "desk.busy": N_("Het loket heeft het druk. Een antwoord kan langer duren."),
    "desk.full": N_("Het loket heeft het heel druk. Een antwoord duurt langer."),
    "desk.unknown": N_("Hoe druk het loket het heeft, weten we niet."),
    "hard.level": N_("De gemeente zoekt een ander niveau dan %(levels)s."),
    "hard.track": N_("De gemeente biedt geen plek voor %(tracks)s."),
    "hard.capacity.own": N_("U zoekt niemand meer."),
    "hard.capacity.other": N_("De gemeente heeft geen plek meer."),
}

FOR_MUNICIPALITY: Mapping[str, str] = {
    "subject.linked": N_("De opleiding past bij uw werk: %(study_field)s en %(work_field)s."),
    "subject.other_work": N_("De school zoekt ander werk dan %(work_fields)s."),
    "subject.open_to_all": N_("Het gaat om %(work_fields)s en staat open voor alle opleidingen."),
    "level.open_to_all": N_("Alle niveaus zijn welkom."),
    "level.all": N_("De school heeft het niveau dat u vraagt: %(levels)s."),
    "level.part": N_("De school zoekt ook iets voor %(missing)s. U vraagt %(levels)s."),
    "period.unknown.own": N_("U noemt nog geen periode."),
    "period.unknown.other": N_("De school noemt nog geen periode."),
    "period.unknown.both": N_("Er is nog geen periode genoemd."),
    "sessions.unknown.own": N_("U noemt nog geen dagen. Spreek samen een dag af."),
    "sessions.unknown.other": N_("De school noemt nog geen dagen. Spreek samen een dag af."),
    "sessions.unknown.both": N_("Er zijn nog geen dagen genoemd. Spreek samen een dag af."),
    "hours.unknown.own": N_("U noemt nog geen uren."),
    "hours.unknown.other": N_("De school noemt nog geen uren."),
    "hours.unknown.both": N_("Er zijn nog geen uren genoemd."),
    "capacity.unknown": N_("Het is nog niet bekend hoeveel ruimte er is."),
    "desk.quiet": N_("Uw loket heeft tijd voor deze vraag."),
    "desk.busy": N_("Uw loket heeft het druk."),
    "desk.full": N_("Uw loket heeft het heel druk."),
    "desk.unknown": N_("Hoe druk uw loket het heeft, weten we niet."),
    "hard.level": N_("De school zoekt iets voor %(levels)s. Dat niveau vraagt u niet."),
    "hard.track": N_("De school zoekt een plek voor %(tracks)s. Die biedt u niet."),
    "hard.capacity.own": N_("U heeft geen plek meer."),
    "hard.capacity.other": N_("De school zoekt niemand meer."),
}

Words = dict[str, object]


def _num(values: Words, name: str) -> int:
    return int(str(values[name]))


def _left(values: Words, kind: Kind) -> str:
    left = _num(values, "left")
    if group_of(kind) is KindGroup.SESSIONS:
        return ngettext("Het kan nog %(num)s keer.", "Het kan nog %(num)s keer.", left)
    return ngettext("Er is nog %(num)s plek.", "Er zijn nog %(num)s plekken.", left)


def _too_few(values: Words, kind: Kind) -> str:
    sought = ngettext("Gevraagd is er %(num)s.", "Gevraagd zijn er %(num)s.", _num(values, "sought"))
    return f"{_left(values, kind)} {sought}"


COUNTED: Mapping[str, Callable[[Words, Kind], str]] = {
    "period.partly": lambda values, kind: ngettext(
        "U heeft %(num)s week samen. Nodig: %(asked)s.",
        "U heeft %(num)s weken samen. Nodig: %(asked)s.",
        _num(values, "weeks"),
        asked=values["asked"],
    ),
    "period.apart": lambda values, kind: ngettext(
        "De periodes liggen %(num)s week uit elkaar.",
        "De periodes liggen %(num)s weken uit elkaar.",
        _num(values, "weeks"),
    ),
    "hours.offer_more": lambda values, kind: ngettext(
        "Het aanbod vraagt %(num)s uur per week meer.",
        "Het aanbod vraagt %(num)s uur per week meer.",
        _num(values, "gap"),
    ),
    "hours.offer_less": lambda values, kind: ngettext(
        "Het aanbod geeft %(num)s uur per week minder.",
        "Het aanbod geeft %(num)s uur per week minder.",
        _num(values, "gap"),
    ),
    "capacity.enough": _left,
    "capacity.part": _too_few,
}

HINTS: Mapping[str, str] = {
    "hint.state_period": N_("Noem een periode, bijvoorbeeld %(start)s tot en met %(end)s."),
    "hint.add_part": N_("Kies ook %(weekday)s (%(part)s)."),
    "hint.add_day": N_("Kies ook %(day)s (%(part)s)."),
    "hint.widen_hours": N_("Maak de uren ruimer: %(least)s tot %(most)s uur per week."),
    "hint.state_hours": N_("Noem de uren, bijvoorbeeld %(least)s tot %(most)s uur per week."),
    "hint.allow_online": N_("Laat een deel online toe."),
    "hint.allow_on_site": N_("Laat ook een deel op locatie toe."),
    "hint.add_level": N_("Vraag ook %(level)s."),
    "hint.add_study_field": N_("Vraag ook de opleiding %(study_field)s."),
    "hint.add_work_field": N_("Kies ook het werkveld %(work_field)s."),
}

SAME_HOURS: Mapping[str, str] = {
    "hours.fit": N_("De uren passen: %(most)s uur per week."),
    "hint.state_hours": N_("Noem de uren, bijvoorbeeld %(most)s uur per week."),
}
"""For one number of hours instead of a range."""


def _more_places(values: Words, kind: Kind) -> str:
    places = _num(values, "places")
    if group_of(kind) is KindGroup.SESSIONS:
        return ngettext("Maak ruimte voor %(num)s keer.", "Maak ruimte voor %(num)s keer.", places)
    return ngettext("Maak ruimte voor %(num)s plek.", "Maak ruimte voor %(num)s plekken.", places)


COUNTED_HINTS: Mapping[str, Callable[[Words, Kind], str]] = {
    "hint.start_later": lambda values, kind: ngettext(
        "Begin %(num)s week later.", "Begin %(num)s weken later.", _num(values, "weeks")
    ),
    "hint.start_earlier": lambda values, kind: ngettext(
        "Begin %(num)s week eerder.", "Begin %(num)s weken eerder.", _num(values, "weeks")
    ),
    "hint.end_later": lambda values, kind: ngettext(
        "Ga %(num)s week langer door.", "Ga %(num)s weken langer door.", _num(values, "weeks")
    ),
    "hint.one_more_place": _more_places,
}


def sentence(code: str, values: Values, *, party: Party, kind: Kind, names: Mapping[str, str] | None = None) -> str:
    """The sentence of a reason or exclusion for one side. `names` maps codes of fields (W22, 0731) to their names.

    Raises KeyError for a code the engine does not know.
    """
    words = in_words(values, names or {})
    if code in COUNTED:
        return COUNTED[code](words, kind)
    if code in FOR_BOTH:
        return gettext(_of_hours(code, words) or FOR_BOTH[code], **words)
    own_side = FOR_SCHOOL if party == Party.SCHOOL else FOR_MUNICIPALITY
    return gettext(own_side[code if code in own_side else f"{code}.{_whose(values, party, kind)}"], **words)


def hint_sentence(hint: Hint, *, kind: Kind, names: Mapping[str, str] | None = None) -> str:
    """What to change, and the score it then has: `Begin 2 weken later. Dan is het 84 van de 100.`"""
    words = in_words(hint.values, names or {})
    if hint.code in COUNTED_HINTS:
        change = COUNTED_HINTS[hint.code](words, kind)
    else:
        change = gettext(_of_hours(hint.code, words) or HINTS[hint.code], **words)
    then = gettext("Dan is het %(score)s van de 100.", score=whole_score(hint.score))
    return f"{change} {then}"


def criterion_name(criterion: Criterion, *, kind: Kind) -> str:
    """The name of a criterion above its bar. A lecture has a day and time, the rest a period."""
    if criterion is Criterion.PERIOD and group_of(kind) is KindGroup.SESSIONS:
        return gettext(DAY_AND_TIME)
    return gettext(CRITERIA[criterion])


def verdict_name(verdict: Verdict) -> str:
    """The fit in a word or two."""
    return gettext(VERDICTS[verdict])


def whole_score(score: float) -> int:
    """A score as pages show it: whole points, half up."""
    return int(score + 0.5)


def _of_hours(code: str, words: Words) -> str:
    """The text for one number of hours, when it is one."""
    return SAME_HOURS.get(code, "") if words.get("least") == words.get("most") else ""


def _whose(values: Values, party: Party, kind: Kind) -> str:
    """Whether what is missing or full is the reader's own, the other's, or both."""
    side = str(values.get("missing") or values.get("full"))
    if side == "both":
        return "both"
    asks = Party.MUNICIPALITY if kind is Kind.QUESTION else Party.SCHOOL
    return "own" if (side == "need") == (party == asks) else "other"
