"""The points for subject of every distinct (fields of work, fields of study) at once: `engine.subject` in columns."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine import subject as rule
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Distinct

Subject = tuple[frozenset[str], frozenset[str]]
"""Fields of work, and ISCED-F detailed fields of study."""

Flags = NDArray[np.float32]


class Subjects:
    """Distinct subjects and, per code, which of them name it (0 or 1, shape (subjects, codes))."""

    def __init__(self) -> None:
        self.distinct: Distinct[Subject] = Distinct()
        self._works: Distinct[str] = Distinct()
        self._studies: Distinct[str] = Distinct()
        self._names_work: Flags = np.zeros((0, 0), dtype=np.float32)
        self._names_study: Flags = np.zeros((0, 0), dtype=np.float32)

    def points(self, own: Subject, crosswalk: Crosswalk) -> NDArray[np.int64]:
        """Points (0..100) of each distinct subject against `own`, shape (subjects,). The same from either side."""
        self._lay_out()
        works, studies = own[0], crosswalk.named(own[1])
        named, many = self._named(crosswalk)
        meet = self._meeting(studies, named, many)
        shared, near, differs = meet
        same_work = self._names_work @ self._flags(self._works, works) > 0
        has_work = self._names_work.sum(axis=1) > 0
        work_differs = has_work & ~same_work if works else np.zeros_like(has_work)
        linked = self._linked(works, studies, named, has_work, work_differs, differs, crosswalk)
        return np.select(
            [
                same_work & near,
                same_work & differs,
                same_work,
                shared & work_differs,
                shared,
                near & work_differs,
                near,
            ],
            [
                rule.WORK_SHARED_STUDY_NEAR,
                rule.WORK_SHARED_STUDY_DIFFERS,
                rule.BOTH_SHARED,
                rule.STUDY_SHARED_WORK_DIFFERS,
                rule.STUDY_SHARED,
                rule.STUDY_NEAR_WORK_DIFFERS,
                rule.STUDY_NEAR,
            ],
            linked,
        )

    def _named(self, crosswalk: Crosswalk) -> tuple[Flags, NDArray[np.bool_]]:
        """The study fields that are a choice, and who makes none because of naming more than fifteen."""
        counts = self._names_study.sum(axis=1)
        known = self._names_study @ self._flags(self._studies, crosswalk.study_fields)
        all_of_them = (known >= len(crosswalk.study_fields)) & bool(crosswalk.study_fields)
        named = np.where(all_of_them[:, None], np.float32(0), self._names_study)
        return named, (counts > rule.MOST_CHOSEN) | all_of_them | (counts == 0)

    def _meeting(
        self, studies: frozenset[str], named: Flags, no_choice: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the study fields are shared, near, or differ; none of the three when a side is open."""
        if not studies or len(studies) > rule.MOST_CHOSEN:
            nowhere = np.zeros(len(no_choice), dtype=bool)
            return nowhere, nowhere, nowhere
        narrow = {code[:3] for code in studies}
        around = frozenset(code for code in self._studies.values if code[:3] in narrow)
        shared = ~no_choice & (named @ self._flags(self._studies, studies) > 0)
        near = ~no_choice & ~shared & (named @ self._flags(self._studies, around) > 0)
        return shared, near, ~no_choice & ~shared & ~near

    def _linked(
        self,
        works: frozenset[str],
        studies: frozenset[str],
        named: Flags,
        has_work: NDArray[np.bool_],
        work_differs: NDArray[np.bool_],
        differs: NDArray[np.bool_],
        crosswalk: Crosswalk,
    ) -> NDArray[np.int64]:
        """Points through the strongest link of the crosswalk, as `subject._through_crosswalk` gives them."""
        has_study = named.sum(axis=1) > 0
        linkable = (has_work & bool(studies)) | (has_study & bool(works))
        strength = np.zeros(len(has_work), dtype=np.int64)
        for least in (1, 2, 3):
            links = [pair for pair, strong in crosswalk.strengths.items() if strong >= least]
            theirs = frozenset(work for work, study in links if study in studies)
            ours = frozenset(study for work, study in links if work in works)
            reached = self._names_work @ self._flags(self._works, theirs) + named @ self._flags(self._studies, ours)
            strength[reached > 0] = least
        other_choice = work_differs | differs
        by_strength = np.array([rule.BY_STRENGTH[each] for each in range(4)])[strength]
        by_other = np.array([rule.BY_STRENGTH_OTHER_CHOICE[each] for each in range(4)])[strength]
        unlinkable = np.select(
            [work_differs, differs, has_work | bool(works)],
            [rule.OTHER_WORK_FIELD, rule.BY_STRENGTH_OTHER_CHOICE[0], rule.OPEN_TO_ALL],
            NEUTRAL,
        )
        return np.where(linkable, np.where(other_choice, by_other, by_strength), unlinkable)

    def _flags(self, codes: Distinct[str], chosen: frozenset[str]) -> Flags:
        flags = np.zeros(len(codes), dtype=np.float32)
        flags[[number for code in chosen if (number := codes.find(code)) is not None]] = 1
        return flags

    def _lay_out(self) -> None:
        """Bring the flags up to the subjects there are."""
        done = len(self._names_work)
        if done == len(self.distinct):
            return
        fresh = self.distinct.values[done:]
        works = [[self._works.number(code) for code in each[0]] for each in fresh]
        studies = [[self._studies.number(code) for code in each[1]] for each in fresh]
        self._names_work = _widened(self._names_work, works, len(self._works))
        self._names_study = _widened(self._names_study, studies, len(self._studies))


def _widened(flags: Flags, added: list[list[int]], codes: int) -> Flags:
    grown = np.zeros((len(flags) + len(added), codes), dtype=np.float32)
    grown[: len(flags), : flags.shape[1]] = flags
    for row, numbers in enumerate(added, start=len(flags)):
        grown[row, numbers] = 1
    return grown
