"""Which numbers of students may be seen, over all views at once: of a whole, and of each of its parts. Pure.

A desk is the whole and its municipalities are parts; a school is the whole and its faculties are parts. Whoever opens
one view after another, or acts in two roles, has them all: so they are hidden together.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.insights.small_groups import Line, Shown, hidden_cells, rounded
from matchmaker.vocabulary import Sector

SECTORS = (Sector.MBO, Sector.HBO, Sector.WO)


@dataclass(frozen=True, slots=True)
class Counted:
    """Students of one programme in one part: how many were placed, and how many of those started. Also of those who
    applied, and how many of those heard something."""

    part: int
    sector: Sector
    programme: int
    placed: int
    started: int


class Column(StrEnum):
    PLACED = "placed"
    STARTED = "started"
    PROGRAMME = "programme"


Cell = tuple[Column, int | None, Hashable]
"""A column, the part (None: the whole), and a sector or a programme; None for all sectors together."""


def cells(rows: Iterable[Counted]) -> Counter[Cell]:
    """The number in every cell of every view."""
    found: Counter[Cell] = Counter()
    for row in rows:
        for part in (None, row.part):
            found[Column.PLACED, part, None] += row.placed
            found[Column.PLACED, part, row.sector] += row.placed
            found[Column.STARTED, part, row.sector] += row.started
            found[Column.PROGRAMME, part, row.programme] += row.placed
    return found


def lines(rows: Sequence[Counted]) -> list[Line]:
    """Every cell that another is part of, with the cells it falls apart in. Two that are the same go both ways."""
    parts: list[int] = sorted({row.part for row in rows})
    of_sector = {each: sorted({row.programme for row in rows if row.sector is each}) for each in SECTORS}
    there = cells(rows)
    found: list[Line] = []

    def line(whole: Cell, inside: Iterable[Cell]) -> None:
        if whole in there:
            filled = [each for each in inside if there[each]]
            found.append((whole, filled))
            if [there[each] for each in filled] == [there[whole]]:
                found.append((filled[0], [whole]))

    for part in (None, *parts):
        line((Column.PLACED, part, None), ((Column.PLACED, part, each) for each in SECTORS))
        for sector in SECTORS:
            placed = (Column.PLACED, part, sector)
            line(placed, [(Column.STARTED, part, sector)])
            line(placed, ((Column.PROGRAMME, part, each) for each in of_sector[sector]))
    for whole in list(there):
        if whole[1] is None:
            line(whole, ((whole[0], part, whole[2]) for part in parts))
    return found


def shown_of(rows: Sequence[Counted], part: int | None) -> tuple[Shown[Sector], Shown[Sector], Shown[int]]:
    """Placed and started per kind of education, and placed per programme, of the whole (None) or of one part."""
    there = cells(rows)
    hidden = hidden_cells(there, lines(rows))
    programmes = sorted({row.programme for row in rows if part is None or row.part == part})

    def shown(column: Column, keys: Sequence[Hashable]) -> dict[Hashable, int | None]:
        return {each: _number(there, hidden, (column, part, each)) for each in keys}

    placed = shown(Column.PLACED, SECTORS)
    started = shown(Column.STARTED, SECTORS)
    named = shown(Column.PROGRAMME, programmes)
    of_sector = {row.programme: row.sector for row in rows}
    others = [each for each in programmes if named[each] is None and placed[of_sector[each]] is not None]
    unseen = [each for each in SECTORS if placed[each] is None]
    rest = _rest(there, [(Column.PLACED, part, each) for each in unseen])
    return (
        Shown(placed, None if (Column.PLACED, part, None) in hidden else rest),  # type: ignore[arg-type]
        Shown(started, None),  # type: ignore[arg-type]
        Shown(named, _rest(there, [(Column.PROGRAMME, part, each) for each in others])),  # type: ignore[arg-type]
    )


def _number(there: Counter[Cell], hidden: set[Hashable], cell: Cell) -> int | None:
    return None if cell in hidden else rounded(there[cell])


def _rest(there: Counter[Cell], unseen: Sequence[Cell]) -> int | None:
    """What hidden cells of lines with a shown whole are together: nobody, or at least five."""
    number = sum(there[each] for each in unseen)
    return rounded(number) if number else None
