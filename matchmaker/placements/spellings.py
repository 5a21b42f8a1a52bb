"""How a table of placements or evaluations names its codes. These words do not change with the language of the page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.columns import KINDS
from matchmaker.placements.parts import PlacementSide
from matchmaker.placements.records import EvaluationMoment
from matchmaker.reference import fold
from matchmaker.vocabulary import PLACEMENT_KINDS

KIND_SPELLINGS = {kind: KINDS[kind] for kind in PLACEMENT_KINDS}
MOMENT_SPELLINGS = {
    EvaluationMoment.INTERIM: ("tussentijds",),
    EvaluationMoment.FINAL: ("aan het eind", "eind"),
}
SIDE_SPELLINGS = {
    PlacementSide.STUDENT: ("student",),
    PlacementSide.WORK: ("gemeente", "werk"),
    PlacementSide.SCHOOL: ("school",),
}
Member = TypeVar("Member", bound=StrEnum)


def levels_text(levels: Mapping[int, int]) -> str:
    """The level seen per learning goal, by its place in the list from 1: `1=3; 2=4`."""
    return "; ".join(f"{place}={level}" for place, level in sorted(levels.items()))


def read_levels(text: str) -> dict[int, int]:
    """The places and levels of `levels_text`. Raises InvalidValue at `levels`."""
    found: dict[int, int] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        place, _, level = (each.strip() for each in part.partition("="))
        if not all(each.isascii() and each.isdigit() and len(each) < 4 for each in (place, level)):
            raise InvalidValue("levels", "levels_unclear")
        found[int(place)] = int(level)
    return found


def by_name(spellings: Mapping[Member, tuple[str, ...]]) -> dict[str, Member]:
    """Every way to write a code, folded."""
    return {fold(name): code for code, names in spellings.items() for name in (code.value, *names)}
