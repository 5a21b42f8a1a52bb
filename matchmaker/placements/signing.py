"""What the agreement does to a placement. `agreements` calls these; nothing else moves through signing."""

from collections.abc import Mapping, Sequence
from typing import Any

from matchmaker.clock import now
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import Goal, check_recognition, put_values
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementAction
from matchmaker.placements.step import check_step, step


def send_to_sign(placement: Placement, *, by: Actor) -> None:
    """The agreement is with those who sign; the letters to them are the agreement's."""
    check_recognition(placement, placement.first_day)
    step(placement, PlacementAction.SEND, by=by)


def signed_by_all(placement: Placement, *, by: Actor) -> None:
    """The last signature was set."""
    step(placement, PlacementAction.SIGN, by=by)
    placement.signed_at = now()
    tell_parts("placement_step", placement, frozenset(Part), news="signed")


def withdraw_agreement(placement: Placement, *, by: Actor, note: str = "") -> None:
    """The agreement is taken back before all signed; the arrangement can be opened again."""
    step(placement, PlacementAction.WITHDRAW, by=by, note=note)


def amend(placement: Placement, values: Mapping[str, Any], goals: Sequence[Goal], *, by: Actor) -> None:
    """An amendment that all whom it touches signed: the arrangement becomes what was signed. Raises InvalidValue."""
    check_step(placement, PlacementAction.AMEND, by=by)
    put_values(placement, values, goals)
    step(placement, PlacementAction.AMEND, by=by)
    tell_parts("placement_step", placement, frozenset(Part), news="amended")
