"""What is arranged: filled in by all sides, laid before the programme when it is whole."""

from dataclasses import dataclass

from flask import flash, request
from flask_babel import gettext

from matchmaker.competences.queries import competences
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.placements import actions
from matchmaker.placements.arranging import Goal
from matchmaker.placements.models import LearningGoal, Placement
from matchmaker.placements.rules import may
from matchmaker.placements.states import PlacementAction
from matchmaker.web.fields import sent_along
from matchmaker.web.together.forms import number_of
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import MOST_GOALS, ArrangementForm, NoteStepForm
from matchmaker.words.competences import competence_name
from matchmaker.words.errors import sentence_for

SPARE_GOALS = 2
FIELDS = (
    "assignment", "hours_per_week", "weekdays", "first_day", "last_day", "allowance", "workplace", "mode", "crebo",
    "in_english",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as it stands on the page."""

    text: str
    competence: str
    level: str


@both_doors("/afspraken", methods=("GET", "POST"))
def edit_arrangement(seat: Seat) -> Answer:
    """Assignment, goals, days, place and allowance; saving does not have to be the end of it."""
    placement = seat.placement
    if not may(seat.actor.part, placement, PlacementAction.ARRANGE):
        raise InvalidMove(state=placement.state.value, action="arrange")
    form = ArrangementForm(obj=placement)
    if not placement.is_mbo:
        del form.crebo
    current = is_current(form, placement)
    if form.validate_on_submit() and current:
        try:
            actions.arrange(placement, arranged_values(form, placement), goals_sent(), by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("De afspraken zijn bewaard."), "success")
            return seat.to()
    return page(
        "together/placements/edit_arrangement.html",
        seat,
        form=form,
        goals=goal_rows(placement),
        choices=competence_choices(),
    )


@both_doors("/voorleggen", methods=("POST",))
def submit_arrangement(seat: Seat) -> Answer:
    """The programme gets it to look at."""
    try:
        actions.submit(seat.placement, by=seat.actor)
    except InvalidValue as error:
        flash(sentence_for(error), "warning")
        return seat.to()
    db.session.commit()
    flash(gettext("De opleiding kijkt er nu naar. U krijgt bericht."), "success")
    return seat.to()


@both_doors("/heropenen", methods=("GET", "POST"))
def reopen_arrangement(seat: Seat) -> Answer:
    """Something changes after the programme said yes; it looks again after that."""
    form = NoteStepForm()
    if not may(seat.actor.part, seat.placement, PlacementAction.REOPEN):
        raise InvalidMove(state=seat.placement.state.value, action="reopen")
    if not form.validate_on_submit():
        return page("together/placements/reopen.html", seat, form=form)
    actions.reopen(seat.placement, by=seat.actor, note=form.note.data or "")
    db.session.commit()
    flash(gettext("De afspraken zijn weer open. Daarna kijkt de opleiding opnieuw."), "success")
    return seat.to()


def is_current(form: ArrangementForm, placement: Placement) -> bool:
    """Whether the arrangement, its goals too, is still what the form was made from."""
    shown = {name: getattr(placement, name) for name in FIELDS if name in form}
    goals = [_in_words(each) for each in placement.goals]
    said = "\n".join(goals) or gettext("leeg")
    return form.is_current_as({**shown, "goals": goals}, also=[(gettext("Leerdoelen"), said)])


def _in_words(goal: LearningGoal) -> str:
    named = competence_name(goal.competence) if goal.competence else ""
    return ", ".join(part for part in (goal.text, named, str(goal.level or "")) if part)


def arranged_values(form: ArrangementForm, placement: Placement) -> dict[str, object]:
    """What was filled in; what the page does not ask stays as it is."""
    values = {name: form[name].data for name in FIELDS if name in form}
    return {**values, "interim_on": placement.interim_on}


def goals_sent() -> list[Goal]:
    """The goals that were filled in. Raises InvalidValue at `goals` for a competence nobody knows."""
    known = {each.id: each for each in competences()}
    found = []
    for number in range(MOST_GOALS + SPARE_GOALS):
        chosen = number_of(sent_along(f"competence-{number}"))
        if chosen and chosen not in known:
            raise InvalidValue("goals", "unknown_code")
        level = number_of(sent_along(f"level-{number}")) or None
        found.append(Goal(sent_along(f"goal-{number}").strip(), known.get(chosen), level))
    return found


def goal_rows(placement: Placement) -> list[GoalRow]:
    """The goals there are, or what was typed, and room for more."""
    if request.method == "POST":
        names = ("goal", "competence", "level")
        typed = [GoalRow(*(sent_along(f"{name}-{n}") for name in names)) for n in range(MOST_GOALS)]
        return [each for each in typed if each.text or each.competence] + [GoalRow("", "", "")]
    rows = [GoalRow(each.text, str(each.competence_id or ""), str(each.level or "")) for each in placement.goals]
    return (rows + [GoalRow("", "", "")] * SPARE_GOALS)[:MOST_GOALS]


def competence_choices() -> list[tuple[str, str]]:
    return [("", gettext("Geen competentie")), *((str(each.id), competence_name(each)) for each in competences())]
