"""It does not go well: tell someone who can help, and answer."""

from flask import flash
from flask_babel import gettext

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements import actions
from matchmaker.placements.parts import PlacementSide
from matchmaker.placements.signalling import HELPERS, school_reads_along, signal_of, signals_for
from matchmaker.placements.states import CALLED_OFF
from matchmaker.web.fields import options
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import AnswerForm, SignalForm
from matchmaker.words.placements import HELPERS as HELPERS_SAID


@both_doors("/signaal", methods=("GET", "POST"))
def raise_signal(seat: Seat) -> Answer:
    """Say what is wrong, to whom who can help."""
    if seat.actor.side not in HELPERS or seat.placement.state in CALLED_OFF:
        raise InvalidMove(state=seat.placement.state.value, action="signal")
    form = _form(seat)
    if form.validate_on_submit():
        try:
            to_side = PlacementSide(form.to_side.data)
            actions.raise_signal(seat.placement, form.text.data or "", to_side=to_side, by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Dit is meteen verstuurd. U krijgt binnen één werkdag antwoord."), "success")
            return seat.to()
    return page(
        "together/placements/raise_signal.html",
        seat,
        form=form,
        signals=signals_for(seat.placement, seat.actor.side),
        school_reads_along=school_reads_along(seat.placement, seat.actor.side),
    )


@both_doors("/signaal/<id:signal_id>", methods=("GET", "POST"))
def answer_signal(seat: Seat, signal_id: int) -> Answer:
    """Read a signal, and say what will happen."""
    signal, form = signal_of(seat.placement, signal_id, seat.actor.side), AnswerForm()
    may_answer = signal.answered_at is None and signal.to_side is seat.actor.side
    if form.is_submitted() and not may_answer:
        raise NotAllowed(action="answer_signal", part=seat.actor.part.value)
    if form.validate_on_submit():
        try:
            actions.answer_signal(signal, form.answer.data or "", by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Uw antwoord is verstuurd."), "success")
            return seat.to()
    return page("together/placements/answer_signal.html", seat, form=form, signal=signal, may_answer=may_answer)


def _form(seat: Seat) -> SignalForm:
    form, helpers = SignalForm(), HELPERS[seat.actor.side]
    form.to_side.choices = options([(each.value, HELPERS_SAID[each]) for each in helpers])
    if not form.is_submitted():
        form.to_side.data = helpers[0].value
    return form
