"""A group assignment, as both sides see it: where it stands, and the steps that move it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.ical import download as calendar_file
from matchmaker.assignments import actions
from matchmaker.assignments.models import Assignment, Decision, StopReason
from matchmaker.assignments.queries import assignment_of, file_of
from matchmaker.assignments.rules import can_begin
from matchmaker.assignments.states import AssignmentAction, allows
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.values import clean_value
from matchmaker.matches.models import Match
from matchmaker.vocabulary import Party
from matchmaker.web.files import as_file
from matchmaker.web.guards import MUNICIPALITY, SCHOOL, only
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.assignment_forms import DecisionForm, ResultForm, StopForm
from matchmaker.web.together.party import my_match, my_party
from matchmaker.web.uploads import as_download
from matchmaker.words import assignments as words
from matchmaker.words.appointments import say_when
from matchmaker.words.dates import say_date
from matchmaker.words.errors import sentence_for
from matchmaker.words.labels import label
from matchmaker.words.language import language


@dataclass(frozen=True, slots=True)
class MayDo:
    """What this reader may do now."""

    plan: bool
    start: bool
    reach: bool
    hand_in: bool
    decide: bool
    stop: bool


@together.get("/<id:match_id>/opdracht")
def show_assignment(match_id: int) -> str:
    """The plan, where it stands and who is next."""
    match = my_match(match_id)
    assignment = assignment_of(match)
    if assignment is None:
        raise NotFound("assignment")
    return render_template(
        "together/assignments/show_assignment.html", match=match, assignment=assignment, may=may_do(assignment),
        finding=words.finding(assignment, my_party()), phases=words.phases(assignment),
        groups=words.group_line(assignment), history=words.history(assignment), milestones=_milestones(assignment),
        presentation=_presentation(assignment), decision=label(assignment.decision),
        stopped_because=label(assignment.stopped_because),
    )  # fmt: skip


@together.post("/<id:match_id>/opdracht")
@only(SCHOOL)
def begin_assignment(match_id: int) -> Response:
    """Start with the plan."""
    actions.begin(my_match(match_id, lock=True), by=me())
    db.session.commit()
    flash(gettext("Maak nu het plan: groepen, mijlpalen en de presentatie."), "success")
    return to_assignment(match_id)


@together.post("/<id:match_id>/opdracht/start")
@only(SCHOOL)
def start_assignment(match_id: int) -> Response:
    """The groups set to work."""
    assignment = my_assignment(match_id)
    try:
        actions.start(assignment, by=me())
    except InvalidValue as error:
        flash(sentence_for(error), "warning")
    else:
        db.session.commit()
        flash(gettext("De groepen kunnen beginnen. De gemeente krijgt bericht."), "success")
    return to_assignment(match_id)


@together.route("/<id:match_id>/opdracht/resultaat", methods=["GET", "POST"])
@only(SCHOOL)
def hand_in_result(match_id: int) -> Response | str:
    """What came out goes to the municipality."""
    assignment = _if_allowed(match_id, AssignmentAction.HAND_IN)
    form = ResultForm(data={"result": assignment.result, "result_url": assignment.result_url})
    form.for_files(assignment.files)
    current = form.is_current(assignment, also=[(gettext("Bestanden"), _names_of(assignment))])
    if form.validate_on_submit() and current and _is_address(form) and _handed_in(form, assignment):
        db.session.commit()
        flash(gettext("Ingeleverd. De gemeente zegt wat zij ermee doet."), "success")
        return to_assignment(match_id)
    return render_template("together/assignments/hand_in_result.html", match=assignment.match, form=form)


@together.get("/<id:match_id>/opdracht/bestand/<id:file_id>")
def download_result(match_id: int, file_id: int) -> Response:
    """A file that came with the result."""
    return as_download(file_of(my_assignment(match_id), file_id).file)


@together.get("/<id:match_id>/opdracht/presentatie.ics")
def presentation_file(match_id: int) -> Response:
    """The presentation, to put in a calendar by hand."""
    assignment = my_assignment(match_id)
    if assignment.presentation_at is None or assignment.has_ended:
        raise NotFound("presentation")
    content = calendar_file(words.presentation_entry(assignment), language=language())
    return as_file(content, f"presentatie-{match_id}", "ics")


@together.route("/<id:match_id>/opdracht/besluit", methods=["GET", "POST"])
@only(MUNICIPALITY)
def decide_assignment(match_id: int) -> Response | str:
    """What the municipality does with the result. Handed in again meanwhile means reading again."""
    assignment, form = _if_allowed(match_id, AssignmentAction.DECIDE), DecisionForm()
    current = form.is_current(assignment, also=[(gettext("Dit kwam eruit"), assignment.result)])
    if form.validate_on_submit() and current:
        actions.decide(assignment, decision=Decision(form.decision.data), note=form.note.data, by=me())
        db.session.commit()
        flash(gettext("Dank u. De school krijgt nu bericht."), "success")
        return to_assignment(match_id)
    return render_template(
        "together/assignments/decide_assignment.html", match=assignment.match, assignment=assignment, form=form
    )


@together.route("/<id:match_id>/opdracht/stoppen", methods=["GET", "POST"])
def call_off_assignment(match_id: int) -> Response | str:
    """End it early, with a reason."""
    assignment, form = _if_allowed(match_id, AssignmentAction.STOP), StopForm()
    if form.validate_on_submit():
        actions.stop(assignment, reason=StopReason(form.reason.data), note=form.note.data, by=me(), as_party=my_party())
        db.session.commit()
        flash(gettext("Dit is gestopt. De ander krijgt bericht met uw reden."), "success")
        return to_assignment(match_id)
    return render_template("together/assignments/call_off_assignment.html", match=assignment.match, form=form)


def may_do(assignment: Assignment) -> MayDo:
    """The steps that exist from here for the reader's side."""
    school = my_party() is Party.SCHOOL
    can = {action: allows(assignment.state, action) for action in AssignmentAction}
    return MayDo(
        plan=school and can[AssignmentAction.CHANGE],
        start=school and can[AssignmentAction.START],
        reach=can[AssignmentAction.REACH],
        hand_in=school and can[AssignmentAction.HAND_IN],
        decide=not school and can[AssignmentAction.DECIDE],
        stop=can[AssignmentAction.STOP],
    )


