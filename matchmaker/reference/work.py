"""The 25 fields of municipal work, and how close each field of study comes to them."""

from dataclasses import dataclass
from functools import cache

from matchmaker.reference.tables import listed, rows


@dataclass(frozen=True, slots=True)
class WorkField:
    """A field of work of a municipality. `iv3` holds the task fields of the municipal budget it is paid from."""

    code: str
    name_nl: str
    name_en: str
    iv3: tuple[str, ...]
    teams: tuple[str, ...]
    search_words: tuple[str, ...]


@cache
def work_fields() -> tuple[WorkField, ...]:
    """All 25, by code (`W01` to `W25`)."""
    return tuple(
        WorkField(
            code=row["code"],
            name_nl=row["name_nl"],
            name_en=row["name_en"],
            iv3=listed(row["iv3"]),
            teams=listed(row["teams"]),
            search_words=listed(row["search_words"]),
        )
        for row in rows("work_fields")
    )


@cache
def _by_code() -> dict[str, WorkField]:
    return {field.code: field for field in work_fields()}


def work_field(code: str) -> WorkField:
    """The field of work with this code. Raises KeyError for an unknown code."""
    return _by_code()[code]


def crosswalk() -> dict[tuple[str, str], int]:
    """Strength of each pair (work field, ISCED-F detailed field): 3 core, 2 useful, 1 possible; an absent pair is none.

    This is knowledge of the trade, not truth: the values to start from. The caller gets a dictionary of its own.
    """
    return {(row["work_field"], row["isced"]): int(row["strength"]) for row in rows("crosswalk")}
