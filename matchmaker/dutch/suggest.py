"""From a title and a text: which fields of work and of study a posting is about, and which words say so.

Rules only: words of the registers and of the trade, studies by name, and what usually goes with what. A suggestion is
always a person's to change.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matchmaker.dutch.clues import Found, clues_in
from matchmaker.dutch.levels import levels_in
from matchmaker.dutch.lexicon import Clue, Lexicon

IN_TITLE = 1.6
SAID_AGAIN = 0.3
"""A clue that is said again counts this much more each time, up to twice its weight."""

NAMED_STUDY = 22.0
NAMED_BESIDE = 5.0
NAMED_IN_PASSING = 3.0
"""What is also a subject counts less when others study in its sentence, and little where nobody studies: "communicatie"
in "studenten helpen de afdeling communicatie", and in a text without students."""

STUDY_WORD = 2.0
USUAL_STUDY = 12.0
WORK_OF_STUDY = 1.0
NAME_AS_SUBJECT = 0.3
"""What is left of a clue for work when it names who studies it: a student of communication may do anything."""

DOUBT_OF_WORK = 3.0
"""A field of work with this much weight gives its usual studies half of what they could get."""

SHARPNESS = 1.5
"""Fields of work share what they give their usual studies by their weight to this power."""

OWN_WORD = 0.12
"""What is left of a clue that every posting of its kind has: "onderwijs" when a school asks for a speaker."""

OTHER_LEVEL = 0.5
"""What is left of a study that nobody names, when it is not taught at a level the text asks for."""

DOUBT = 6.0
"""A lead with this much weight scores 50: score = 100 x weight / (weight + doubt)."""

FEWEST_WORK, FEWEST_STUDY = 3, 5
FILLED = 0.05
"""What a field that nothing points to gets to fill a short list: it never scores above 5."""

HARDLY_ANYTHING = 0.75
"""Weight. When no field of work has more, what such postings are mostly about counts as much as the words."""

MOST_WORDS = 5
TELLING = 0.2
"""Words that gave less than this part of what the heaviest gave are not named as a reason."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A field of work or study with its score (0..100), the words that led to it, and for study the programmes."""

    code: str
    score: int
    words: tuple[str, ...]
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Best first; equal scores in order of code. Empty when no word says anything."""

    work_fields: tuple[Suggested, ...]
    study_fields: tuple[Suggested, ...]


def suggest(title: str, text: str, known: Lexicon, kind: str = "") -> Suggestion:
    """The likely fields of one posting. The same text always gives the same answer.

    `kind` is the kind of posting as the trade or a file names it ("guest_lecture", "internship"). It only fills a list
    that is shorter than three fields of work: a posting that says nothing still gets what such postings are mostly
    about, with a score of 5 at most and no words. Without a kind a text that says nothing gets nothing.
    """
    work, named, fitting = _Leads(), _Leads(), _Leads()
    own = known.own_words.get(kind, frozenset())
    for each, weight in _weighed(title, text, known):
        counted = weight * (OWN_WORD if each.key in own else 1.0)
        _note(each, counted, known.clues[each.key], work, named, fitting, known)
    _fill_work(work, known, kind)
    _add_usual(work, fitting, known)
    asked = levels_in(f"{title}\n{text}")
    named.take(fitting, lambda isced: _at_level(known.levels.get(isced, frozenset()), asked))
    return Suggestion(
        work.best({}),
        named.best(known.programmes),
    )


def _at_level(taught: frozenset[str], asked: frozenset[str]) -> float:
    return OTHER_LEVEL if taught and asked and not taught & asked else 1.0


class _Leads:
    """Weight and words gathered per code."""

    def __init__(self) -> None:
        self.weight: dict[str, float] = defaultdict(float)
        self.words: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, code: str, weight: float, words: Iterable[str] = ()) -> None:
        self.weight[code] += weight
        for word in words:
            self.words[code][word] += weight

    def take(self, other: "_Leads", factor: Callable[[str], float]) -> None:
        """Add what another has gathered, each code times its factor."""
        for code, weight in other.weight.items():
            self.weight[code] += weight * factor(code)
            for word, each in other.words[code].items():
                self.words[code][word] += each * factor(code)

    def shares(self, sharpness: float) -> dict[str, float]:
        """What each code has of the whole, heavy codes more than evenly; the shares add up to 1."""
        raised = {code: weight**sharpness for code, weight in self.weight.items()}
        whole = sum(raised.values())
        return {code: weight / whole for code, weight in raised.items()} if whole else {}

    def heaviest_words(self, code: str) -> tuple[str, ...]:
        words = self.words[code]
        least = TELLING * max(words.values(), default=0.0)
        telling = [word for word in words if words[word] >= least]
        return tuple(sorted(telling, key=lambda word: (-words[word], word))[:MOST_WORDS])

    def best(self, programmes: Mapping[str, tuple[str, ...]]) -> tuple[Suggested, ...]:
        order = sorted(self.weight.items(), key=lambda item: (-round(item[1], 9), item[0]))
        return tuple(
            Suggested(
                code,
                math.floor(100 * weight / (weight + DOUBT) + 0.5),
                self.heaviest_words(code),
                programmes.get(code, ()),
            )
            for code, weight in order
        )


def _weighed(title: str, text: str, known: Lexicon) -> list[tuple[Found, float]]:
    """Each clue once, at its heaviest, a little more for being said again."""
    heaviest: dict[tuple[tuple[str, ...], bool, bool], tuple[Found, float]] = {}
    times: dict[tuple[tuple[str, ...], bool, bool], int] = defaultdict(int)
    for part, factor in ((title, IN_TITLE), (text, 1.0)):
        for each in clues_in(part, known):
            mark, weight = (each.key, each.about_study, each.who_studies), each.weight * factor
            times[mark] += 1
            if mark not in heaviest or heaviest[mark][1] < weight:
                heaviest[mark] = each, weight
    return [(each, weight * min(2.0, 1 + SAID_AGAIN * (times[mark] - 1))) for mark, (each, weight) in heaviest.items()]


def _note(each: Found, weight: float, clue: Clue, work: _Leads, study: _Leads, fitting: _Leads, known: Lexicon) -> None:
    names_who_studies = bool(clue.named) and each.about_study
    for code, strength in clue.work:
        work.add(code, weight * strength * (NAME_AS_SUBJECT if names_who_studies else 1.0), [each.written])
    named = _as_named(each, clue)
    for isced in clue.named:
        study.add(isced, weight * named, [each.written])
        for code, strength in known.work_of_study.get(isced, {}).items():
            work.add(code, weight * strength * WORK_OF_STUDY / len(clue.named), [each.written])
    for isced, share in clue.study:
        fitting.add(isced, weight * share * STUDY_WORD, [each.written])


def _as_named(each: Found, clue: Clue) -> float:
    if each.who_studies or not (clue.work or clue.study):
        return NAMED_STUDY
    return NAMED_BESIDE if each.about_study else NAMED_IN_PASSING


def _fill_work(work: _Leads, known: Lexicon, kind: str) -> None:
    """What such postings are mostly about, when the text points to fewer than three fields or hardly to any."""
    usual = known.usual_work.get(kind) or (known.usual_work.get("other", {}) if work.weight else {})
    unclear = max(work.weight.values(), default=0.0) < HARDLY_ANYTHING
    for code, strength in usual.items():
        if unclear or (len(work.weight) < FEWEST_WORK and code not in work.weight):
            work.add(code, FILLED * strength)


def _add_usual(work: _Leads, study: _Leads, known: Lexicon) -> None:
    """The studies that usually go with the work that was found, carried by the words that led to that work."""
    heaviest = max(work.weight.values(), default=0.0)
    certain = heaviest / (heaviest + DOUBT_OF_WORK)
    for code, share in work.shares(SHARPNESS).items():
        words = work.heaviest_words(code)[:2]
        for isced, strength in known.usual_studies.get(code, {}).items():
            study.add(isced, USUAL_STUDY * certain * share * strength, words)
