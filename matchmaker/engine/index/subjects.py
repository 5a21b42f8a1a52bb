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
Points = NDArray[np.int64]

STRENGTHS = 4
HAS_WORK, SAME_WORK, WORK_STRENGTH = 1, 2, 4
"""The state of a set of work fields: flags, and the strength (0..3) of its link to the study fields of the other."""

OPEN, SHARED, NEAR, DIFFERS = range(4)
HAS_STUDY, STUDY_STRENGTH = 4, 8
"""The state of a set of study fields: how it meets the other's, a flag, and its strength to the other's work fields."""


class Subjects:
    """Distinct subjects as pairs of a set of work fields and a set of study fields."""

    def __init__(self) -> None:
        self._works, self._studies = Sets(), Sets()
        self._distinct: Distinct[Subject] = Distinct()
        self._work_of, self._study_of = Column(np.intp), Column(np.intp)

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
        work_states = self._work_states(works, studies, crosswalk)
        study_states = self._study_states(works, studies, crosswalk)
        table = _points_by_state(bool(works), bool(studies))
        states = work_states[self._work_of.all] + study_states[self._study_of.all]
        return np.asarray(table[states])

    def _work_states(self, works: frozenset[str], studies: frozenset[str], crosswalk: Crosswalk) -> Points:
        sets = self._works
        states = HAS_WORK * (sets.counts() > 0) + SAME_WORK * sets.touching(works)
        for least in range(1, STRENGTHS):
            states += WORK_STRENGTH * sets.touching(crosswalk.works_linked(studies, least))
        return np.asarray(states)

    def _study_states(self, works: frozenset[str], studies: frozenset[str], crosswalk: Crosswalk) -> Points:
        sets = self._studies
        counts = sets.counts()
        known = crosswalk.study_fields
        named = (counts > 0) & ~(sets.containing(known) & bool(known))
        choice = named & (counts <= rule.MOST_CHOSEN) & (0 < len(studies) <= rule.MOST_CHOSEN)
        narrow = {code[:3] for code in studies}
        around = frozenset(code for code in sets.codes if code[:3] in narrow)
        shared, near = sets.touching(studies), sets.touching(around)
        states = np.select([~choice, shared, near], [OPEN, SHARED, NEAR], DIFFERS) + HAS_STUDY * named
        for least in range(1, STRENGTHS):
            states += STUDY_STRENGTH * (named & sets.touching(crosswalk.studies_linked(works, least)))
        return np.asarray(states) * (WORK_STRENGTH * STRENGTHS)


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

    def touching(self, codes: Iterable[str]) -> Truths:
        """Which sets have at least one of `codes`."""
        found = np.zeros(len(self._distinct), dtype=bool)
        for column, word in zip(self._words, self._mask(codes), strict=True):
            if word:
                found |= (column.all & np.uint64(word)) != 0
        return found

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
