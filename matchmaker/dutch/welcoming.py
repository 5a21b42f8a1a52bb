"""Words in a posting that keep people away, with a better word and why.

From public knowledge on inclusive notices: Gaucher, Friesen and Kay, "Evidence that gendered wording in job
advertisements exists and sustains gender inequality" (2011), and what the Dutch institute for human rights (College
voor de Rechten van de Mens) publishes on age, origin and health in notices. A rule looks at whole words, and at the
words around them where the word alone is innocent: "jong" may be a tree. A person decides.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Excludes(StrEnum):
    """Why a word keeps people away."""

    AGE = "age"
    GENDER = "gender"
    LANGUAGE = "language"
    ORIGIN = "origin"
    HEALTH = "health"
    PRESSURE = "pressure"
    MEANS = "means"
    SCHOOLING = "schooling"


@dataclass(frozen=True, slots=True)
class Unwelcoming:
    """Words as they stand in the text from `start`, what may stand there, and why."""

    start: int
    old: str
    new: str
    why: Excludes


_AGE = {
    r"jonge?(?: en|,)? dynamische? team": "fijn team",
    r"jonge?(?: en|,)? dynamische?": "prettig",
    r"jonge?,? (?:en )?enthousiaste? (?=team|club|collega)": "enthousiast ",
    r"jonge hond(?:en)?": "iemand die graag leert",
    r"young (?:professional|potential)s?": "starter",
    r"digital native": "iemand die handig is met de computer",
    r"(?:tot |van )?(?:maximaal|hoogstens|niet ouder dan|jonger dan) (?:2\d|3\d|4\d) jaar": "van elke leeftijd",
    r"(?:leeftijd )?tussen de (?:1[6-9]|2\d) en (?:2\d|3\d)(?: jaar)?(?= oud|\b)": "van elke leeftijd",
    r"bejaarden?": "ouderen",
}
_GENDER = {
    r"hij(?: of |/)zij": "die persoon",
    r"zij(?: of |/)hij": "die persoon",
    r"hem(?: of |/)haar": "die persoon",
    r"zijn(?: of |/)haar": "diens",
    r"\(?m/v\)?(?!/x)": "(m/v/x)",
    r"brandweerman": "brandweermens",
    r"brandweermannen": "brandweermensen",
    r"politieman": "politiemens",
    r"politiemannen": "politiemensen",
    r"vakman": "vakmens",
    r"vakmannen": "vakmensen",
    r"manpower|mankracht": "menskracht",
    r"manuren": "uren werk",
    r"secretaresses?": "secretarieel medewerker",
    r"poetsvrouw(?:en)?|schoonmaakster": "schoonmaker",
    r"gastvrouw(?:en)?(?! of gastheer)(?<!gastheer of gastvrouw)(?<!gastheren en gastvrouwen)": "ontvangstmedewerker",
    r"leidsters?": "pedagogisch medewerker",
    r"stoere jongens|dames en heren": "mensen",
    r"onze mannen|de mannen van|onze jongens": "de collega's van",
}
_LANGUAGE = {
    r"native speakers?": "iemand die de taal goed spreekt",
    r"moedertaal(?:spreker)?(?: is)?(?: het)? nederlands(?:e)?|nederlands als moedertaal": "goed Nederlands",
    r"moedertaalsprekers?": "iemand die de taal goed spreekt",
    r"accentloos|accentvrij|zonder accent": "goed verstaanbaar",
    r"(?:perfect|vlekkeloos|foutloos|accentloos) nederlands": "goed Nederlands",
    r"(?:perfecte|uitstekende) beheersing van (?:de nederlandse taal|het nederlands)": "goed Nederlands",
}
_ORIGIN = {
    r"(?:in het bezit van )?(?:de )?nederlandse nationaliteit": "een verblijf waarmee u mag werken",
    r"allochton(?:en|e)|allochtoon": "mensen met een migratieachtergrond",
    r"autochton(?:en|e)|autochtoon": "mensen zonder migratieachtergrond",
    r"niet-westerse?(?: achtergrond| allochtonen| migratieachtergrond)?": "met een migratieachtergrond",
    r"illegalen": "mensen zonder verblijfspapieren",
}
_HEALTH = {
    r"stressbestendige?": "rustig als het druk is",
    r"(?:lichamelijk |psychisch |geestelijk )(?:gezond|fit|stabiel|sterk)": "geschikt voor dit werk",
    r"goede (?:lichamelijke )?(?:gezondheid|conditie)|topfit|in topconditie": "geschikt voor dit werk",
    r"invaliden?": "mensen met een beperking",
    r"gehandicapten": "mensen met een beperking",
}
_PRESSURE = {
    r"(?:geen |niet van de )?9[- ]tot[- ]5[- ]?(?:mentaliteit|baan|type)?": "wisselende uren",
    r"work hard,? play hard": "hard werken en plezier",
    r"24/7(?: bereikbaar| beschikbaar)?": "op afgesproken uren bereikbaar",
    r"altijd bereikbaar": "op afgesproken uren bereikbaar",
    r"fulltime beschikbaar": "in overleg beschikbaar",
    r"schaap met (?:de )?vijf poten": "iemand die graag leert",
    r"duizendpoot": "iemand die van afwisseling houdt",
    r"rockstar|ninja|superheld": "collega",
    r"(?:sterke )?competitieve(?: instelling| geest| persoonlijkheid)": "inzet",
    r"olifantenhuid|dikke huid": "steun van collega's",
    r"no[- ]nonsense(?:[- ]mentaliteit)?": "duidelijk",
    r"vrijmibo": "afsluiting van de week",
}
_MEANS = {
    r"(?:in (?:het )?bezit van (?:een )?)?(?:geldig )?rijbewijs(?: b)? (?:is )?(?:verplicht|vereist|noodzakelijk)": (
        "bereid om te reizen"
    ),
    r"in (?:het )?bezit van (?:een )?(?:geldig )?rijbewijs(?: b)?": "bereid om te reizen",
    r"eigen (?:auto|vervoer)": "bereid om te reizen",
    r"eigen laptop": "een laptop, of een van ons",
    r"onbetaalde overuren": "uren in overleg",
}
_SCHOOLING = {
    r"laag ?opgeleiden?|lager opgeleiden?|laagopgeleide": "praktisch opgeleid",
    r"hoog ?opgeleiden?|hoger opgeleiden?|hoogopgeleide": "theoretisch opgeleid",
    r"(?:slechts|maar|alleen maar) mbo": "mbo",
    r"(?:minimaal|ten minste) hbo werk- en denkniveau": "u kunt dit werk aan",
}
_GROUPS = {
    Excludes.AGE: _AGE,
    Excludes.GENDER: _GENDER,
    Excludes.LANGUAGE: _LANGUAGE,
    Excludes.ORIGIN: _ORIGIN,
    Excludes.HEALTH: _HEALTH,
    Excludes.PRESSURE: _PRESSURE,
    Excludes.MEANS: _MEANS,
    Excludes.SCHOOLING: _SCHOOLING,
}
_RULES = tuple(
    (re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), new, why)
    for why, rules in _GROUPS.items()
    for pattern, new in rules.items()
)
_WHOEVER_COMES = re.compile(
    r"\b(?:de|een) (?:ideale )?(?:kandidaat|student|stagiair|trainee|leerling)\b[^.!?\n]{0,80}?\b(?:hij|hem)\b",
    re.IGNORECASE,
)


def unwelcoming(text: str) -> tuple[Unwelcoming, ...]:
    """Every place where words may keep people away, in the order of the text; places never overlap."""
    found = [
        Unwelcoming(match.start(), match[0], _as_written(match[0], new), why)
        for rule, new, why in _RULES
        for match in rule.finditer(text)
    ]
    found += [
        Unwelcoming(match.start(), match[0], f"{match[0][:-3]}die", Excludes.GENDER)
        for match in _WHOEVER_COMES.finditer(text)
    ]
    return _apart(sorted(found, key=lambda each: (each.start, -len(each.old))))


def _as_written(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _apart(found: list[Unwelcoming]) -> tuple[Unwelcoming, ...]:
    kept: list[Unwelcoming] = []
    for each in found:
        if not kept or each.start >= kept[-1].start + len(kept[-1].old):
            kept.append(each)
    return tuple(kept)
