"""Words in a posting that can be said plainer, and words that keep people away. A person decides."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    """Why another word is better."""

    OFFICIAL = "official"
    EXCLUDES = "excludes"


@dataclass(frozen=True, slots=True)
class Swap:
    """Words as they stand in the text, and what may stand there."""

    concern: Concern
    old: str
    new: str


_PLAINER = {
    "ten behoeve van": "voor",
    "met betrekking tot": "over",
    "middels": "met",
    "door middel van": "met",
    "teneinde": "om",
    "indien": "als",
    "alsmede": "en ook",
    "inzake": "over",
    "omtrent": "over",
    "conform": "volgens",
    "dient te": "moet",
    "dienen te": "moeten",
    "werkzaamheden": "werk",
    "in het kader van": "voor",
    "op basis van": "met",
    "zorg dragen voor": "zorgen voor",
    "draagt zorg voor": "zorgt voor",
    "integraal advies": "advies",
    "derhalve": "daarom",
    "reeds": "al",
    "tevens": "ook",
}
_WELCOMING = {
    "jong, dynamisch team": "team van zes collega's",
    "jonge, dynamische": "fijne",
    "jong en dynamisch": "prettig",
    "young professional": "starter",
    "stressbestendig": "rustig als het druk is",
    "native speaker": "iemand die de taal goed spreekt",
    "moedertaal nederlands": "goed Nederlands",
    "accentloos": "goed verstaanbaar",
    "perfecte beheersing van de nederlandse taal": "goed Nederlands",
    "fulltime beschikbaar": "in overleg beschikbaar",
    "rijbewijs verplicht": "bereid om te reizen",
    "schaap met vijf poten": "iemand die graag leert",
}
_KNOWN = {
    **{old: (Concern.OFFICIAL, new) for old, new in _PLAINER.items()},
    **{old: (Concern.EXCLUDES, new) for old, new in _WELCOMING.items()},
}
_FIND = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True)) + r")\b", re.IGNORECASE)
MOST = 5


def swaps(text: str) -> tuple[Swap, ...]:
    """What could be said otherwise, in the order of the text, each once, at most five."""
    found: dict[str, Swap] = {}
    for match in _FIND.finditer(text):
        concern, new = _KNOWN[match[0].lower()]
        written = new[0].upper() + new[1:] if match[0][0].isupper() else new
        found.setdefault(match[0].lower(), Swap(concern, match[0], written))
    return tuple(found.values())[:MOST]
