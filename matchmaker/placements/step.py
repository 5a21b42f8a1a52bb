"""One step in a placement with all that belongs to it: the state, the clock and one line in the log."""

from typing import Any

from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotAllowed
from matchmaker.placements.actor import Actor
from matchmaker.placements.clockwork import due_after
from matchmaker.placements.models import Placement, PlacementEvent
from matchmaker.placements.parts import PlacementSide
from matchmaker.placements.rules import MAY
from matchmaker.placements.states import PlacementAction, PlacementState, next_state

KEEPS_THE_CLOCK = frozenset(
    {PlacementAction.ARRANGE, PlacementAction.NAME, PlacementAction.REMIND, PlacementAction.ESCALATE}
)


def step(placement: Placement, action: PlacementAction, *, by: Actor, note: str = "", **values: Any) -> PlacementEvent:
    """Take one step; raises InvalidMove when it does not exist from here, NotAllowed when it is another's."""
    check_step(placement, action, by=by)
    event = placement.move(action, by=by.account, part=by.part, note=note, **values)
    if action not in KEEPS_THE_CLOCK:
        set_clock(placement)
    db.session.flush()
    log(placement, action.value, by=by, stage=placement.state.value)
    return event


def check_step(placement: Placement, action: PlacementAction, *, by: Actor) -> None:
    """Whether this actor may take this step now, before anything has changed. Raises InvalidMove, NotAllowed."""
    next_state(placement.state, action)
    if action in MAY and by.part not in MAY[action]:
        raise NotAllowed(action=action.value, part=by.part.value)


def set_clock(placement: Placement) -> None:
    """A new turn begins, with its own end, reminder and report."""
    due = due_after(placement, now())
    if due != placement.due_at or placement.state is not PlacementState.RUNNING:
        placement.due_at = due
        placement.reminded_at = placement.escalated_at = None


def follow_clock(placement: Placement) -> None:
    """What was noted may be what a running placement waited for. Before and after it no turn ends or begins by it."""
    if placement.state is PlacementState.RUNNING:
        set_clock(placement)


def log(placement: Placement, action: str, *, by: Actor, **details: Any) -> None:
    """One line in the log, under the organisation of whoever acted."""
    db.session.flush()
    organisation = placement.municipality if by.side is PlacementSide.WORK else placement.institution
    record(f"placement.{action}", about=placement, by=by.account, organisation=organisation, **details)
