"""Who is next in a placement and by when. Pages, letters and reminders all follow this."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from matchmaker.clock import at
from matchmaker.placements.evaluating import closes_on, given, is_revealed
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import SCHOOL_PARTS, SIDE_OF, WORK_PARTS, Part
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.states import PlacementState
from matchmaker.reference.holidays import CLOSES, due_moment

FIRST_HOUR = time(9)
_DAYS = {
    PlacementState.ARRANGING: 10,
    PlacementState.TO_APPROVE: 5,
    PlacementState.APPROVED: 5,
    PlacementState.SIGNING: 10,
}
_TURNS: dict[PlacementState, frozenset[Part]] = {
    PlacementState.ARRANGING: WORK_PARTS | {Part.STUDENT},
    PlacementState.TO_APPROVE: frozenset({Part.COORDINATOR}),
    PlacementState.APPROVED: frozenset({Part.COORDINATOR}),
    PlacementState.SIGNING: frozenset({Part.STUDENT, Part.PARENT, Part.COORDINATOR, Part.OFFICER}),
    PlacementState.SIGNED: WORK_PARTS,
}


class Coming(StrEnum):
    """What is waited for while a placement runs."""

    CONTACT = "contact"
    INTERIM = "interim"
    FINAL = "final"
    FINISH = "finish"


class NextUp(NamedTuple):
    """What is next while it runs, by which day, and who does it."""

    what: Coming
    day: date
    parts: frozenset[Part]


def next_up(placement: Placement) -> NextUp | None:
    """The first thing waited for while a placement runs; None in any other state."""
    if placement.state is not PlacementState.RUNNING:
        return None
    found = [
        NextUp(Coming.CONTACT, each.planned_on, SCHOOL_PARTS) for each in placement.contacts if each.held_on is None
    ]
    for what, moment in ((Coming.INTERIM, EvaluationMoment.INTERIM), (Coming.FINAL, EvaluationMoment.FINAL)):
        closes = closes_on(placement, moment)
        if closes is not None and not is_revealed(placement, moment):
            found.append(NextUp(what, closes, _wanting(placement, moment)))
    if found:
        return min(found, key=lambda each: (each.day, each.what.value))
    closes = closes_on(placement, EvaluationMoment.FINAL)
    return NextUp(Coming.FINISH, closes, frozenset({Part.COORDINATOR})) if closes else None


def whose_turn(placement: Placement) -> frozenset[Part]:
    """The parts one of which must act; empty after the end."""
    coming = next_up(placement)
    return coming.parts if coming else _TURNS.get(placement.state, frozenset())


def due_after(placement: Placement, moment: datetime) -> datetime | None:
    """When the turn that starts now ends. Ready to start: the first day. While it runs: what comes first."""
    if days := _DAYS.get(placement.state):
        return due_moment(moment, days)
    if placement.state is PlacementState.SIGNED and placement.first_day:
        return at(placement.first_day, FIRST_HOUR)
    coming = next_up(placement)
    return at(coming.day, CLOSES) if coming else None


def _wanting(placement: Placement, moment: EvaluationMoment) -> frozenset[Part]:
    """The parts of the sides that have not given theirs."""
    there = given(placement, moment)
    sides = SCHOOL_PARTS | WORK_PARTS | {Part.STUDENT}
    return frozenset(part for part in sides if SIDE_OF[part] not in there)
