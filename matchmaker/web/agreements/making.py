"""The school draws agreements up: one with a look at it first, or a whole list, with how far it is."""

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from matchmaker.agreements.drawing_up import TASK, check, queue_making, send, under_way
from matchmaker.agreements.queries import agreement_of, agreements_of, chosen_to_make, making_job
from matchmaker.agreements.templates import published_template
from matchmaker.database import db
from matchmaker.documents.agreement import preview_agreement
from matchmaker.errors import InvalidValue
from matchmaker.jobs.models import Job, JobState
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import actor_in, placement_of
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Role
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.lists import my_membership, ticked
from matchmaker.web.files import as_file
from matchmaker.web.guards import PARTIES, only
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import by_itself, my_organisation
from matchmaker.words.errors import sentence_for

COORDINATOR = frozenset({Role.COORDINATOR})


@agreements.get("/stage/<id:placement_id>")
@only(PARTIES)
def show_for_placement(placement_id: int) -> Response | str:
    """The newest agreement of a placement; without one, what it would be."""
    placement = placement_of(placement_id, my_membership())
    if actor_in(placement, my_membership()).part is not Part.STUDENT:
        note_reading(placement)
    made = agreements_of(placement)
    mine = my_membership().role is Role.COORDINATOR
    may_make = mine and placement.state is PlacementState.APPROVED and under_way(placement) is None
    if made and not may_make:
        return redirect(url_for("agreements.show_agreement", agreement_id=made[0].id))
    return render_template("agreements/show_for_placement.html", placement=placement, may_make=may_make, earlier=made)


@agreements.get("/stage/<id:placement_id>/voorbeeld.pdf")
@only(COORDINATOR)
def preview_for_placement(placement_id: int) -> FlaskResponse:
    """How the agreement would read."""
    placement = placement_of(placement_id, my_membership())
    note_reading(placement)
    template = published_template(placement.institution_id)
    return as_file(preview_agreement(placement, template), f"voorbeeld-{placement.id}", "pdf")


@agreements.post("/maak")
@only(COORDINATOR)
def make_agreements() -> Response:
    """Draw up and send the ticked ones, or all; what cannot be made stays on the list and says why."""
    membership = my_membership()
    everything = request.form.get("alles") == "1"
    ids = None if everything else ticked("plek")
    if ids == []:
        flash(gettext("Kies eerst een of meer studenten in de lijst."), "warning")
        return redirect(url_for("agreements.list_agreements", stand="maken"))
    ready = [each for each in chosen_to_make(ids, membership) if _is_ready(each)]
    if not ready:
        return redirect(url_for("agreements.list_agreements", stand="maken"))
    job = queue_making(ready, by=actor_in(ready[0], membership), organisation=my_organisation())
    db.session.commit()
    return redirect(url_for("agreements.follow_making", job_id=job.id))


@agreements.post("/<id:agreement_id>/verstuur")
@only(PARTIES)
def send_agreement(agreement_id: int) -> Response:
    """An amendment that was drawn up goes to those who sign."""
    agreement = agreement_of(agreement_id, my_membership(), lock=True)
    actor = actor_in(agreement.placement, my_membership())
    try:
        send([agreement], by=actor, organisation=agreement.placement.institution)
    except InvalidValue as refused:
        flash(sentence_for(refused), "warning")
        return redirect(url_for("agreements.show_agreement", agreement_id=agreement.id))
    db.session.commit()
    flash(gettext("Het document wordt gemaakt. Wie moet tekenen, krijgt daarna bericht."), "success")
    return redirect(url_for("agreements.show_agreement", agreement_id=agreement.id))


@agreements.get("/maken/<id:job_id>")
@only(COORDINATOR)
def follow_making(job_id: int) -> str:
    """How far it is. The page can be left and opened again."""
    job = making_job(job_id, my_membership(), TASK)
    return render_template("agreements/follow_making.html", job=job, text=_progress_words(job), part=_part(job))


@agreements.get("/maken/<id:job_id>/stand.json")
@only(COORDINATOR)
@by_itself
def measure_making(job_id: int) -> Response:
    """The same in numbers, for the page that asks on."""
    job = making_job(job_id, my_membership(), TASK)
    ended = job.state in {JobState.DONE, JobState.FAILED}
    done_url = url_for("agreements.follow_making", job_id=job.id) if ended else ""
    return jsonify({"text": _progress_words(job), "part": _part(job), "done_url": done_url})


def _is_ready(placement: Placement) -> bool:
    """Whether nothing stands in the way; otherwise a sentence says what does."""
    try:
        check(placement)
    except InvalidValue as refused:
        name = placement.student.display_name
        flash(gettext("Niet gemaakt: %(name)s. %(why)s", name=name, why=sentence_for(refused)), "warning")
        return False
    return True


def _progress_words(job: Job) -> str:
    if job.state is JobState.FAILED:
        return gettext("Het maken is niet gelukt.")
    if job.state is JobState.WAITING and not job.done:
        return gettext("Het maken begint zo.")
    return ngettext(
        "%(done)d van %(num)d document gemaakt", "%(done)d van %(num)d documenten gemaakt", job.total, done=job.done
    )


def _part(job: Job) -> int:
    """Hundredths that are done."""
    if job.state is JobState.DONE:
        return 100
    return min(99, 100 * job.done // job.total) if job.total else 0
