"""The student is named for a place that was agreed, and people come to a placement."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.matches.models import Match
from matchmaker.organisations.queries import programmes_of
from matchmaker.placements.actions import name_person as point_out
from matchmaker.placements.models import Presence
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import actor_in
from matchmaker.placements.rules import NAMES
from matchmaker.placements.starting import Named, may_start, placement_of_match, start_from_match
from matchmaker.placements.states import ENDED
from matchmaker.vocabulary import Role
from matchmaker.web.fields import options
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.web.together.forms import number_of
from matchmaker.web.together.party import my_match
from matchmaker.web.together.placements import placements
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import PersonForm, StudentForm
from matchmaker.words.placements import placed

POINTED_OUT = "mensen/<any(school_supervisor, supervisor, practice_trainer, parent):part>"


@placements.route("/begin/<id:match_id>", methods=["GET", "POST"])
@only(frozenset({Role.COORDINATOR}))
def name_student(match_id: int) -> Answer:
    """The school says who comes to the place that was agreed."""
    match = my_match(match_id, lock=request.method == "POST")
    if not may_start(match):
        return _already(match)
    form = _student_form(match)
    if form.validate_on_submit():
        try:
            made = _start(match, form)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("De student is aangewezen. Iedereen krijgt bericht."), "success")
            return redirect(url_for("placements.show_placement", placement_id=made))
    return render_template("together/placements/name_student.html", match=match, form=form)


@both_doors(f"/{POINTED_OUT}", methods=("GET", "POST"))
def name_person(seat: Seat, part: str) -> Answer:
    """Point out who has a part; who had it before is let go."""
    wanted, form, placement = Part(part), PersonForm(), seat.placement
    if wanted not in NAMES.get(seat.actor.part, frozenset()):
        raise NotAllowed(action="name", part=part)
    if placement.state in ENDED:
        raise InvalidMove(state=placement.state.value, action="name")
    if form.validate_on_submit():
        try:
            point_out(placement, wanted, _named(form), by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Genoteerd. Deze persoon krijgt een mail."), "success")
            return seat.to()
    return page(
        "together/placements/name_person.html", seat, form=form, role=placed(wanted), before=placement.person(wanted)
    )


def _already(match: Match) -> Answer:
    """Where the placement of this match stands; InvalidMove when there can be none."""
    found = placement_of_match(match.id)
    membership = acting()
    if found is None or membership is None:
        raise InvalidMove(state=match.state.value, action="open")
    actor_in(found, membership)
    if request.method == "POST":
        flash(gettext("Een collega was u net voor. Hieronder staat welke student is aangewezen."), "warning")
    return redirect(url_for("placements.show_placement", placement_id=found.id))


def _student_form(match: Match) -> StudentForm:
    form = StudentForm()
    programmes = programmes_of(match.school) if match.school else []
    form.programme.choices = options([("", gettext("Kies")), *((str(each.id), each.name) for each in programmes)])
    if not form.is_submitted() and match.need.programme_id:
        form.programme.data = str(match.need.programme_id)
    return form


def _start(match: Match, form: StudentForm) -> int:
    chosen = number_of(form.programme.data or "")
    programme = (
        next((each for each in programmes_of(match.school) if each.id == chosen), None) if match.school else None
    )
    if programme is None:
        raise InvalidValue("programme", "unknown_code")
    made = start_from_match(
        match,
        student=_named(form),
        programme=programme,
        minor_until=form.minor_until,
        presence=Presence(form.presence.data),
        by=me(),
    )
    return made.id


def _named(form: PersonForm) -> Named:
    return Named(form.name.data or "", form.address.data or "", form.language.data or "nl")
