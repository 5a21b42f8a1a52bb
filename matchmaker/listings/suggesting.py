"""Fields of work and study for a text, from the registers and the trade's own words. A person decides."""

from functools import cache

from matchmaker.dutch import suggest as dutch
from matchmaker.reference import crosswalk, programmes, work_fields

LOWEST_WORK, MOST_WORK = 50, 3
LOWEST_STUDY, MOST_STUDY = 20, 5
"""On the demo's offers six in ten suggested fields of work are right. Fields of study are right one in four times, so
they are shown to be ticked and never ticked beforehand."""


@cache
def _known() -> dutch.Lexicon:
    return dutch.lexicon(
        (dutch.WorkField(field.code, field.name_nl, (*field.search_words, *field.teams)) for field in work_fields()),
        (dutch.Programme(programme.name, programme.isced) for programme in programmes()),
        crosswalk(),
    )


def suggested_work_fields(title: str, text: str) -> list[str]:
    """Codes of the fields of work a text is about, likeliest first, at most three."""
    found = dutch.suggest(title, text, _known()).work_fields
    return [each.code for each in found if each.score >= LOWEST_WORK][:MOST_WORK]


def suggested_study_fields(title: str, text: str) -> list[str]:
    """Codes (four digits) of the fields of study a text fits, likeliest first, at most five."""
    found = dutch.suggest(title, text, _known()).study_fields
    return [each.code for each in found if each.score >= LOWEST_STUDY][:MOST_STUDY]
