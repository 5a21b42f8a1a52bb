"""The points for subject of every distinct (fields of work, fields of study) at once: `engine.subject` in columns.

A set of fields is bits in whole words. Against one posting each set of work fields and each set of study fields is in
one of a few states, and the points follow from the two states together by a small table.
"""

from collections.abc import Iterable
from functools import lru_cache

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


class Subjects:
    """Distinct subjects as pairs of a set of work fields and a set of study fields."""

    def __init__(self) -> None:
        self._works, self._studies = Sets(), Sets()
        self._distinct: Distinct[Subject] = Distinct()
        self._work_of, self._study_of = Column(np.intp), Column(np.intp)
        self._choices: tuple[frozenset[str], Flags] | None = None

    def __len__(self) -> int:
        return len(self._distinct)

    @property
    def values(self) -> list[Subject]:
        """Every distinct subject, in the order of its number."""
        return self._distinct.values

    def number(self, subject: Subject) -> int:
        """The number of a subject, a new one when it was not seen before."""
        return self._distinct.number(subject)

    def points(self, own: Subject, crosswalk: Crosswalk) -> Points:
        """Points (0..100) of each distinct subject against `own`, shape (subjects,). The same from either side."""
        fresh = self._distinct.values[len(self._work_of) :]
        self._work_of.extend([self._works.number(works) for works, _ in fresh])
        self._study_of.extend([self._studies.number(studies) for _, studies in fresh])
        works, studies = own[0], crosswalk.named(own[1])
        by_work = self._work_states(works, studies, crosswalk).take(self._work_of.all)
        by_study = self._study_states(works, studies, crosswalk).take(self._study_of.all)
        return np.asarray(_points_by_state(bool(works), bool(studies)).take(by_work + by_study))

    def _work_states(self, works: frozenset[str], studies: frozenset[str], crosswalk: Crosswalk) -> Flags:
        sets = self._works
        states = HAS_WORK * (sets.counts() > 0).view(np.uint8) + SAME_WORK * sets.touching(works)
        for least in range(1, STRENGTHS):
            states += WORK_STRENGTH * sets.touching(crosswalk.works_linked(studies, least))
        return np.asarray(states)

    def _study_states(self, works: frozenset[str], studies: frozenset[str], crosswalk: Crosswalk) -> Points:
        sets = self._studies
        narrow = {code[:3] for code in studies}
        around = frozenset(code for code in sets.codes if code[:3] in narrow)
        flags = self._study_choices(crosswalk.study_fields) + sets.touching(studies) * IS_SHARED
        flags += sets.touching(around) * IS_NEAR
        for least in range(1, STRENGTHS):
            flags += sets.touching(crosswalk.studies_linked(works, least)) * LINKED
        return _study_states_by_flags(0 < len(studies) <= rule.MOST_CHOSEN).take(flags)

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
