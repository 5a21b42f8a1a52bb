"""The clues that show what a posting is about, gathered once from the registers and the knowledge of the trade."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from matchmaker.dutch.knowledge import Study, own_words, studies, usual_studies, usual_work, work_clues
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import POSTING_WORDS
from matchmaker.dutch.synonyms import other_names
from matchmaker.dutch.tokens import fold, words

REGISTER_WORD = 3.0
NAME_WORD = 1.5
SHORTEST_HEAD = 5
"""Letters. A shorter word at the start of a longer one is too often chance."""

_LINKING = """
en van de het een in op voor met bij of aan te om uit der den s and the for of to a an as
"""
LINKING_WORDS = frozenset(_LINKING.split())
"""Left out of phrases: "zorg en veiligheid" and "zorg, veiligheid" are one clue."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkField:
    """A municipal field of work: register code, name, and the register's words to find it by."""

    code: str
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme by its name, with its ISCED-F detailed field (four digits) and the register's words for it.

    `levels` are the levels it is taught at ("mbo", "hbo", "wo"); empty when that is not known.
    """

    name: str
    isced: str
    words: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clue:
    """What a row of stems says: weights per field of work, studies it names, weights of studies it belongs to."""

    work: tuple[tuple[str, float], ...] = ()
    named: tuple[str, ...] = ()
    study: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What suggestions are made from. Build it once with `lexicon` and keep it.

    `clues` maps a row of stems to what it says, `lengths` a first stem to the lengths of the rows that begin with it,
    longest first, and `heads` a word as written to the clue it is when it begins or ends a longer word. `levels` says
    where a field of study is taught, and `own_words` which clues a kind of posting has whatever it is about.
    """

    clues: Mapping[Key, Clue]
    lengths: Mapping[str, tuple[int, ...]]
    heads: Mapping[str, Key]
    programmes: Mapping[str, tuple[str, ...]]
    usual_studies: Mapping[str, Mapping[str, float]]
    usual_work: Mapping[str, Mapping[str, int]]
    work_of_study: Mapping[str, Mapping[str, int]]
    levels: Mapping[str, frozenset[str]]
    own_words: Mapping[str, frozenset[Key]]


@lru_cache(maxsize=32_768)
def key_of(phrase: str) -> Key:
    """The stems of a phrase, without the words that only link. Empty when nothing else is in it."""
    return tuple(stem(word) for word in words(phrase) if word not in LINKING_WORDS)


