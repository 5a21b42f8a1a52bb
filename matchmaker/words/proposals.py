"""What is stored with a proposal, in words: names of fields, the reason per criterion, what would raise the fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.engine.assessment import Verdict, verdict_of
from matchmaker.engine.findings import Criterion
from matchmaker.engine.hints import Hint
from matchmaker.matches.models import Match
from matchmaker.vocabulary import SIDES_OF_THE_DESK, Kind, Party
from matchmaker.words.field_names import field_names
from matchmaker.words.language import gettext
from matchmaker.words.reasons import criterion_name, hint_sentence, sentence, verdict_name, whole_score

STRENGTH = {Verdict.GOOD: 3, Verdict.FAIR: 2, Verdict.MAYBE: 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as the page draws it: `strength` 1 to 3 with its word, the whole score, reasons and hints."""

    strength: int
    word: str
    score: int
    reasons: list[dict[str, object]]
    raises: list[dict[str, object]]


def show(match: Match, *, reader: Party) -> Shown:
    """A stored proposal for one side. Only for a match with a score."""
    verdict = verdict_of(match.score or 0)
    return Shown(
        strength=STRENGTH[verdict],
        word=verdict_name(verdict),
        score=whole_score(match.score or 0),
        reasons=reasons_of(match.reasons, kind=match.kind, reader=reader),
        raises=hints_of(match, reader=reader),
    )


def reasons_of(reasons: Sequence[Mapping[str, Any]], *, kind: Kind, reader: Party) -> list[dict[str, object]]:
    """Per criterion its name, share, score and sentence, the heaviest first."""
    names = field_names()
    return [
        {
            "name": criterion_name(Criterion(reason["criterion"]), kind=kind),
            "weight": gettext("telt voor %(share)s%%", share=round(100 * reason["weight"])),
            "value": reason["score"],
            "reason": sentence(reason["code"], reason["values"], party=_side(reader), kind=kind, names=names),
        }
        for reason in sorted(reasons, key=lambda each: -each["weight"])
    ]


def hints_of(match: Match, *, reader: Party) -> list[dict[str, object]]:
    """The one change each side can make, the reader's own first."""
    own = _side(reader)
    order = [own, *(each for each in SIDES_OF_THE_DESK if each is not own)]
    shown = []
    for party in order:
        stored = match.hints.get(party.value)
        if stored:
            hint = Hint(stored["code"], stored["values"], stored["score"], stored["gain"])
            shown.append(
                {
                    "who": _whose(party, own),
                    "sign": "school" if party is Party.SCHOOL else "landmark",
                    "before": whole_score(match.score or 0),
                    "after": whole_score(hint.score),
                    "text": hint_sentence(hint, kind=match.kind, names=field_names()),
                }
            )
    return shown


def _side(reader: Party) -> Party:
    """The side of the desk a reader stands on: colleagues with their municipality, visitors with the schools."""
    return Party.MUNICIPALITY if reader in {Party.MUNICIPALITY, Party.COLLEAGUE} else Party.SCHOOL


def _whose(party: Party, own: Party) -> str:
    if party is own:
        return gettext("Voor u")
    return gettext("Voor de school") if party is Party.SCHOOL else gettext("Voor de gemeente")
