"""The plan of a group assignment: groups, milestones and the presentation. The school makes it, both sides see it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.spans import session_span
from matchmaker.assignments import plan
from matchmaker.assignments.actions import must_allow, plan_presentation
from matchmaker.assignments.models import Assignment, AssignmentGroup, Milestone
from matchmaker.assignments.queries import group_of, milestone_of
from matchmaker.assignments.states import AssignmentAction
from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.web.fields import Form
from matchmaker.web.guards import SCHOOL, only
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.assignment_forms import GroupForm, MilestoneForm, PresentationForm
from matchmaker.web.together.assignments import my_assignment, to_assignment
from matchmaker.web.together.party import my_party
from matchmaker.words.assignments import presentation_wording

_SPAN_FIELDS = ("day", "hour", "minutes")


@together.route("/<id:match_id>/opdracht/groep", methods=["GET", "POST"])
@only(SCHOOL)
def add_group(match_id: int) -> Response | str:
    """One more group."""
    return _group(_to_plan(match_id), None)


@together.route("/<id:match_id>/opdracht/groep/<id:group_id>", methods=["GET", "POST"])
@only(SCHOOL)
def edit_group(match_id: int, group_id: int) -> Response | str:
    """Another name, number or topic."""
    assignment = _to_plan(match_id)
    return _group(assignment, group_of(assignment, group_id))


@together.post("/<id:match_id>/opdracht/groep/<id:group_id>/weg")
@only(SCHOOL)
def remove_group(match_id: int, group_id: int) -> Response:
    """Take a group away."""
    assignment = my_assignment(match_id)
    plan.remove_group(assignment, group_of(assignment, group_id), by=me())
    db.session.commit()
    flash(gettext("Weggehaald."), "success")
    return to_assignment(match_id)


@together.route("/<id:match_id>/opdracht/mijlpaal", methods=["GET", "POST"])
@only(SCHOOL)
def add_milestone(match_id: int) -> Response | str:
    """One more day by which something is there."""
    return _milestone(_to_plan(match_id), None)


@together.route("/<id:match_id>/opdracht/mijlpaal/<id:milestone_id>", methods=["GET", "POST"])
@only(SCHOOL)
def edit_milestone(match_id: int, milestone_id: int) -> Response | str:
    """Another day or title."""
    assignment = _to_plan(match_id)
    return _milestone(assignment, milestone_of(assignment, milestone_id))


@together.post("/<id:match_id>/opdracht/mijlpaal/<id:milestone_id>/weg")
@only(SCHOOL)
def remove_milestone(match_id: int, milestone_id: int) -> Response:
    """Take a milestone away."""
    assignment = my_assignment(match_id)
    plan.remove_milestone(assignment, milestone_of(assignment, milestone_id), by=me())
    db.session.commit()
    flash(gettext("Weggehaald."), "success")
    return to_assignment(match_id)


@together.post("/<id:match_id>/opdracht/mijlpaal/<id:milestone_id>/klaar")
def reach_milestone(match_id: int, milestone_id: int) -> Response:
    """It is there; either side may say so."""
    assignment = my_assignment(match_id)
    plan.reach(assignment, milestone_of(assignment, milestone_id), by=me(), as_party=my_party())
    db.session.commit()
    flash(gettext("Mooi. De ander ziet het ook."), "success")
    return to_assignment(match_id)


@together.route("/<id:match_id>/opdracht/presentatie", methods=["GET", "POST"])
@only(SCHOOL)
def edit_presentation(match_id: int) -> Response | str:
    """When and where the groups present."""
    assignment = _to_plan(match_id)
    moment = local(assignment.presentation_at) if assignment.presentation_at else None
    shown = {
        "day": moment.date() if moment else None,
        "hour": moment.time() if moment else None,
        "minutes": assignment.presentation_minutes,
        "place": assignment.presentation_place,
    }
    form = PresentationForm(data=shown)
    current = form.is_current_as({**shown, "version": assignment.version})
    if form.validate_on_submit() and current and _saved(form, lambda: _present(assignment, form)):
        flash(gettext("Bewaard. U krijgt allebei een uitnodiging voor in uw agenda."), "success")
        return to_assignment(match_id)
    return render_template("together/assignments/edit_presentation.html", match=assignment.match, form=form)


def _present(assignment: Assignment, form: PresentationForm) -> None:
    span = session_span(form.day.data, form.hour.data, form.minutes.data, fields=_SPAN_FIELDS)
    wording = presentation_wording(assignment.match)
    plan_presentation(assignment, span, place=form.place.data or "", wording=wording, by=me())


def _group(assignment: Assignment, group: AssignmentGroup | None) -> Response | str:
    form = GroupForm(obj=group)
    shown = {"name": group.name, "students": group.students, "topic": group.topic} if group else {}
    current = group is None or form.is_current_as(shown)
    if form.validate_on_submit() and current and _saved(form, lambda: plan.put_group(
        assignment, group, name=form.name.data, students=form.students.data, topic=form.topic.data or "", by=me()
    )):  # fmt: skip
        return redirect(url_for("together.show_assignment", match_id=assignment.match_id, _anchor="groepen"))
    return render_template(
        "together/assignments/edit_group.html", match=assignment.match, form=form, group=group,
        may_remove=plan.may_remove_group(assignment),
    )  # fmt: skip


def _milestone(assignment: Assignment, milestone: Milestone | None) -> Response | str:
    form = MilestoneForm(obj=milestone)
    current = milestone is None or form.is_current_as({"title": milestone.title, "day": milestone.day})
    if form.validate_on_submit() and current and _saved(form, lambda: plan.put_milestone(
        assignment, milestone, title=form.title.data, day=form.day.data, by=me()
    )):  # fmt: skip
        return redirect(url_for("together.show_assignment", match_id=assignment.match_id, _anchor="mijlpalen"))
    return render_template(
        "together/assignments/edit_milestone.html", match=assignment.match, form=form, milestone=milestone
    )


def _saved(form: Form, act: Callable[[], object]) -> bool:
    """Do it and keep it; what the domain refuses stands beside its field."""
    try:
        act()
    except InvalidValue as error:
        form.refuse(error)
        return False
    db.session.commit()
    return True


def _to_plan(match_id: int) -> Assignment:
    """My assignment while its plan may change."""
    assignment = my_assignment(match_id)
    must_allow(assignment, AssignmentAction.CHANGE)
    return assignment
