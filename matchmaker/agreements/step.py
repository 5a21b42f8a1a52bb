"""One step of an agreement with all that belongs to it: the state, its event and one line in the log."""

from typing import Any

from matchmaker.agreements.models import Agreement, AgreementEvent
from matchmaker.agreements.states import AgreementAction
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.placements.actor import Actor
from matchmaker.placements.parts import PlacementSide


def step(agreement: Agreement, action: AgreementAction, *, by: Actor, note: str = "", **values: Any) -> AgreementEvent:
    """Take one step; raises InvalidMove when the table has none from here."""
    event = agreement.move(action, by=by.account, part=by.part, note=note, **values)
    db.session.flush()
    placement = agreement.placement
    organisation = placement.municipality if by.side is PlacementSide.WORK else placement.institution
    record(f"agreement.{action.value}", about=agreement, by=by.account, organisation=organisation, part=by.part.value)
    return event
