"""From a title and a text: which fields of work and of study a posting is about, and which words say so.

Rules only: words of the registers and of the trade, the programmes by name, and the crosswalk between the two.
A suggestion is always a person's to change.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matchmaker.dutch.compounds import split
from matchmaker.dutch.stems import stem
from matchmaker.dutch.stopwords import FUNCTION_WORDS, POSTING_WORDS
from matchmaker.dutch.synonyms import other_names
from matchmaker.dutch.tokens import words
from matchmaker.dutch.trade import TRADE_WORDS

REGISTER_WORD = 3.0
TRADE_WORD = 2.0
NAME_WORD = 1.5
PROGRAMME_NAME = 8.0
PART_OF_COMPOUND = 0.6
IN_TITLE = 2.0
THROUGH_CROSSWALK = 3.0
DOUBT = 4.0
"""A lead with this much weight scores 50: score = 100 x weight / (weight + doubt)."""


@dataclass(frozen=True, slots=True)
class WorkField:
    """A municipal field of work: register code, name, and the register's words to find it by."""

    code: str
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme by the name schools use, with its ISCED-F detailed field (four digits)."""

    name: str
    isced: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A field of work or study with its score (0..100), the words that led to it, and for study the programmes."""

    code: str
    score: int
    words: tuple[str, ...]
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Best first; equal scores in order of code. Fields nothing points to are left out."""

    work_fields: tuple[Suggested, ...]
    study_fields: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What suggestions are made from. Build it once with `lexicon` and keep it."""

    clues: Mapping[tuple[str, ...], tuple[tuple[str, float], ...]]
    programme_clues: Mapping[tuple[str, ...], tuple[str, ...]]
    programmes: Mapping[str, tuple[str, ...]]
    crosswalk: Mapping[tuple[str, str], int]
    longest: int = field(default=1)


def lexicon(
    work_fields: Iterable[WorkField],
    programmes: Iterable[Programme],
    crosswalk: Mapping[tuple[str, str], int],
) -> Lexicon:
    """Gather the clues. The crosswalk maps (code of work field, ISCED-F detailed code) to a strength of 1..3."""
    weights: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for row in work_fields:
        for phrases, weight in (
            ((row.name,), NAME_WORD),
            (row.name.replace(",", " ").replace(" en ", " ").split(), NAME_WORD),
            (TRADE_WORDS.get(row.code, ()), TRADE_WORD),
            (row.words, REGISTER_WORD),
        ):
            for phrase in phrases:
                for written in (phrase, *other_names(phrase)):
                    key = _key(written)
                    if key and not (len(key) == 1 and key[0] in POSTING_WORDS):
                        weights[key][row.code] = max(weight, weights[key].get(row.code, 0.0))
    by_name: dict[tuple[str, ...], set[str]] = defaultdict(set)
    by_isced: dict[str, list[str]] = defaultdict(list)
    for programme in programmes:
        by_name[_key(programme.name)].add(programme.isced)
        by_isced[programme.isced].append(programme.name)
    keys = (*weights, *by_name)
    return Lexicon(
        clues={key: tuple(sorted(fields.items())) for key, fields in weights.items()},
        programme_clues={key: tuple(sorted(codes)) for key, codes in by_name.items()},
        programmes={isced: tuple(dict.fromkeys(names)) for isced, names in by_isced.items()},
        crosswalk=dict(crosswalk),
        longest=max(map(len, keys), default=1),
    )


def suggest(title: str, text: str, known: Lexicon) -> Suggestion:
    """The likely fields of one posting. The same text always gives the same answer."""
    work = _Leads()
    study = _Leads()
    clues = _clues(title, text, known.longest)
    for key, (weight, written) in clues.items():
        fields = known.clues.get(key, ())
        for code, strength in fields:
            work.add(code, weight * strength / math.sqrt(len(fields)), written)
        for isced in known.programme_clues.get(key, ()):
            study.add(isced, weight * PROGRAMME_NAME, written)
    found_work = work.best()
    for row in found_work[:5]:
        for (code, isced), strength in known.crosswalk.items():
            if code == row.code:
                share = work.weight[code] / sum(work.weight.values())
                study.add(isced, THROUGH_CROSSWALK * share * strength / 3, *row.words[:2])
    found_study = tuple(
        Suggested(row.code, row.score, row.words, known.programmes.get(row.code, ())) for row in study.best()
    )
    return Suggestion(found_work, found_study)


class _Leads:
    """Weight and words gathered per code."""

    def __init__(self) -> None:
        self.weight: dict[str, float] = defaultdict(float)
        self.words: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, code: str, weight: float, *written: str) -> None:
        self.weight[code] += weight
        for word in written:
            self.words[code][word] += weight

    def best(self) -> tuple[Suggested, ...]:
        order = sorted(self.weight.items(), key=lambda item: (-round(item[1], 9), item[0]))
        return tuple(
            Suggested(
                code,
                math.floor(100 * weight / (weight + DOUBT) + 0.5),
                tuple(
                    sorted(
                        self.words[code],
                        key=lambda word: (-self.words[code][word], word),
                    )[:5]
                ),
            )
            for code, weight in order
        )


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(phrase) if word not in FUNCTION_WORDS)


def _clues(title: str, text: str, longest: int) -> dict[tuple[str, ...], tuple[float, str]]:
    """Every row of stems that could be a clue, with how much its place in the posting makes it count."""
    found: dict[tuple[str, ...], tuple[float, str]] = {}

    def note(key: tuple[str, ...], weight: float, written: str) -> None:
        before = found.get(key)
        found[key] = (weight, written) if before is None else (max(weight, before[0]) + 0.2 * weight, before[1])

    for part, factor in ((title, IN_TITLE), (text, 1.0)):
        plain = [word for word in words(part) if word not in FUNCTION_WORDS]
        stems = [stem(word) for word in plain]
        for start in range(len(plain)):
            for length in range(1, min(longest, len(plain) - start) + 1):
                key = tuple(stems[start : start + length])
                note(
                    key,
                    factor * (1 + 0.5 * (length - 1)),
                    " ".join(plain[start : start + length]),
                )
            pieces = split(plain[start])
            for piece in pieces if len(pieces) > 1 else ():
                note((stem(piece),), factor * PART_OF_COMPOUND, plain[start])
    return found
