"""Changing what was signed: the arrangement with other values, as a draft that shows the difference."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.agreements.amending import draft_amendment, may_amend
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import agreement_of
from matchmaker.agreements.rules import AMENDS
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements.actor import Actor
from matchmaker.placements.queries import actor_in
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.lists import my_membership
from matchmaker.web.guards import SIGN_FOR_OTHERS, only
from matchmaker.web.together.placements.arrangement import (
    arranged_values,
    competence_choices,
    goal_rows,
    goals_sent,
    is_current,
)
from matchmaker.web.together.placements.door import Seat
from matchmaker.web.together.placements.forms import ArrangementForm


@agreements.route("/<id:agreement_id>/wijzig", methods=["GET", "POST"])
@only(SIGN_FOR_OTHERS)
def amend_agreement(agreement_id: int) -> Response | str:
    """The values of the arrangement, to change; what differs is shown before it is sent."""
    agreement = agreement_of(agreement_id, my_membership(), lock=request.method == "POST")
    placement, actor = agreement.placement, actor_in(agreement.placement, my_membership())
    if actor.part not in AMENDS:
        raise NotAllowed(action="amend")
    if not may_amend(agreement):
        raise InvalidMove(state=agreement.state.value, action="amend")
    form = ArrangementForm(obj=placement)
    del form.in_english
    if not placement.is_mbo:
        del form.crebo
    current = is_current(form, placement)
    draft = _drafted(agreement, form, actor) if form.validate_on_submit() and current else None
    if draft is None:
        return _page(agreement, form, actor)
    db.session.commit()
    return redirect(url_for("agreements.show_agreement", agreement_id=draft.id))


def _drafted(agreement: Agreement, form: ArrangementForm, actor: Actor) -> Agreement | None:
    """The draft, or nothing with the error on the form."""
    try:
        return draft_amendment(agreement, arranged_values(form, agreement.placement), goals_sent(), by=actor)
    except InvalidValue as error:
        form.refuse(error)
        return None


def _page(agreement: Agreement, form: ArrangementForm, actor: Actor) -> str:
    placement = agreement.placement
    return render_template(
        "agreements/amend_agreement.html",
        seat=Seat(placement, actor),
        placement=placement,
        form=form,
        goals=goal_rows(placement),
        choices=competence_choices(),
    )
