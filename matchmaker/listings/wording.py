"""Words in a posting that can be said plainer, and words that keep people away. A person decides."""

import re
from dataclasses import dataclass

from matchmaker.dutch.welcoming import Excludes, unwelcoming


@dataclass(frozen=True, slots=True)
class Swap:
    """Words as they stand in the text, and what may stand there. `excludes` says whom it keeps away, if anyone."""

    old: str
    new: str
    excludes: Excludes | None = None


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
    "ten aanzien van": "over",
    "naar aanleiding van": "door",
    "aangaande": "over",
    "betreffende": "over",
    "echter": "maar",
    "hieromtrent": "hierover",
    "gedurende": "tijdens",
    "in de vorm van": "als",
    "te allen tijde": "altijd",
    "trachten": "proberen",
    "aanvangen": "beginnen",
    "geschieden": "gebeuren",
    "voornemens": "van plan",
    "stakeholders": "betrokkenen",
    "faciliteren": "helpen",
    "implementeren": "invoeren",
    "ter beschikking stellen": "geven",
    "zodoende": "zo",
    "desgewenst": "als u wilt",
    "uiterlijk": "niet later dan",
}
_FIND = re.compile(
    r"(?<!verklaring )(?<!verklaringen )\b("
    + "|".join(sorted(map(re.escape, _PLAINER), key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
MOST = 5


def swaps(text: str) -> tuple[Swap, ...]:
    """What could be said otherwise, in the order of the text, each once, at most five; what keeps people away first."""
    away = [(each.start, Swap(each.old, each.new, each.why)) for each in unwelcoming(text)]
    plain = [(match.start(), Swap(match[0], _as_written(match[0]))) for match in _FIND.finditer(text)]
    once: dict[str, tuple[int, Swap]] = {}
    for start, swap in (*away, *plain):
        once.setdefault(swap.old.lower(), (start, swap))
    return tuple(swap for _, swap in sorted(list(once.values())[:MOST], key=lambda each: each[0]))


def _as_written(old: str) -> str:
    new = _PLAINER[old.lower()]
    return new[0].upper() + new[1:] if old[0].isupper() else new
