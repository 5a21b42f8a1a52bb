"""What a posting is about, as a weighted bag of stems that two texts can be compared by."""

import math
from collections import defaultdict

from matchmaker.dutch.compounds import split
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import FUNCTION_WORDS, POSTING_WORDS
from matchmaker.dutch.synonyms import subjects
from matchmaker.dutch.tokens import fold, surface_words, words

TITLE_COUNTS = 3.0
PART_COUNTS = 0.5
SUBJECT_COUNTS = 1.5
POSTING_WORD_COUNTS = 0.2
MOST_TERMS = 60
HUNDREDTHS = 100


def terms(title: str, text: str) -> dict[str, int]:
    """The terms of a posting: stem to weight, heaviest first, at most 60, equal weights in alphabetical order.

    Each word counts once in the text and three times in the title; a part of a compound counts for half, a subject of
    the trade (`Wmo`, also when written in full) for one and a half, a word nearly every posting has for a fifth. The
    weight of a term is ln(1 + its count) in whole hundredths, so repeating a word helps less and less. Function words
    and bare numbers are left out. The dimension is none: only proportions between weights matter (the engine takes the
    cosine). Whole numbers make every sum of products exact, in whatever order it is taken.
    """
    counts: dict[str, float] = defaultdict(float)
    for part, factor in ((title, TITLE_COUNTS), (text, 1.0)):
        for term, count in _counted(part).items():
            counts[term] += count * factor
    weighted = {
        term: round(HUNDREDTHS * math.log1p(count) * (POSTING_WORD_COUNTS if term in POSTING_WORDS else 1.0))
        for term, count in counts.items()
    }
    heaviest = sorted(weighted.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS]
    return dict(heaviest)


def written_as(title: str, text: str) -> dict[str, str]:
    """How each term was first written, so that a reason can show "vergunningen" and not the stem "vergunn".

    A subject of the trade that is written in full is shown by its short name.
    """
    found: dict[str, str] = {}
    for surface in (*surface_words(title), *surface_words(text)):
        plain = fold(surface)
        if plain in FUNCTION_WORDS:
            continue
        shown = surface if surface.isupper() or (len(surface) <= 4 and surface != plain) else surface.lower()
        found.setdefault(stem(plain), shown)
        for part in split(plain):
            found.setdefault(stem(part), part)
    for part in (title, text):
        for _, _, short in subjects(stems_of(part)):
            found.setdefault(stem(short), short)
    return found


def stems_of(text: str) -> list[str]:
    """The stems of a text in order, function words included: phrases are looked up in this row."""
    return [stem(word) for word in words(text)]


def _counted(text: str) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    plain_words = words(text)
    for word in plain_words:
        if word in FUNCTION_WORDS or word.isdigit() or len(word) < 2:
            continue
        counts[stem(word)] += 1.0
        parts = split(word)
        if len(parts) > 1:
            for part in parts:
                counts[stem(part)] += PART_COUNTS
    for _, _, short in subjects([stem(word) for word in plain_words]):
        counts[stem(short)] += SUBJECT_COUNTS
    return counts
