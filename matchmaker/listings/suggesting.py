"""Fields of work and study for a text, from the registers and the trade's own words. A person decides."""

from collections.abc import Iterable
from functools import cache

from matchmaker.dutch.lexicon import Lexicon, Programme, WorkField, lexicon
from matchmaker.dutch.suggest import Suggestion, suggest
from matchmaker.reference import crosswalk, programmes, work_fields
from matchmaker.vocabulary import Level

LIKELY_WORK = 60
LOWEST_WORK, MOST_WORK = 40, 4
LOWEST_STUDY, MOST_STUDY = 50, 5
"""On the demo's offers eight in ten of the fields of work that score 60 are right, half of those that score 40, and
half of the fields of study that score 50. So the first are ticked beforehand and the others only stand on top. The
demo's texts were read while the words of the trade were written: on new texts it is somewhat less."""


@cache
def known() -> Lexicon:
    """Everything suggestions are made from, gathered once in a process."""
    return lexicon(
        (WorkField(field.code, field.name_nl, (*field.search_words, *field.teams)) for field in work_fields()),
        (
            Programme(each.name, each.isced, (each.name_en, *each.search_words), _levels(each.levels))
            for each in programmes()
        ),
        crosswalk(),
    )


def _levels(levels: Iterable[Level]) -> tuple[str, ...]:
    """Of the levels of the register the three a text speaks of; an associate degree is hbo."""
    named = (level.value.partition("_")[0].rstrip("1234") for level in levels)
    return tuple(sorted({"hbo" if name == "ad" else name for name in named}))


def suggestion(title: str, text: str, *, kind: str = "") -> Suggestion:
    """All a text may be about, best first, also what is hardly likely."""
    return suggest(title, text, known(), kind)


def worth_showing(title: str, text: str) -> Suggestion:
    """What is likely enough to lay before a writer: at most four fields of work and five of study."""
    found = suggestion(title, text)
    return Suggestion(
        tuple(each for each in found.work_fields if each.score >= LOWEST_WORK)[:MOST_WORK],
        tuple(each for each in found.study_fields if each.score >= LOWEST_STUDY)[:MOST_STUDY],
    )


def suggested_work_fields(title: str, text: str) -> list[str]:
    """Codes of the fields of work a text may be about, likeliest first, at most four."""
    return [each.code for each in worth_showing(title, text).work_fields]


def likely_work_fields(title: str, text: str) -> list[str]:
    """Those of them that are likely enough to tick beforehand."""
    return [each.code for each in worth_showing(title, text).work_fields if each.score >= LIKELY_WORK]


def suggested_study_fields(title: str, text: str) -> list[str]:
    """Codes (four digits) of the fields of study a text fits, likeliest first, at most five."""
    return [each.code for each in worth_showing(title, text).study_fields]
