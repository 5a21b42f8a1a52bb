"""Placements and evaluations as a table. No cell can become a formula."""

from collections.abc import Iterable, Iterator
from datetime import date

from matchmaker.clock import local
from matchmaker.listings.import_export.cells import defused
from matchmaker.placements.evaluating import is_revealed, levels_by_place
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.spellings import KIND_SPELLINGS, MOMENT_SPELLINGS, SIDE_SPELLINGS, levels_text

PLACEMENT_COLUMNS = (
    "nummer", "soort", "titel", "student", "student_mail", "opleiding", "school", "gemeente", "begeleider_school",
    "begeleider_school_mail", "begeleider_gemeente", "begeleider_gemeente_mail", "eerste_dag", "laatste_dag",
    "uren_per_week", "vergoeding", "werkplek", "opdracht", "crebo", "stand", "getekend_op", "reden_gestopt",
)  # fmt: skip
EVALUATION_COLUMNS = (
    "nummer", "student", "opleiding", "moment", "kant", "gegeven_op", "voldoende", "goed", "beter", "niveaus", "door",
)  # fmt: skip


def placement_rows(placements: Iterable[Placement], *, side: PlacementSide) -> Iterator[list[str]]:
    """The header, then one row for each placement. Addresses are those of the reader's own side, and for the school
    those of its students."""
    yield list(PLACEMENT_COLUMNS)
    for each in placements:
        yield [defused(cell) for cell in _placement_cells(each, side)]


def evaluation_rows(placements: Iterable[Placement]) -> Iterator[list[str]]:
    """The header, then what was given at each moment, once everyone may read it."""
    yield list(EVALUATION_COLUMNS)
    for placement in placements:
        for each in placement.evaluations:
            if is_revealed(placement, each.moment):
                enough = "" if each.enough is None else "ja" if each.enough else "nee"
                cells = [
                    str(placement.id), placement.student.display_name, placement.programme.name,
                    MOMENT_SPELLINGS[each.moment][0], SIDE_SPELLINGS[each.side][0],
                    local(each.given_at).date().isoformat(), enough, each.good, each.better,
                    levels_text(levels_by_place(placement, each)), each.given_by,
                ]  # fmt: skip
                yield [defused(cell) for cell in cells]


def _placement_cells(placement: Placement, side: PlacementSide) -> list[str]:
    school, work = placement.person(Part.SCHOOL_SUPERVISOR), placement.supervisor
    at_school, at_work = side is PlacementSide.SCHOOL, side is PlacementSide.WORK
    return [
        str(placement.id), KIND_SPELLINGS[placement.kind][0], placement.title, placement.student.display_name,
        placement.student.email if at_school else "", placement.programme.name, placement.institution.name,
        placement.municipality.name, school.display_name if school else "",
        school.email if school and at_school else "", work.display_name if work else "",
        work.email if work and at_work else "", _day(placement.first_day), _day(placement.last_day),
        str(placement.hours_per_week or ""), "" if placement.allowance is None else str(placement.allowance),
        placement.workplace, placement.assignment, placement.crebo, placement.state.value,
        _day(local(placement.signed_at).date() if placement.signed_at else None),
        placement.ended_because.value if placement.ended_because else "",
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
