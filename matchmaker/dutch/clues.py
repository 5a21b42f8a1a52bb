"""Finding clues in a text: the longest phrase at each place, a word inside a longer word, a study that is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchmaker.dutch.compounds import split
from matchmaker.dutch.lexicon import LINKING_WORDS, SHORTEST_HEAD, Key, Lexicon
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import FUNCTION_WORDS, POSTING_WORDS
from matchmaker.dutch.tokens import sentences, words

WHOLE, PART, HEAD, TAIL = 1.0, 0.6, 0.6, 0.5
"""How much a clue counts: written so, a known part of a compound, the start of a longer word, the end of one."""

IN_ANY_POSTING = 0.25
"""How much a word counts that nearly every posting has."""

SHORTEST_REST = 4
"""Letters. What is left of a word beside its head or tail must itself be long enough to be a word."""

_LINKS = ("", "s", "en", "n", "e")
_ENDINGS = frozenset(
    {"lijk", "lijke", "lijks", "lijkheid", "loos", "loze", "heid", "heden", "achtig", "achtige", "ingen"}
)
_ABOUT_STUDY = re.compile(
    r"""^(?:
        student\w* | stude(?:er|ren)\w* | studies? | studierichting\w* | stagiair\w* | leerling\w* | trainee |
        opleiding\w* | hbo | mbo | wo | ad | bachelor\w* | master\w* | minor\w* | major | honours\w* |
        (?:eerste|tweede|derde|vierde|laatste)?jaars | jaar | afgestudeerd\w* | afstudeer\w* | scriptie | diploma |
        hogeschool | universitei\w+ | universitaire? | faculteit | academie | docent\w* | achtergrond |
        vakgebied\w* | vakken | vak | degree | programme | studying | university | school
    )$""",
    re.VERBOSE,
)
_LEARNER = re.compile(
    r"^(\w{3,}?)s?(?:student(?:en|e)?|studie|opleiding(?:en)?|stagiaire?s?|faculteit|minor|master|bachelor|stages?)$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A clue in a text. `weight` is how it is written there; `about_study` when its sentence speaks of studying."""

    key: Key
    written: str
    weight: float
    about_study: bool


def clues_in(text: str, known: Lexicon) -> Iterator[Found]:
    """The clues of a text in its order. A word counts in one clue only: the longest that fits."""
    for sentence in sentences(text):
        plain = [word for word in words(sentence) if word not in LINKING_WORDS]
        yield from _in_sentence(plain, known, any(map(_ABOUT_STUDY.match, plain)))


def _in_sentence(plain: list[str], known: Lexicon, about_study: bool) -> Iterator[Found]:
    stems = [stem(word) for word in plain]
    position = 0
    while position < len(plain):
        length = _longest_at(stems, position, known)
        if length > 1 or (length and plain[position] not in FUNCTION_WORDS):
            key = tuple(stems[position : position + length])
            weight = IN_ANY_POSTING if length == 1 and key[0] in POSTING_WORDS else WHOLE
            yield Found(key, " ".join(plain[position : position + length]), weight, about_study)
        elif not length:
            yield from _within(plain[position], known, about_study)
        position += length or 1


def _longest_at(stems: list[str], position: int, known: Lexicon) -> int:
    for length in known.lengths.get(stems[position], ()):
        if position + length <= len(stems) and tuple(stems[position : position + length]) in known.clues:
            return length
    return 0


def _within(word: str, known: Lexicon, about_study: bool) -> Iterator[Found]:
    """Clues inside a word that is none itself: rechten|student, riolering|s|tekeningen, wijk|raad."""
    learner = _LEARNER.match(word)
    studied: Key = (stem(learner[1]),) if learner else ()
    if studied in known.clues:
        yield Found(studied, word, WHOLE, about_study=True)
        return
    for key, weight in dict(_pieces(word, known)).items():
        yield Found(key, word, weight, about_study)


def _pieces(word: str, known: Lexicon) -> Iterator[tuple[Key, float]]:
    """A clue at the start of a word and one at its end, else the parts of a compound whose every part is known."""
    if len(word) < SHORTEST_HEAD + SHORTEST_REST:
        return
    head, tail = _head(word, known), _tail(word, known)
    if head:
        yield head, HEAD
    if tail and tail != head:
        yield tail, TAIL
    if not head and not tail:
        parts = [(stem(part),) for part in split(word)]
        yield from ((key, PART) for key in parts if len(parts) > 1 and key in known.clues)


def _head(word: str, known: Lexicon) -> Key | None:
    for length in range(len(word) - SHORTEST_REST, SHORTEST_HEAD - 1, -1):
        key = known.heads.get(word[:length])
        if key and not any(word[length:].removeprefix(link) in _ENDINGS for link in _LINKS):
            return key
    return None


def _tail(word: str, known: Lexicon) -> Key | None:
    for start in range(SHORTEST_REST, len(word) - SHORTEST_HEAD + 1):
        key = known.heads.get(word[start:])
        if key:
            return key
    return None
