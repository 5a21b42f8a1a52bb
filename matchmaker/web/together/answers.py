"""Yes, no and enough: the steps of one side in a match."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.assignments.queries import assignment_of
from matchmaker.committees.filling import fill_from_match
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches import actions, dates
from matchmaker.matches.colleagues import colleagues_of
from matchmaker.matches.models import Match
from matchmaker.matches.readers import answers_as_colleague
from matchmaker.matches.rules import REFUSALS_OF_COLLEAGUE, REFUSALS_OF_SCHOOL, may_refuse, may_withdraw
from matchmaker.matches.states import Action, State, allows
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Kind, Refusal
from matchmaker.web.fields import options
from matchmaker.web.guards import MUNICIPALITY, SCHOOL, only
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.forms import ColleagueForm, FinishForm, RefusalForm, ReplyForm, WithdrawForm
from matchmaker.web.together.party import my_match, my_party
from matchmaker.words.labels import choices


@together.route("/<id:match_id>/antwoord", methods=["GET", "POST"])
@only(SCHOOL)
def reply(match_id: int) -> Response | str:
    """Answer what the desk asked."""
    match, form = _match_if(match_id, lambda each: allows(each.state, Action.REPLY)), ReplyForm()
    if not form.validate_on_submit():
        return render_template("together/matches/reply.html", match=match, form=form, question=_question(match))
    actions.reply(match, answer=form.answer.data, by=me())
    db.session.commit()
    flash(gettext("Uw antwoord ligt bij het loket."), "success")
    return _to(match)


@together.post("/<id:match_id>/aannemen")
@only(SCHOOL)
def accept_match(match_id: int) -> Response:
    """Say yes to what the municipality offers; then a date follows."""
    match = my_match(match_id, lock=True)
    actions.accept(match, by=me())
    db.session.commit()
    flash(gettext("U zegt allebei ja. Spreek nu een datum af."), "success")
    return _to(match)


@together.route("/<id:match_id>/afslaan", methods=["GET", "POST"])
@only(SCHOOL)
def decline_match(match_id: int) -> Response | str:
    """Say no to what was offered, with a reason."""
    match, form = _match_if(match_id, lambda each: may_refuse(each, my_party())), RefusalForm()
    form.offer_reasons(REFUSALS_OF_SCHOOL)
    if form.validate_on_submit():
        try:
            actions.refuse(
                match, refusal=Refusal(form.refusal.data), note=form.note.data or "", by=me(), as_party=my_party()
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("De gemeente krijgt nu bericht met uw reden."), "success")
            return _to(match)
    return render_template("together/matches/decline_match.html", match=match, form=form)


@together.route("/<id:match_id>/collega", methods=["GET", "POST"])
@only(MUNICIPALITY)
def answer_as_colleague(match_id: int) -> Response | str:
    """A colleague who was asked answers while signed in."""
    match = _match_if(match_id, lambda each: answers_as_colleague(each, me()))
    others = {str(each.id): each for each in colleagues_of(match) if each.account_id != me().id}
    form = _colleague_form(others)
    if form.validate_on_submit():
        try:
            _answer(match, form, others.get(form.suggested.data))
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Dank u. Het loket weet het nu ook."), "success")
            return redirect(url_for("together.list_matches"))
    return render_template("together/matches/answer_as_colleague.html", match=match, form=form)


@together.route("/<id:match_id>/stoppen", methods=["GET", "POST"])
def withdraw_match(match_id: int) -> Response | str:
    """Take it back; a date that was agreed leaves every calendar."""
    match, form = _match_if(match_id, lambda each: may_withdraw(each, my_party())), WithdrawForm()
    if _runs_with_groups(match):
        return redirect(url_for("together.call_off_assignment", match_id=match.id))
    if not form.validate_on_submit():
        return render_template("together/matches/withdraw_match.html", match=match, form=form)
    actions.withdraw(match, note=form.note.data, by=me(), as_party=my_party())
    fill_from_match(match, by=me())
    db.session.commit()
    flash(gettext("Dit is gestopt. De ander krijgt bericht met uw reden."), "success")
    return _to(match)


@together.post("/<id:match_id>/geweest")
def finish_match(match_id: int) -> Response:
    """It took place, or came to its end."""
    match, form = my_match(match_id, lock=True), FinishForm()
    if _runs_with_groups(match):
        return redirect(url_for("together.show_assignment", match_id=match.id))
    try:
        dates.finish(match, by=me(), as_party=my_party())
    except InvalidValue as error:
        form.refuse(error)
        flash(str(form.completed.errors[0]), "warning")
    else:
        db.session.commit()
        flash(gettext("Mooi. Dit is nu klaar."), "success")
    return _to(match)


def _colleague_form(others: Mapping[str, Membership]) -> ColleagueForm:
    form = ColleagueForm()
    form.refusal.choices = options([("", gettext("Kies een reden")), *choices(Refusal, only=REFUSALS_OF_COLLEAGUE)])
    names = ((key, each.account.display_name) for key, each in others.items())
    form.suggested.choices = options([("", gettext("Kies een collega")), *names])
    return form


def _answer(match: Match, form: ColleagueForm, suggested: Membership | None) -> None:
    actions.answer_as_colleague(
        match,
        answer=form.answer.data,
        refusal=Refusal(form.refusal.data) if form.refusal.data else None,
        note=form.note.data or "",
        suggested=suggested,
        by=me(),
    )


def _match_if(match_id: int, allowed: Callable[[Match], bool]) -> Match:
    """My match, if this step exists from where it stands; else InvalidMove, so that no form is filled in vain."""
    match = my_match(match_id, lock=request.method == "POST")
    if not allowed(match):
        raise InvalidMove(state=match.state.value)
    return match


def _runs_with_groups(match: Match) -> bool:
    """Whether groups work on it: then it ends with their assignment."""
    assignment = assignment_of(match) if match.kind is Kind.GROUP else None
    return assignment is not None and not assignment.has_ended


def _question(match: Match) -> str:
    """The last question of the desk."""
    asked = [event.note for event in match.events if event.state_after is State.ASKED and event.action is Action.ASK]
    return asked[-1] if asked else ""


def _to(match: Match) -> Response:
    return redirect(url_for("together.show_match", match_id=match.id))
