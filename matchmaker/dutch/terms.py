"""What a posting is about, as a weighted bag of stems that two texts can be compared by."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.dutch.compounds import split
from matchmaker.dutch.remembered import Remembered
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
    """A text that was read once, for all that is made of it: how often each word stands there, folded, without function
    words; and the short names of the subjects of the trade in it, each as often as it stands there.
    """

    words: Mapping[str, int]
    subjects: Sequence[str]


def read(text: str) -> Reading:
    """The words and subjects of a text; only its first 20,000 characters count."""
    plain = words(text)
    counted = Counter([word for word in plain if word not in FUNCTION_WORDS])
    return Reading(counted, [short for _, _, short in subjects([_STEMS[word] for word in plain])])


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
        for word, times in part.words.items():
            for term, count in _COUNTS[word]:
                counts[term] += count * times * factor
        for short in part.subjects:
            counts[stem(short)] += SUBJECT_COUNTS * factor
    weights = {
        term: (_WEIGHTS_OF_POSTING_WORDS if term in POSTING_WORDS else _WEIGHTS)[counts[term]]
        for term in sorted(counts)
    }
    heaviest = sorted(weights, key=weights.__getitem__, reverse=True)[:MOST_TERMS]
    return {term: weights[term] for term in heaviest}


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


def _counts_for(word: str) -> tuple[tuple[str, float], ...]:
    """The terms one word counts for: its stem, and of a compound its parts. A single letter and a bare number
    count for none. All counts are exact in binary.
    """
    if word.isdigit() or len(word) < 2:
        return ()
    parts = split(word)
    return (stem(word), 1.0), *((stem(part), PART_COUNTS) for part in parts if len(parts) > 1)


_STEMS = Remembered(stem, 65_536)
_COUNTS = Remembered(_counts_for, 65_536)
_WEIGHTS: Remembered[float, int] = Remembered(lambda count: round(HUNDREDTHS * math.log1p(count)), 4_096)
_WEIGHTS_OF_POSTING_WORDS: Remembered[float, int] = Remembered(
    lambda count: round(HUNDREDTHS * math.log1p(count) * POSTING_WORD_COUNTS), 4_096
)
