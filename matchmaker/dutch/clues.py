"""Finding clues in a text: the longest phrase at each place, a word inside a longer word, a study that is named."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matchmaker.dutch.compounds import split
from matchmaker.dutch.lexicon import LINKING_WORDS, SHORTEST_HEAD, Key, Lexicon
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import FUNCTION_WORDS, POSTING_WORDS
from matchmaker.dutch.tokens import sentences, surface_words, words

WHOLE, PART, HEAD, TAIL = 1.0, 0.6, 0.6, 0.5
"""How much a clue counts: written so, a known part of a compound, the start of a longer word, the end of one."""

IN_ANY_POSTING = 0.25
"""How much a word counts that nearly every posting has."""

NEAR = 2
"""Words. So far before a study the word may stand that says someone studies it."""

SHORTEST_REST = 4
"""Letters. What is left of a word beside its head or tail must itself be long enough to be a word."""

_LINKS = ("", "s", "en", "n", "e")
_ENDINGS = frozenset(
    {"lijk", "lijke", "lijks", "lijkheid", "loos", "loze", "heid", "heden", "achtig", "achtige", "ingen"}
)
_ABOUT_STUDY = re.compile(
    r"""^(?:
        student\w* | stude(?:er|ren)\w* | studies? | studierichting\w* | richting | leerling\w* |
        opleiding\w* | hbo | mbo | wo | ad | bachelor\w* | master\w* | minor\w* | major | honours\w* |
        (?:eerste|tweede|derde|vierde|laatste)?jaars | afgestudeerd\w* | afstudeer\w* | scriptie | diploma |
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
    """A clue in a text. `weight` is how it is written there; `about_study` when its sentence speaks of studying, and
    `who_studies` when it stands where a study is named: "student rechten", "hbo rechten of bestuurskunde"."""

    key: Key
    written: str
    weight: float
    about_study: bool
    who_studies: bool = False


def clues_in(text: str, known: Lexicon) -> Iterator[Found]:
    """The clues of a text in its order. A word counts in one clue only: the longest that fits."""
    for sentence in sentences(text):
        both = [(word, shown) for word, shown in _shown(sentence) if word not in LINKING_WORDS]
        plain, shown = [word for word, _ in both], [shown for _, shown in both]
        yield from _in_sentence(plain, shown, known, any(map(_ABOUT_STUDY.match, plain)))


def _shown(sentence: str) -> Iterable[tuple[str, str]]:
    """Each word folded, and as a reason shows it: with its accents, in lower case unless it is an abbreviation."""
    plain, surface = words(sentence), surface_words(sentence)
    if len(plain) != len(surface):
        return zip(plain, plain, strict=True)
    return ((word, seen if seen.isupper() else seen.lower()) for word, seen in zip(plain, surface, strict=True))


def _in_sentence(plain: list[str], shown: list[str], known: Lexicon, about_study: bool) -> Iterator[Found]:
    stems = [stem(word) for word in plain]
    position, named_until = 0, -1
    while position < len(plain):
        length = _longest_at(stems, position, known)
        if length > 1 or (length and plain[position] not in FUNCTION_WORDS):
            key, end = tuple(stems[position : position + length]), position + length
            weight = IN_ANY_POSTING if length == 1 and key[0] in POSTING_WORDS else WHOLE
            near = position <= named_until or any(map(_ABOUT_STUDY.match, plain[max(0, position - NEAR) : end + 1]))
            named_until = end + 1 if near and known.clues[key].named else named_until
            yield Found(key, " ".join(shown[position:end]), weight, about_study, near)
        elif not length:
            yield from _within(plain[position], shown[position], known, about_study)
        position += length or 1


def _longest_at(stems: list[str], position: int, known: Lexicon) -> int:
    for length in known.lengths.get(stems[position], ()):
        if position + length <= len(stems) and tuple(stems[position : position + length]) in known.clues:
            return length
    return 0


def _within(word: str, shown: str, known: Lexicon, about_study: bool) -> Iterator[Found]:
    """Clues inside a word that is none itself: rechten|student, riolering|s|tekeningen, wijk|raad."""
    learner = _LEARNER.match(word)
    studied: Key = (stem(learner[1]),) if learner else ()
    if studied in known.clues:
        yield Found(studied, shown, WHOLE, about_study=True, who_studies=True)
        return
    for key, weight in dict(_pieces(word, known)).items():
        yield Found(key, shown, weight, about_study)


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
