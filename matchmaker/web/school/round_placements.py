"""After a round: open the placements of everyone who got a place, see how far it is, and who was left and why."""

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from matchmaker.cohorts.models import CohortRound
from matchmaker.cohorts.opening import Opening, begin_opening, is_under_way, opening_of
from matchmaker.cohorts.queries import round_in_care
from matchmaker.database import db
from matchmaker.jobs.models import Job, JobState
from matchmaker.web.admin.listing import giver
from matchmaker.web.guards import COORDINATOR, only
from matchmaker.web.public.cards import organisation_name
from matchmaker.web.school import school
from matchmaker.web.sign_in_state import by_itself, me
from matchmaker.words.cohorts import why_left


@school.post("/rondes/<id:round_id>/stages")
@only(COORDINATOR)
def open_placements(round_id: int) -> Response:
    """A worker opens them; the page of the round says how far it is."""
    cohort = round_in_care(round_id, giver(), lock=True)
    begin_opening(cohort, by=me())
    flash(gettext("De stages worden nu geopend. Iedereen krijgt bericht."), "success")
    db.session.commit()
    return redirect(url_for("school.show_round", round_id=cohort.id))


@school.get("/rondes/<id:round_id>/stages/stand.json")
@only(COORDINATOR)
@by_itself
def measure_placements(round_id: int) -> FlaskResponse:
    """How far it is, in numbers, for the page that asks on."""
    cohort = round_in_care(round_id, giver())
    job = cohort.opening_job
    done_url = "" if is_under_way(job) else url_for("school.show_round", round_id=cohort.id)
    return jsonify({"text": _progress_words(job), "part": _part(job), "done_url": done_url})


def placements_of(cohort: CohortRound) -> dict[str, object] | None:
    """What the page of a round shows of its placements; None where there are none to open."""
    opening = opening_of(cohort)
    if opening is None:
        return None
    return {
        "waiting": opening.waiting,
        "said": ngettext(
            "%(opened)d van de %(num)d stage is open.",
            "%(opened)d van de %(num)d stages zijn open.",
            opening.opened + opening.waiting,
            opened=opening.opened,
        ),
        "is_running": opening.is_running,
        "has_failed": opening.job is not None and opening.job.state is JobState.FAILED,
        "text": _progress_words(opening.job),
        "part": _part(opening.job),
        "left": _left(opening),
    }


def _left(opening: Opening) -> list[list[str]]:
    return [
        [
            each.application.student.display_name if each.application.student else "–",
            each.application.offer.title,
            organisation_name(each.application.municipality),
            why_left(each.why),
        ]
        for each in opening.left
    ]


def _progress_words(job: Job | None) -> str:
    if job is None or job.state is JobState.WAITING:
        return gettext("Het openen van de stages begint zo.")
    return ngettext(
        "%(done)d van %(num)d stage bekeken", "%(done)d van %(num)d stages bekeken", job.total, done=job.done
    )


def _part(job: Job | None) -> int:
    """Hundredths that are done."""
    return 100 * job.done // job.total if job is not None and job.total else 0
