"""The crosswalk between fields of work and fields of study, as the engine holds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Strength (1 some, 2 good, 3 natural) of each pair (work field, ISCED-F detailed field). No pair means no link."""

    strengths: Mapping[tuple[str, str], int] = field(hash=False)
    study_fields: frozenset[str] = field(init=False, repr=False)
    _by_work: Mapping[str, list[tuple[str, int]]] = field(init=False, repr=False, compare=False)
    _by_study: Mapping[str, list[tuple[str, int]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wrong = [pair for pair, strength in self.strengths.items() if strength not in {1, 2, 3}]
        if wrong:
            raise ValueError(f"strength must be 1, 2 or 3: {wrong[0]}")
        by_work: dict[str, list[tuple[str, int]]] = {}
        by_study: dict[str, list[tuple[str, int]]] = {}
        for (work, study), strength in self.strengths.items():
            by_work.setdefault(work, []).append((study, strength))
            by_study.setdefault(study, []).append((work, strength))
        object.__setattr__(self, "study_fields", frozenset(by_study))
        object.__setattr__(self, "_by_work", by_work)
        object.__setattr__(self, "_by_study", by_study)

    @classmethod
    def of(cls, value: "Crosswalk | Mapping[tuple[str, str], int]") -> "Crosswalk":
        """A crosswalk from a plain mapping; a crosswalk is handed back as it is."""
        return value if isinstance(value, Crosswalk) else cls(value)

    def works_linked(self, study_fields: Iterable[str], least: int) -> frozenset[str]:
        """The work fields linked to any of `study_fields` with at least this strength."""
        return frozenset(
            work for study in study_fields for work, strong in self._by_study.get(study, ()) if strong >= least
        )

    def studies_linked(self, work_fields: Iterable[str], least: int) -> frozenset[str]:
        """The study fields linked to any of `work_fields` with at least this strength."""
        return frozenset(
            study for work in work_fields for study, strong in self._by_work.get(work, ()) if strong >= least
        )

    def strongest(self, work_fields: Iterable[str], study_fields: Iterable[str]) -> tuple[int, str, str]:
        """The strongest link as (strength, work field, study field); (0, "", "") without. Ties fall to the codes."""
        links = ((-self.strengths.get((work, study), 0), work, study) for work in work_fields for study in study_fields)
        strength, work, study = min(links, default=(0, "", ""))
        return (-strength, work, study) if strength else (0, "", "")

    def named(self, study_fields: frozenset[str]) -> frozenset[str]:
        """The study fields as a choice: a set that holds every field of the crosswalk is no choice but "all"."""
        covers_all = bool(self.study_fields) and study_fields >= self.study_fields
        return frozenset() if covers_all else study_fields
