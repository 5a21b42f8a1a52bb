"""Who has a part in a placement, and on which side of it they stand."""

from enum import StrEnum


class Part(StrEnum):
    """What someone is in one placement. A practice trainer is the legal word of mbo."""

    STUDENT = "student"
    SCHOOL_SUPERVISOR = "school_supervisor"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    PRACTICE_TRAINER = "practice_trainer"
    OFFICER = "officer"
    PARENT = "parent"
    SYSTEM = "system"


class PlacementSide(StrEnum):
    """Three sides make a placement; a parent looks on with the student."""

    STUDENT = "student"
    SCHOOL = "school"
    WORK = "work"
    PARENT = "parent"
    SYSTEM = "system"


SIDE_OF: dict[Part, PlacementSide] = {
    Part.STUDENT: PlacementSide.STUDENT,
    Part.SCHOOL_SUPERVISOR: PlacementSide.SCHOOL,
    Part.COORDINATOR: PlacementSide.SCHOOL,
    Part.SUPERVISOR: PlacementSide.WORK,
    Part.PRACTICE_TRAINER: PlacementSide.WORK,
    Part.OFFICER: PlacementSide.WORK,
    Part.PARENT: PlacementSide.PARENT,
    Part.SYSTEM: PlacementSide.SYSTEM,
}
THREE_SIDES = (PlacementSide.STUDENT, PlacementSide.WORK, PlacementSide.SCHOOL)
WORK_PARTS = frozenset(part for part, side in SIDE_OF.items() if side is PlacementSide.WORK)
SCHOOL_PARTS = frozenset(part for part, side in SIDE_OF.items() if side is PlacementSide.SCHOOL)
