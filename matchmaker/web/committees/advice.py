"""Advice: written down, answered by the school, and closed with what came of it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.clock import local, today
from matchmaker.committees import advising
from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.meeting_queries import kept_advice, meetings_of
from matchmaker.committees.models import Committee
from matchmaker.committees.queries import KEEPERS, kept_committee
from matchmaker.committees.states import AdviceAction, MeetingState, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.vocabulary import AdviceAnswer
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import AdviceForm, AnswerAdviceForm, CloseAdviceForm
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.dates import say_short_date


@committees.route("/<id:committee_id>/advies", methods=["GET", "POST"])
@only(KEEPERS)
def give_advice(committee_id: int) -> Response | str:
    """Write down what the committee says."""
    committee = kept_committee(committee_id, acting())
    held = [each for each in meetings_of(committee) if each.state is MeetingState.HELD]
    form = AdviceForm(data={"given_on": today()})
    form.offer((str(each.id), f"{each.title}, {say_short_date(local(each.starts_at).date())}") for each in held)
    if form.validate_on_submit() and _given(committee, held, form):
        db.session.commit()
        flash(gettext("Het advies staat erin. De school geeft er antwoord op."), "success")
        return _to(committee)
    return render_template("committees/give_advice.html", form=form, committee=committee)


@committees.route("/advies/<id:advice_id>/antwoord", methods=["GET", "POST"])
@only(KEEPERS)
def answer_advice(advice_id: int) -> Response | str:
    """What the school does with it, and why; the members hear it."""
    advice, form = _if(advice_id, AdviceAction.ANSWER), AnswerAdviceForm()
    if form.validate_on_submit():
        advising.answer(advice, answer=AdviceAnswer(form.answer.data), text=form.text.data or "", by=me())
        db.session.commit()
        flash(gettext("De leden krijgen nu bericht van het antwoord."), "success")
        return _to(advice.committee)
    return render_template("committees/answer_advice.html", form=form, advice=advice)


@committees.route("/advies/<id:advice_id>/rond-af", methods=["GET", "POST"])
@only(KEEPERS)
def settle_advice(advice_id: int) -> Response | str:
    """What came of it."""
    advice, form = _if(advice_id, AdviceAction.CLOSE), CloseAdviceForm()
    if form.validate_on_submit():
        advising.close(advice, follow_up=form.follow_up.data or "", by=me())
        db.session.commit()
        return _to(advice.committee)
    return render_template("committees/settle_advice.html", form=form, advice=advice)


def _if(advice_id: int, action: AdviceAction) -> Advice:
    advice = kept_advice(advice_id, acting())
    if not allows("advice", advice.state, action):
        raise InvalidMove(state=advice.state.value)
    return advice


def _given(committee: Committee, held: Sequence[Meeting], form: AdviceForm) -> bool:
    try:
        advising.give(
            committee,
            title=form.title.data or "",
            text=form.text.data or "",
            given_on=form.given_on.data,
            answer_before=form.answer_before.data,
            meeting=next((each for each in held if str(each.id) == form.meeting.data), None),
            by=me(),
        )
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def _to(committee: Committee) -> Response:
    return redirect(url_for("committees.show_committee", committee_id=committee.id))
