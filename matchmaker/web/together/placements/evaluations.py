"""How it goes and how it went: each side gives theirs, then all read them, and the student answers."""

from flask import flash
from flask_babel import gettext

from matchmaker.competences.models import LEVELS
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.placements import actions
from matchmaker.placements.evaluating import closes_on, given, has_opened, is_revealed, readable, reply_to
from matchmaker.placements.evaluations import may_evaluate, may_reply
from matchmaker.placements.parts import THREE_SIDES, Part, PlacementSide
from matchmaker.placements.records import EvaluationMoment
from matchmaker.web.fields import sent_along
from matchmaker.web.together.forms import number_of
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import EvaluationForm, ReplyForm
from matchmaker.words.arrangements import goal_line
from matchmaker.words.placements import placed

MOMENT = "<any(interim, final):moment>"


@both_doors(f"/evaluatie/{MOMENT}")
def show_evaluation(seat: Seat, moment: str) -> Answer:
    """What this reader may read, and what is still waited for."""
    return _read(seat, EvaluationMoment(moment), ReplyForm(formdata=None))


@both_doors(f"/evaluatie/{MOMENT}/geven", methods=("GET", "POST"))
def give_evaluation(seat: Seat, moment: str) -> Answer:
    """Give one's own, without seeing the others."""
    when, form = EvaluationMoment(moment), EvaluationForm()
    if not may_evaluate(seat.placement, when, seat.actor.part):
        raise InvalidMove(state=seat.placement.state.value, action="evaluate")
    if when is EvaluationMoment.INTERIM or seat.actor.side is PlacementSide.STUDENT:
        del form.enough
    if form.validate_on_submit():
        try:
            _give(seat, when, form)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Bewaard. De anderen lezen het als iedereen klaar is."), "success")
            return seat.to("show_evaluation", moment=moment)
    goals = [(each.id, goal_line(each), sent_along(f"level-{each.id}")) for each in seat.placement.goals]
    return page(
        "together/placements/give_evaluation.html",
        seat,
        form=form,
        moment=when,
        title=placed(when),
        goals=goals,
        levels=[(str(each), str(each)) for each in LEVELS],
    )


@both_doors(f"/evaluatie/{MOMENT}/antwoord", methods=("POST",))
def reply_to_evaluation(seat: Seat, moment: str) -> Answer:
    """The student says whether it is right."""
    when, form = EvaluationMoment(moment), ReplyForm()
    if form.validate_on_submit():
        try:
            agrees = form.agrees.data == "yes"
            actions.reply(seat.placement, when, agrees=agrees, reason=form.reason.data or "", by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Je antwoord staat erbij."), "success")
            return seat.to("show_evaluation", moment=moment)
    return _read(seat, when, form)


def _read(seat: Seat, moment: EvaluationMoment, form: ReplyForm) -> str:
    placement, part = seat.placement, seat.actor.part
    goals = {str(each.id): goal_line(each) for each in placement.goals}
    shown = [
        (each, [(goals[goal], level) for goal, level in each.levels.items() if goal in goals])
        for each in readable(placement, moment, seat.actor.side)
    ]
    waiting = [placed(side) for side in THREE_SIDES if side not in given(placement, moment)]
    return page(
        "together/placements/show_evaluation.html",
        seat,
        form=form,
        moment=moment,
        title=placed(moment),
        shown=shown,
        waiting=waiting,
        revealed=is_revealed(placement, moment),
        opened=has_opened(placement, moment),
        closes=closes_on(placement, moment),
        may_give=may_evaluate(placement, moment, part),
        may_reply=part is Part.STUDENT and may_reply(placement, moment),
        reply=reply_to(placement, moment),
    )


def _give(seat: Seat, moment: EvaluationMoment, form: EvaluationForm) -> None:
    levels = {each.id: number_of(sent_along(f"level-{each.id}")) for each in seat.placement.goals}
    enough = form.enough.data if "enough" in form else None
    actions.evaluate(
        seat.placement,
        moment,
        good=form.good.data or "",
        better=form.better.data or "",
        enough=None if not enough else enough == "yes",
        levels={goal: level for goal, level in levels.items() if level},
        by=seat.actor,
    )
