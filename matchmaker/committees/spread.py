"""The spread of a committee: fields of work by size of municipality, what is wanted beside who sits there."""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.committees.models import Seat, Term
from matchmaker.committees.states import TermState
from matchmaker.vocabulary import MunicipalitySize

SIZES: tuple[MunicipalitySize | None, ...] = (*MunicipalitySize, None)
"""None: of any size, or not known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many seats ask for this, and how many people bring it."""

    wanted: int
    held: int

    @property
    def gap(self) -> int:
        return max(0, self.wanted - self.held)


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One field of work; an empty code is any field, or not known."""

    work_field: str
    cells: tuple[Cell, ...]


def spread_of(seats: Iterable[Seat]) -> list[SpreadRow]:
    """A row for each field that is asked for or brought, by code, any field last; columns as in SIZES."""
    standing = list(seats)
    return spread(
        [(each.work_field, each.size) for each in standing],
        [brought(each.current) for each in standing if each.current and each.current.state is TermState.RUNNING],
    )


def brought(term: Term) -> tuple[str, MunicipalitySize | None]:
    """What someone brings: field of work and size of the municipality."""
    return term.work_field, term.size


def spread(
    wanted: list[tuple[str, MunicipalitySize | None]], held: list[tuple[str, MunicipalitySize | None]]
) -> list[SpreadRow]:
    """The same from pairs of field and size."""
    fields = sorted({field for field, _ in [*wanted, *held]}, key=lambda code: (not code, code))
    return [
        SpreadRow(field, tuple(Cell(wanted.count((field, size)), held.count((field, size))) for size in SIZES))
        for field in fields
    ]


def vacant(seats: Iterable[Seat]) -> list[Seat]:
    """The seats nobody sits on."""
    return [each for each in seats if each.current is None or each.current.state is not TermState.RUNNING]
