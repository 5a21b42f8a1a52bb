"""The points for subject of every distinct (fields of work, fields of study) at once: `engine.subject` in columns.

A set of fields is bits in whole words. Against one posting each set of work fields and each set of study fields is in
one of a few states, and the points follow from the two states together by a small table.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine import subject as rule
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Column, Distinct

Subject = tuple[frozenset[str], frozenset[str]]
"""Fields of work, and ISCED-F detailed fields of study."""

Truths = NDArray[np.bool_]
Flags = NDArray[np.uint8]
Points = NDArray[np.int64]

STRENGTHS = 4
HAS_WORK, SAME_WORK, WORK_STRENGTH = 1, 2, 4
"""The state of a set of work fields: flags, and the strength (0..3) of its link to the study fields of the other."""

OPEN, SHARED, NEAR, DIFFERS = range(4)
HAS_STUDY, STUDY_STRENGTH = 4, 8
"""The state of a set of study fields: how it meets the other's, a flag, and its strength to the other's work fields."""

LINKED, IS_SHARED, IS_NEAR, IS_NAMED, IS_FEW = 1, 4, 8, 16, 32
"""What is found of a set of study fields: how often it is linked (its strength, 0..3) and flags."""


MOST_HALVES = 4_000
"""Own sets of which is kept how every set meets them; above it all are let go."""

_STRENGTHS = range(1, STRENGTHS)


class Against(NamedTuple):
    """Of every set of work fields and every set of study fields, what half of a subject says of its state."""

    works: Flags
    studies: Flags


class Subjects:
    """Distinct subjects as pairs of a set of work fields and a set of study fields."""

    def __init__(self) -> None:
        self._works, self._studies = Sets(), Sets()
        self._distinct: Distinct[Subject] = Distinct()
        self._work_of, self._study_of = Column(np.intp), Column(np.intp)
        self._choices: tuple[frozenset[str], Flags] | None = None
        self._under: tuple[Crosswalk | None, int, int] = (None, 0, 0)
        self._halves: dict[Hashable, Against] = {}

    def __len__(self) -> int:
        return len(self._distinct)

    @property
    def values(self) -> list[Subject]:
        """Every distinct subject, in the order of its number."""
        return self._distinct.values

    def number(self, subject: Subject) -> int:
        """The number of a subject, a new one when it was not seen before."""
        return self._distinct.number(subject)

    def sharing_work(self, works: frozenset[str]) -> Truths:
        """Which distinct subjects name one of these fields of work, shape (subjects,)."""
        self._note_fresh()
        return self._works.touching(works).take(self._work_of.all).view(np.bool_)

    def _note_fresh(self) -> None:
        """Of the subjects that came since, which set of work and of study fields each is."""
        fresh = self._distinct.values[len(self._work_of) :]
        self._work_of.extend([self._works.number(works) for works, _ in fresh])
        self._study_of.extend([self._studies.number(studies) for _, studies in fresh])

    def points(self, own: Subject, crosswalk: Crosswalk) -> Points:
        """Points (0..100) of each distinct subject against `own`, shape (subjects,). The same from either side."""
        self._note_fresh()
        works, studies = own[0], crosswalk.named(own[1])
        to_works, to_studies = self._against_works(works, crosswalk), self._against_studies(studies, crosswalk)
        by_work = (to_works.works + to_studies.works).take(self._work_of.all)
        meeting = _study_states_by_flags(0 < len(studies) <= rule.MOST_CHOSEN)
        by_study = meeting.take(to_works.studies + to_studies.studies).take(self._study_of.all)
        return np.asarray(_points_by_state(bool(works), bool(studies)).take(by_work + by_study))

    def _against_works(self, works: frozenset[str], crosswalk: Crosswalk) -> "Against":
        """What is known of every set from the work fields of the other alone."""

        def read() -> Against:
            same = HAS_WORK * (self._works.counts() > 0).view(np.uint8) + SAME_WORK * self._works.touching(works)
            linked = self._linked(self._studies, (crosswalk.studies_linked(works, least) for least in _STRENGTHS))
            return Against(np.asarray(same), linked * LINKED)

        return self._kept_against(("work", works), crosswalk, read)

    def _against_studies(self, studies: frozenset[str], crosswalk: Crosswalk) -> "Against":
        """What is known of every set from the study fields of the other alone."""

        def read() -> Against:
            narrow = {code[:3] for code in studies}
            around = frozenset(code for code in self._studies.codes if code[:3] in narrow)
            flags = self._study_choices(crosswalk.study_fields) + self._studies.touching(studies) * IS_SHARED
            flags += self._studies.touching(around) * IS_NEAR
            linked = self._linked(self._works, (crosswalk.works_linked(studies, least) for least in _STRENGTHS))
            return Against(linked * WORK_STRENGTH, np.asarray(flags))

        return self._kept_against(("study", studies), crosswalk, read)

    def _linked(self, sets: "Sets", linked: Iterable[Iterable[str]]) -> Flags:
        """How strongly each set is linked: how many of these it touches."""
        found = np.zeros(len(sets), dtype=np.uint8)
        for codes in linked:
            found += sets.touching(codes)
        return found

    def _kept_against(self, own: Hashable, crosswalk: Crosswalk, read: Callable[[], "Against"]) -> "Against":
        """Read once for as long as no set was added and the crosswalk is the same: most subjects share their halves."""
        if self._under[0] is not crosswalk or self._under[1:] != (len(self._works), len(self._studies)):
            self._under = crosswalk, len(self._works), len(self._studies)
            self._halves.clear()
        found = self._halves.get(own)
        if found is None:
            if len(self._halves) >= MOST_HALVES:
                self._halves.clear()
            found = self._halves[own] = read()
        return found

    def _study_choices(self, known: frozenset[str]) -> Flags:
        """Of each set of study fields whether it names some and not all `known`, and few enough to be a choice."""
        counts = self._studies.counts()
        if self._choices is None or self._choices[0] != known or len(self._choices[1]) != len(counts):
            named = (counts > 0) & ~(self._studies.containing(known) & bool(known))
            flags = named.view(np.uint8) * IS_NAMED + (counts <= rule.MOST_CHOSEN).view(np.uint8) * IS_FEW
            self._choices = known, flags
        return self._choices[1]


class Sets:
    """Distinct sets of codes as bits: one array of whole words for each 64 codes, shape (sets,)."""

    def __init__(self) -> None:
        self._distinct: Distinct[frozenset[str]] = Distinct()
        self._codes: Distinct[str] = Distinct()
        self._words: list[Column] = []
        self._counts = Column(np.int64)

    @property
    def codes(self) -> list[str]:
        """Every code of every set, in the order they came."""
        return self._codes.values

    def __len__(self) -> int:
        return len(self._distinct)

    def number(self, codes: frozenset[str]) -> int:
        """The number of a set, a new one when it was not seen before."""
        known = len(self._distinct)
        number = self._distinct.number(codes)
        if number == known:
            bits = [self._codes.number(code) for code in sorted(codes)]
            while len(self._words) * 64 < len(self._codes):
                self._words.append(Column(np.uint64))
                self._words[-1].extend(np.zeros(known, dtype=np.uint64))
            for column, word in zip(self._words, _as_words(bits, len(self._words)), strict=True):
                column.extend(np.array([word], dtype=np.uint64))
            self._counts.extend([len(codes)])
        return number

    def counts(self) -> Points:
        """How many codes each set has."""
        return self._counts.all

    def touching(self, codes: Iterable[str]) -> Flags:
        """1 for the sets that have at least one of `codes`, 0 for the others."""
        found = np.zeros(len(self._distinct), dtype=bool)
        for column, word in zip(self._words, self._mask(codes), strict=True):
            if word:
                found |= (column.all & np.uint64(word)) != 0
        return found.view(np.uint8)

    def containing(self, codes: frozenset[str]) -> Truths:
        """Which sets have all of `codes`."""
        found = np.full(len(self._distinct), all(self._codes.find(code) is not None for code in codes))
        for column, word in zip(self._words, self._mask(codes), strict=True):
            found &= (column.all & np.uint64(word)) == np.uint64(word)
        return found

    def _mask(self, codes: Iterable[str]) -> list[int]:
        bits = [number for code in codes if (number := self._codes.find(code)) is not None]
        return _as_words(bits, len(self._words))


def _as_words(bits: list[int], words: int) -> list[int]:
    whole = sum(1 << bit for bit in bits)
    return [whole >> 64 * number & 0xFFFF_FFFF_FFFF_FFFF for number in range(words)]


@lru_cache(maxsize=4)
def _points_by_state(own_works: bool, own_studies: bool) -> Points:
    """Points for each state of study fields x 16 + state of work fields, shape (512,)."""
    work_states = WORK_STRENGTH * STRENGTHS
    return np.array(
        [
            _points(state % work_states, state // work_states, own_works, own_studies)
            for state in range(work_states * STUDY_STRENGTH * STRENGTHS)
        ]
    )


@lru_cache(maxsize=2)
def _study_states_by_flags(own_choice: bool) -> Points:
    """The state of a set of study fields x 16 for each sum of flags, shape (64,). `own_choice`: the other chose too."""
    states = []
    for flags in range(2 * IS_FEW):
        named = bool(flags & IS_NAMED)
        meeting = OPEN
        if own_choice and named and flags & IS_FEW:
            meeting = SHARED if flags & IS_SHARED else NEAR if flags & IS_NEAR else DIFFERS
        states.append(meeting + (HAS_STUDY + STUDY_STRENGTH * (flags % IS_SHARED)) * named)
    return np.array(states) * (WORK_STRENGTH * STRENGTHS)


def _points(work: int, study: int, own_works: bool, own_studies: bool) -> int:
    has_work, same_work, meeting = work & HAS_WORK, work & SAME_WORK, study % HAS_STUDY
    work_differs = bool(has_work and own_works and not same_work)
    if same_work:
        return {NEAR: rule.WORK_SHARED_STUDY_NEAR, DIFFERS: rule.WORK_SHARED_STUDY_DIFFERS}.get(
            meeting, rule.BOTH_SHARED
        )
    if meeting == SHARED:
        return rule.STUDY_SHARED_WORK_DIFFERS if work_differs else rule.STUDY_SHARED
    if meeting == NEAR:
        return rule.STUDY_NEAR_WORK_DIFFERS if work_differs else rule.STUDY_NEAR
    if (has_work and own_studies) or (study & HAS_STUDY and own_works):
        strength = max(work // WORK_STRENGTH, study // STUDY_STRENGTH)
        chosen = rule.BY_STRENGTH_OTHER_CHOICE if work_differs or meeting == DIFFERS else rule.BY_STRENGTH
        return chosen[strength]
    if work_differs:
        return rule.OTHER_WORK_FIELD
    if meeting == DIFFERS:
        return rule.BY_STRENGTH_OTHER_CHOICE[0]
    return rule.OPEN_TO_ALL if has_work or own_works else NEUTRAL
