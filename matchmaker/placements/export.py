"""Placements and evaluations as a table. No cell can become a formula."""

from collections.abc import Iterable, Iterator
from datetime import date

from matchmaker.listings.import_export.cells import defused
from matchmaker.placements.evaluating import is_revealed
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.records import EvaluationMoment

PLACEMENT_COLUMNS = (
    "nummer", "soort", "titel", "student", "opleiding", "school", "gemeente", "begeleider_school",
    "begeleider_gemeente", "eerste_dag", "laatste_dag", "uren_per_week", "vergoeding", "werkplek", "crebo", "stand",
    "getekend_op", "reden_gestopt",
)  # fmt: skip
EVALUATION_COLUMNS = ("nummer", "student", "opleiding", "moment", "kant", "gegeven_op", "voldoende", "goed", "beter")


def placement_rows(placements: Iterable[Placement]) -> Iterator[list[str]]:
    """The header, then one row for each placement."""
    yield list(PLACEMENT_COLUMNS)
    for each in placements:
        yield [defused(cell) for cell in _placement_cells(each)]


def evaluation_rows(placements: Iterable[Placement]) -> Iterator[list[str]]:
    """The header, then what was given at each moment, once everyone may read it."""
    yield list(EVALUATION_COLUMNS)
    for placement in placements:
        for each in placement.evaluations:
            if is_revealed(placement, EvaluationMoment(each.moment)):
                enough = "" if each.enough is None else "ja" if each.enough else "nee"
                cells = [
                    str(placement.id), placement.student.display_name, placement.programme.name, each.moment.value,
                    each.side.value, each.given_at.date().isoformat(), enough, each.good, each.better,
                ]  # fmt: skip
                yield [defused(cell) for cell in cells]


def _placement_cells(placement: Placement) -> list[str]:
    school, work = placement.person(Part.SCHOOL_SUPERVISOR), placement.supervisor
    return [
        str(placement.id), placement.kind.value, placement.title, placement.student.display_name,
        placement.programme.name, placement.institution.name, placement.municipality.name,
        school.display_name if school else "", work.display_name if work else "", _day(placement.first_day),
        _day(placement.last_day), str(placement.hours_per_week or ""),
        "" if placement.allowance is None else str(placement.allowance), placement.workplace, placement.crebo,
        placement.state.value, _day(placement.signed_at.date() if placement.signed_at else None),
        placement.ended_because.value if placement.ended_because else "",
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
