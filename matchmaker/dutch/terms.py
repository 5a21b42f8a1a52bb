"""What a posting is about, as a weighted bag of stems that two texts can be compared by."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read once, for all that is made of it: its words in order, folded, the stem of each, and the
    short names of the subjects of the trade in it, each as often as it stands there.
    """

    words: list[str]
    stems: list[str]
    subjects: list[str]


def read(text: str) -> Reading:
    """The words, stems and subjects of a text; only its first 20,000 characters count."""
    plain = words(text)
    stems = list(map(stem, plain))
    return Reading(plain, stems, [short for _, _, short in subjects(stems)])


def terms(title: str, text: str) -> dict[str, int]:
    """The terms of a posting, see `terms_of`."""
    return terms_of(read(title), read(text))


def terms_of(title: Reading, text: Reading) -> dict[str, int]:
    """The terms of a posting: stem to weight, heaviest first, at most 60, equal weights in alphabetical order.

    Each word counts once in the text and three times in the title; a part of a compound counts for half, a subject of
    the trade (`Wmo`, also when written in full) for one and a half, a word nearly every posting has for a fifth. The
    weight of a term is ln(1 + its count) in whole hundredths, so repeating a word helps less and less. Function words
    and bare numbers are left out. The dimension is none: only proportions between weights matter (the engine takes the
    cosine). Whole numbers make every sum of products exact, in whatever order it is taken.
    """
    counts: dict[str, float] = defaultdict(float)
    for part, factor in ((title, TITLE_COUNTS), (text, 1.0)):
        for word, times in Counter(part.words).items():
            for term, count in _counts_for(word):
                counts[term] += count * times * factor
        for short in part.subjects:
            counts[stem(short)] += SUBJECT_COUNTS * factor
    weighted = [(-_weight(count, term in POSTING_WORDS), term) for term, count in counts.items()]
    weighted.sort()
    return {term: -weight for weight, term in weighted[:MOST_TERMS]}


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


@lru_cache(maxsize=65_536)
def _counts_for(word: str) -> tuple[tuple[str, float], ...]:
    """The terms one word counts for: its stem, and of a compound its parts. All counts are exact in binary."""
    if word in FUNCTION_WORDS or word.isdigit() or len(word) < 2:
        return ()
    parts = split(word)
    return (stem(word), 1.0), *((stem(part), PART_COUNTS) for part in parts if len(parts) > 1)


@lru_cache(maxsize=4_096)
def _weight(count: float, in_every_posting: bool) -> int:
    return round(HUNDREDTHS * math.log1p(count) * (POSTING_WORD_COUNTS if in_every_posting else 1.0))
