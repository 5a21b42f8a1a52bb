"""An estimate of how hard a Dutch text is to read.

Formula: Flesch-Douma, the Dutch version of Flesch's Reading Ease by W.H. Douma, "De leesbaarheid van
landbouwbladen" (1960): 206.84 - 0.93 x words per sentence - 77 x syllables per word. Syllables are counted as groups of
vowels. The bands below are our own reading of the scale; B1 begins where Douma's scale says "standard" (60).
A formula sees sentence and word length only: it is a proxy and no judgement of whether a text is clear.
"""

import re
from dataclasses import dataclass

from matchmaker.dutch.tokens import sentences, words

BANDS: tuple[tuple[float, str], ...] = (
    (75.0, "A2"),
    (60.0, "B1"),
    (45.0, "B2"),
    (30.0, "C1"),
)
"""Lowest ease of each level, easiest first. Below the last it is C2."""

LONG_SENTENCE = 20
"""Words in a sentence above which a writer is advised to split it."""

LONG_WORD = 14
"""Letters in a word above which a writer is advised to look for a shorter one."""

FEWEST_WORDS = 20
"""Below this many words the formula says nothing."""

_VOWELS = re.compile(r"ij|[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """`ease` runs from about 0 (hard) to 100 (easy); `level` is None when the text is too short to say."""

    ease: float
    level: str | None
    words: int
    sentences: int
    words_per_sentence: float
    syllables_per_word: float
    long_sentences: tuple[str, ...]
    long_words: tuple[str, ...]

    @property
    def is_b1(self) -> bool:
        """B1 or easier."""
        return self.level in {"A2", "B1"}


def syllables(word: str) -> int:
    """Syllables of a folded word, at least one. An estimate: each group of vowels counts as one."""
    return max(1, len(_VOWELS.findall(word)))


def reading(text: str) -> Reading:
    """Measure a text. Empty text gives zeros and no level."""
    found = sentences(text)
    counted = [words(sentence) for sentence in found]
    total = sum(map(len, counted))
    if total == 0:
        return Reading(0.0, None, 0, 0, 0.0, 0.0, (), ())
    per_sentence = total / len(counted)
    per_word = sum(syllables(word) for row in counted for word in row) / total
    ease = round(206.84 - 0.93 * per_sentence - 77.0 * per_word, 1)
    return Reading(
        ease=ease,
        level=_level(ease) if total >= FEWEST_WORDS else None,
        words=total,
        sentences=len(counted),
        words_per_sentence=round(per_sentence, 1),
        syllables_per_word=round(per_word, 2),
        long_sentences=tuple(
            sentence for sentence, row in zip(found, counted, strict=True) if len(row) > LONG_SENTENCE
        ),
        long_words=tuple(dict.fromkeys(word for row in counted for word in row if len(word) > LONG_WORD)),
    )


def _level(ease: float) -> str:
    return next((level for lowest, level in BANDS if ease >= lowest), "C2")
