"""Background work: how far it is, and what went wrong."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.jobs.actions import try_job_again
from matchmaker.jobs.models import JobState
from matchmaker.jobs.periods import failing_runs
from matchmaker.jobs.queries import job_by_id, jobs, jobs_by_state, stumbled_jobs
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_code, pages, window
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me


@admin.get("/taken")
@only(PLATFORM_ADMIN)
def list_jobs() -> str:
    rows, total = jobs(state=asked_code("staat", JobState), **window())
    return render_template(
        "admin/jobs/list.html",
        jobs=rows,
        total=total,
        pages=pages(total),
        counts=jobs_by_state(),
        stumbled=stumbled_jobs(),
        failing=failing_runs(),
    )


@admin.post("/taken/<id:job_id>/opnieuw")
@only(PLATFORM_ADMIN)
def try_job(job_id: int) -> Response:
    try_job_again(job_by_id(job_id), by=me())
    flash(gettext("De taak wordt opnieuw gedaan."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_jobs"))