def lexicon(
    work_fields: Iterable[WorkField],
    programmes: Iterable[Programme],
    crosswalk: Mapping[tuple[str, str], int],
) -> Lexicon:
    """Gather the clues. The crosswalk maps (code of work field, ISCED-F detailed code) to a strength of 1..3.

    Only fields that are handed in are ever suggested.
    """
    fields, rows = tuple(work_fields), tuple(programmes)
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        names[row.isced].append(row.name)
    codes = {field.code for field in fields}
    known = {isced: study for isced, study in studies().items() if isced in names}
    clues, written = _gathered(fields, rows, known)
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in clues:
        lengths[key[0]].add(len(key))
    return Lexicon(
        clues=clues,
        lengths={first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        heads={word: key for word, key in written.items() if len(word) >= SHORTEST_HEAD},
        programmes={isced: tuple(dict.fromkeys(found)) for isced, found in names.items()},
        usual_studies=_usual_studies(codes, names.keys(), crosswalk),
        usual_work={
            kind: {code: strength for code, strength in row.items() if code in codes}
            for kind, row in usual_work().items()
        },
        work_of_study={
            isced: {code: strength for code, strength in study.work.items() if code in codes}
            for isced, study in known.items()
        },
        levels=_levels(rows),
        own_words={kind: frozenset(map(key_of, phrases)) for kind, phrases in own_words().items()},
    )


def _levels(programmes: Iterable[Programme]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in programmes:
        found[row.isced] = found.get(row.isced, frozenset()) | frozenset(row.levels)
    return found


class _Gathering:
    """What each row of stems says, while the clues are gathered, and how clues of one word are written."""

    def __init__(self) -> None:
        self.work: dict[Key, dict[str, float]] = defaultdict(dict)
        self.named: dict[Key, set[str]] = defaultdict(set)
        self.study: dict[Key, set[str]] = defaultdict(set)
        self.written: dict[str, Key] = {}

    def key(self, phrase: str) -> Key:
        key, plain = key_of(phrase), fold(phrase)
        if len(key) == 1 and plain.isalpha():
            self.written.setdefault(plain, key)
        return key

    def add_work(self, phrase: str, code: str, weight: float) -> None:
        weights = self.work[self.key(phrase)]
        weights[code] = max(weight, weights.get(code, 0.0))

    def add_name(self, phrase: str, isced: str) -> None:
        self.named[self.key(phrase)].add(isced)

    def add_words(self, phrases: Iterable[str], isced: str) -> None:
        for phrase in phrases:
            self.study[self.key(phrase)].add(isced)

    def clues(self) -> dict[Key, Clue]:
        keys = {*self.work, *self.named, *self.study} - {()}
        return {
            key: Clue(
                _shared(self.work.get(key, {})),
                tuple(sorted(self.named.get(key, ()))),
                _alike(self.study.get(key, set())),
            )
            for key in keys
        }


def _gathered(
    fields: Iterable[WorkField], programmes: Iterable[Programme], known: Mapping[str, Study]
) -> tuple[dict[Key, Clue], dict[str, Key]]:
    """Every clue, and every clue of one word as it is written."""
    found = _Gathering()
    for field in fields:
        for phrase, weight in _phrases(field):
            found.add_work(phrase, field.code, weight)
    for programme in programmes:
        found.add_name(programme.name, programme.isced)
        found.add_words(programme.words, programme.isced)
    for isced, each in known.items():
        for phrase in each.names:
            found.add_name(phrase, isced)
        found.add_words(each.words, isced)
    return found.clues(), found.written


def _phrases(field: WorkField) -> Iterable[tuple[str, float]]:
    """The words of one field with their weights: of the trade, else of the register, else of its name.

    The trade may say that a word of the register tells little: "college" is also a lesson.
    """
    told = sorted(work_clues().get(field.code, {}).items(), key=lambda clue: clue[1])
    own = {key_of(phrase): (phrase, float(strength)) for phrase, strength in told}
    for phrases, weight in (
        (field.words, REGISTER_WORD),
        ((field.name, *field.name.replace(",", " ").split()), NAME_WORD),
    ):
        for phrase in phrases:
            for name in (phrase, *other_names(phrase)):
                key = key_of(name)
                if not (len(key) == 1 and key[0] in POSTING_WORDS):
                    own.setdefault(key, (name, weight))
    return own.values()


def _shared(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What a clue gives each of its fields: a field it tells much of keeps most, the others little."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return tuple((code, weight * weight / length) for code, weight in sorted(weights.items()))


def _alike(codes: set[str]) -> tuple[tuple[str, float], ...]:
    return tuple((code, 1 / math.sqrt(len(codes))) for code in sorted(codes))


def _usual_studies(
    codes: set[str], isced: Iterable[str], crosswalk: Mapping[tuple[str, str], int]
) -> dict[str, dict[str, float]]:
    """Field of work to study, from 0 to 1: what usually goes there, below it what the crosswalk says could."""
    allowed = set(isced)
    found: dict[str, dict[str, float]] = {code: {} for code in codes}
    for (code, study), strength in crosswalk.items():
        if code in found and study in allowed:
            found[code][study] = strength / 30
    for code in codes:
        for study, strength in usual_studies().get(code, {}).items():
            if study in allowed:
                found[code][study] = found[code].get(study, 0.0) + strength / 9
    return found
