"""Many at once from a file: upload, look at every bad cell; when none is left the worker reads the rows in."""

from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.import_export import export
from matchmaker.listings.import_export.importing import Checked
from matchmaker.listings.import_export.job import (
    MATCHING,
    check_file,
    file_for,
    import_for,
    keep_upload,
    matching_of,
    queue_import,
)
from matchmaker.listings.import_export.rows import Row
from matchmaker.listings.import_export.sheets import MOST_BYTES
from matchmaker.web.fields import Form
from matchmaker.web.files import as_file
from matchmaker.web.posting.pages import Posting
from matchmaker.web.sign_in_state import by_itself, me, my_organisation
from matchmaker.words.errors import cell_line

MOST_SHOWN = 100


class UploadForm(Form):
    file = FileField(_l("Bestand"), [FileRequired(_l("Kies eerst een bestand."))])


class ConfirmForm(Form):
    """The button that starts it."""


def upload(posting: Posting) -> Response | str:
    """Choose a file. It is kept and looked at; nothing is placed yet."""
    form = UploadForm()
    if form.validate_on_submit():
        content, name = form.file.data.read(MOST_BYTES + 1), form.file.data.filename or ""
        try:
            stored = keep_upload(content, name=name, organisation=my_organisation(), by=me())
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            return redirect(posting.url("preview", "s_import", file_id=stored.id))
    columns = export.explanation(my_organisation().kind, posting.side)[1:]
    return render_template("posting/import.html", posting=posting, form=form, columns=columns)


def preview(posting: Posting, file_id: int) -> Response | str:
    """Every bad cell with its column and reason; without any, the button that reads the rows in."""
    organisation = my_organisation()
    stored = file_for(file_id, organisation)
    checked = check_file(stored, side=posting.side, organisation=organisation)
    form = ConfirmForm()
    if form.validate_on_submit() and not checked.bad and checked.new:
        job = queue_import(stored, side=posting.side, organisation=organisation, rows=len(checked.new), by=me())
        db.session.commit()
        return redirect(posting.url("follow", "s_import", job_id=job.id))
    return render_template(
        "posting/import_preview.html",
        posting=posting,
        form=form,
        stored=stored,
        checked=checked,
        problems=_problem_rows(checked),
        most=MOST_SHOWN,
        rows=[_row_words(row) for row in checked.new[:MOST_SHOWN]],
    )


def follow(posting: Posting, job_id: int) -> str:
    """How far it is. The page can be left and opened again."""
    job = import_for(job_id, my_organisation())
    matching = matching_of(job)
    running = matching if matching is not None and not _has_ended(matching) else job
    return render_template(
        "posting/import_progress.html",
        posting=posting,
        job=job,
        matching=matching,
        running=running,
        text=_progress_words(running),
        part=_part(running),
    )


@by_itself
def measure(posting: Posting, job_id: int) -> Response:
    """The same in numbers, for the page that asks on."""
    job = import_for(job_id, my_organisation())
    page = job.values.get("import_id", job.id)
    done_url = posting.url("follow", "s_import", job_id=page) if _has_ended(job) else ""
    return jsonify({"text": _progress_words(job), "part": _part(job), "done_url": done_url})


def download_template(posting: Posting, form: str) -> FlaskResponse:
    """A table to fill in, with one example row; the Excel one explains each column on its second sheet."""
    poster = my_organisation().kind
    table = export.template(poster, posting.side)
    explained = export.explanation(poster, posting.side)
    content = export.to_csv(table) if form == "csv" else export.to_xlsx(table, explained)
    return as_file(content, f"voorbeeld-{posting.folder}", form)


def _problem_rows(checked: Checked) -> list[list[object]]:
    found = [
        [str(row.number), cell_line(problem.column, problem.typed, problem.error), row.title or "–"]
        for row in checked.bad
        for problem in row.problems
    ]
    return found[:MOST_SHOWN]


def _row_words(row: Row) -> list[object]:
    return [str(row.number), row.title, row.kind, gettext("online") if row.online else gettext("concept")]


def _has_ended(job: Job) -> bool:
    return job.state in {JobState.DONE, JobState.FAILED}


def _progress_words(job: Job) -> str:
    if job.task == MATCHING:
        return ngettext(
            "Bij %(done)d van %(num)d rij gezocht wie erbij past",
            "Bij %(done)d van %(num)d rijen gezocht wie erbij past",
            job.total,
            done=job.done,
        )
    if job.state is JobState.DONE:
        return gettext("Klaar. %(made)d ingelezen.", made=job.result.get("made", 0))
    if job.state is JobState.FAILED:
        return gettext("Het inlezen is niet gelukt.")
    if job.state is JobState.WAITING:
        return gettext("Het inlezen begint zo.")
    return ngettext(
        "%(done)d van %(num)d rij ingelezen", "%(done)d van %(num)d rijen ingelezen", job.total, done=job.done
    )


def _part(job: Job) -> int:
    """Hundredths that are done."""
    if job.state is JobState.DONE:
        return 100
    return min(99, 100 * job.done // job.total) if job.total else 0
