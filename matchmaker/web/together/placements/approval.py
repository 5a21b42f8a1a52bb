"""The programme looks at the arrangement."""

from flask import flash
from flask_babel import gettext

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.placements import actions
from matchmaker.placements.models import Placement, Presence
from matchmaker.placements.rules import may
from matchmaker.placements.states import PlacementAction
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import DecisionForm
from matchmaker.words.arrangements import arrangement_facts, goal_lines


@both_doors("/goedkeuren", methods=("GET", "POST"))
def decide_arrangement(seat: Seat) -> Answer:
    """Yes, with what the programme wants kept, or back with what has to change."""
    placement = seat.placement
    if not may(seat.actor.part, placement, PlacementAction.APPROVE):
        raise InvalidMove(state=placement.state.value, action="approve")
    form = DecisionForm(data={"presence": placement.presence.value, "interim_on": _halfway(placement)})
    if form.validate_on_submit():
        try:
            _decide(seat, form)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Genoteerd. De anderen krijgen bericht."), "success")
            return seat.to()
    facts = arrangement_facts(placement)
    return page(
        "together/placements/decide_arrangement.html", seat, form=form, facts=facts, goals=goal_lines(placement)
    )


def _decide(seat: Seat, form: DecisionForm) -> None:
    placement, note = seat.placement, form.note.data or ""
    if form.decision.data == "no":
        actions.send_back(placement, by=seat.actor, note=note)
        return
    values = {"presence": Presence(form.presence.data), "interim_on": form.interim_on.data}
    actions.set_presence(placement, values, by=seat.actor)
    actions.approve(placement, by=seat.actor, note=note)


def _halfway(placement: Placement) -> object:
    """The day in the middle, as a suggestion."""
    if placement.interim_on or not (placement.first_day and placement.last_day):
        return placement.interim_on
    return placement.first_day + (placement.last_day - placement.first_day) / 2
