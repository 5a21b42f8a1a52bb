"""May they? Which part may take which step, and what is still missing before it."""

from matchmaker.clock import today
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import SCHOOL_PARTS, WORK_PARTS, Part
from matchmaker.placements.states import PlacementAction, allows
from matchmaker.vocabulary import Mode

_ALL_BUT_PARENT = frozenset(Part) - {Part.PARENT, Part.SYSTEM}
_CALLERS_OFF = frozenset({Part.STUDENT, Part.COORDINATOR, Part.SCHOOL_SUPERVISOR, Part.OFFICER, Part.SUPERVISOR})
MAY: dict[PlacementAction, frozenset[Part]] = {
    PlacementAction.ARRANGE: _ALL_BUT_PARENT,
    PlacementAction.SUBMIT: _ALL_BUT_PARENT,
    PlacementAction.APPROVE: frozenset({Part.COORDINATOR}),
    PlacementAction.SEND_BACK: frozenset({Part.COORDINATOR}),
    PlacementAction.REOPEN: _ALL_BUT_PARENT - {Part.STUDENT},
    PlacementAction.NAME: frozenset({Part.COORDINATOR, Part.OFFICER}),
    PlacementAction.START: WORK_PARTS | {Part.COORDINATOR},
    PlacementAction.FINISH: frozenset({Part.COORDINATOR, Part.OFFICER}),
    PlacementAction.CANCEL: _CALLERS_OFF,
    PlacementAction.STOP: _CALLERS_OFF,
}
"""Steps that a person takes on a page. Those of the agreement are asked by `agreements`, which knows who signs."""

NAMES: dict[Part, frozenset[Part]] = {
    Part.COORDINATOR: frozenset({Part.SCHOOL_SUPERVISOR, Part.PARENT, Part.SUPERVISOR, Part.PRACTICE_TRAINER}),
    Part.OFFICER: frozenset({Part.SUPERVISOR, Part.PRACTICE_TRAINER}),
}
"""Whom each may point out."""

PLANS = SCHOOL_PARTS | WORK_PARTS | {Part.STUDENT}
CHECKS = WORK_PARTS
CONFIRMS_DAYS = WORK_PARTS
EVALUATES = SCHOOL_PARTS | WORK_PARTS | {Part.STUDENT}


def may(part: Part, placement: Placement, action: PlacementAction) -> bool:
    """Whether this part may take this step from where the placement stands."""
    return allows(placement.state, action) and part in MAY.get(action, frozenset())


def missing(placement: Placement) -> list[str]:
    """What has to be arranged before the programme can look, as codes, in the order of the page."""
    wanted = {
        "assignment": bool(placement.assignment),
        "goals": bool(placement.goals),
        "hours_per_week": placement.hours_per_week is not None,
        "first_day": placement.first_day is not None,
        "last_day": placement.last_day is not None,
        "workplace": bool(placement.workplace) or placement.mode is Mode.ONLINE,
        "supervisor": placement.supervisor is not None,
        "school_supervisor": placement.person(Part.SCHOOL_SUPERVISOR) is not None,
        "crebo": not placement.is_mbo or bool(placement.crebo),
        "practice_trainer": not placement.is_mbo or placement.person(Part.PRACTICE_TRAINER) is not None,
        "parent": not needs_parent(placement) or placement.person(Part.PARENT) is not None,
    }
    return [code for code, there in wanted.items() if not there]


def needs_parent(placement: Placement) -> bool:
    """Whether a parent signs: the student is under 18 on the first day, or today while no day is known."""
    return placement.is_minor_on(placement.first_day or today())


def taken_mailbox(placement: Placement, address: str) -> str:
    """Why a parent cannot have this address, as a code: it is that of the student or of someone else here."""
    wanted = _mailbox(address)
    if wanted == _mailbox(placement.student.email):
        return "parent_is_student"
    others = {_mailbox(each.email) for each in placement.people if each.part is not Part.PARENT}
    return "parent_is_other" if wanted in others else ""


def _mailbox(address: str) -> str:
    """Where mail really arrives: capitals and what stands behind a plus make no other mailbox."""
    name, _, domain = address.strip().lower().rpartition("@")
    return f"{name.split('+')[0]}@{domain}"