def my_assignment(match_id: int) -> Assignment:
    """The assignment of my match, to change. Raises NotFound."""
    found = assignment_of(my_match(match_id), lock=request.method == "POST")
    if found is None:
        raise NotFound("assignment")
    return found


def to_assignment(match_id: int) -> Response:
    """Back to its page."""
    return redirect(url_for("together.show_assignment", match_id=match_id))


def link_to_assignment(match: Match) -> dict[str, object] | None:
    """For the page of a match: where its assignment is, or whether the reader may begin one."""
    if (assignment := assignment_of(match)) is not None:
        return {"finding": words.finding(assignment, my_party()), "begun": True, "open": not assignment.has_ended}
    return {"begun": False} if can_begin(match) and my_party() is Party.SCHOOL else None


def _presentation(assignment: Assignment) -> str:
    return say_when(words.presentation_entry(assignment)) if assignment.presentation_at else ""


def _milestones(assignment: Assignment) -> list[dict[str, object]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "day": say_date(each.day),
            "reached": each.reached_at is not None,
            "late": each.reached_at is None and each.day < today(),
        }
        for each in assignment.milestones
    ]


def _if_allowed(match_id: int, action: AssignmentAction) -> Assignment:
    """My assignment, if this step exists from where it stands; else InvalidMove, so that no form is filled in vain."""
    assignment = my_assignment(match_id)
    if not allows(assignment.state, action):
        raise InvalidMove(state=assignment.state.value, action=action.value)
    return assignment


def _names_of(assignment: Assignment) -> str:
    return ", ".join(each.file.name for each in assignment.files) or gettext("leeg")


def _handed_in(form: ResultForm, assignment: Assignment) -> bool:
    """Hand it in; what the domain refuses stands beside its field."""
    try:
        actions.hand_in(
            assignment, result=form.result.data, url=form.result_url.data, uploads=form.files.checked(),
            drop=form.dropped, by=me(),
        )  # fmt: skip
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True


def _is_address(form: ResultForm) -> bool:
    """Whether the link is a web address or empty."""
    try:
        form.result_url.data = clean_value(BY_NAME["course_url"], form.result_url.data or "") or ""
    except InvalidValue as error:
        form.refuse(InvalidValue("result_url", error.reason, **error.values))
        return False
    return True
