"""What a text already says in so many words: hours, a start, an allowance, who helps."""

import re

_MONTH = (
    "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|zomer|voorjaar|najaar|winter)"
)
_NUMBER = (
    r"(?:\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|twintig|dertig|half|halve|anderhalf)"
    r"(?:(?: tot | à |-)\d+)?"
)
_LEARNERS = "(?:studenten|leerlingen|deelnemers)"

_SAID: dict[str, tuple[str, ...]] = {
    "levels": ("v?mbo", "hbo", "wo", "havo", "vwo", "bachelor", "master", "associate degree", r"universitair\w*"),
    "hours_min": (
        rf"{_NUMBER} (?:uur|uren|dagen?)(?: werk)? (?:per|in de|op een) week",
        r"\d\d(?:(?:-| tot | à )\d\d)? uur",
        "fulltime",
    ),
    "starts_on": (
        rf"(?:vanaf|start\w*|begin\w*|per|in|tussen|na)\b[^.\n]{{0,25}}\b{_MONTH}",
        rf"\d{{1,2}} {_MONTH}",
        "(?:blok|periode|kwartaal|semester) [1-4]",
    ),
    "duration_weeks": (rf"{_NUMBER} (?:weken|maanden|maand|jaar|semesters?|blok(?:ken)?)",),
    "allowance_min": ("(?:stage)?vergoeding", r"\d+ euro", "loon", "salaris"),
    "supervisor_title": (
        "begeleid(?:er|ers|ster|t|ing|en)?",
        "werkbegeleider",
        "mentor",
        "praktijkopleider",
        "coach",
        "buddy",
    ),
    "group_size": (rf"{_NUMBER} {_LEARNERS}", rf"(?:groep(?:en|jes)?|klas) van {_NUMBER}"),
    "minutes": (rf"{_NUMBER} (?:minuten|uur|uren|kwartier)", "uurtje", "dagdeel", "halve dag"),
    "slots": ("(?:maan|dins|woens|donder|vrij)dag(?:en|s)?(?:ochtend|middag|avond)?(?:en)?",),
    "meetings_per_year": (rf"{_NUMBER} keer per jaar",),
    "term_years": (rf"{_NUMBER} jaar",),
    "ects": (r"\d+(?:[.,]\d)? (?:ec|ects|studiepunten)",),
}
_FIND = {name: re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE) for name, ways in _SAID.items()}


def mentioned(text: str) -> frozenset[str]:
    """What a text speaks of, by the names of the fields of a posting that ask the same."""
    return frozenset(name for name, pattern in _FIND.items() if pattern.search(text))
