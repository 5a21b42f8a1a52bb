"""Fields of work and study for a text, from the registers and the trade's own words. A person decides."""

from functools import cache

from matchmaker.dutch import suggest as dutch
from matchmaker.reference import crosswalk, programmes, work_fields

LIKELY_WORK = 50
LOWEST_WORK, MOST_WORK = 30, 4
LOWEST_STUDY, MOST_STUDY = 20, 5
"""On the demo's offers six in ten fields of work that score 50 are right, four in ten that score 30, and one in four
fields of study. So the first are ticked beforehand and the others only stand on top."""


@cache
def _known() -> dutch.Lexicon:
    return dutch.lexicon(
        (dutch.WorkField(field.code, field.name_nl, (*field.search_words, *field.teams)) for field in work_fields()),
        (dutch.Programme(programme.name, programme.isced) for programme in programmes()),
        crosswalk(),
    )


def suggested_work_fields(title: str, text: str) -> list[str]:
    """Codes of the fields of work a text may be about, likeliest first, at most four."""
    found = dutch.suggest(title, text, _known()).work_fields
    return [each.code for each in found if each.score >= LOWEST_WORK][:MOST_WORK]


def likely_work_fields(title: str, text: str) -> list[str]:
    """Those of them that are likely enough to tick beforehand."""
    found = dutch.suggest(title, text, _known()).work_fields
    return [each.code for each in found if each.score >= LIKELY_WORK][:MOST_WORK]


def suggested_study_fields(title: str, text: str) -> list[str]:
    """Codes (four digits) of the fields of study a text fits, likeliest first, at most five."""
    found = dutch.suggest(title, text, _known()).study_fields
    return [each.code for each in found if each.score >= LOWEST_STUDY][:MOST_STUDY]
