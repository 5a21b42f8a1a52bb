"""Many committees at once from a file: chosen, looked at cell by cell, and read in when all of it is right."""

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response

from matchmaker.committees.import_export import export
from matchmaker.committees.import_export.job import check_upload, import_of, queue_import
from matchmaker.committees.import_export.reading import MOST_AT_ONCE, MOST_ROWS, Checked, SeatRow
from matchmaker.committees.import_export.storing import keep_upload, upload_of, write
from matchmaker.committees.queries import KEEPERS, kept_committees
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.files.actions import forget
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.listings.import_export.sheets import MOST_BYTES
from matchmaker.organisations.models import Membership
from matchmaker.web.committees import committees
from matchmaker.web.committees.keeping import my_faculties
from matchmaker.web.fields import Form
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, by_itself, me, my_organisation
from matchmaker.words.committees import term_days
from matchmaker.words.errors import cell_line

MOST_SHOWN = 100
_ENDED = frozenset({JobState.DONE, JobState.FAILED})


class UploadForm(Form):
    file = FileField(_l("Bestand"), [FileRequired(_l("Kies eerst een bestand."))])


class ConfirmForm(Form):
    """The button that reads it in."""


@committees.route("/inlezen", methods=["GET", "POST"])
@only(KEEPERS)
def import_committees() -> Response | str:
    """Choose a file. It is kept and looked at; nothing is written yet."""
    my_faculties()
    form = UploadForm()
    if form.validate_on_submit() and (stored := _kept(form)) is not None:
        db.session.commit()
        return redirect(url_for("committees.preview_committees", file_id=stored.id))
    return render_template("committees/import.html", form=form, columns=export.explanation()[1:], most=MOST_ROWS)


@committees.route("/inlezen/<id:file_id>", methods=["GET", "POST"])
@only(KEEPERS)
def preview_committees(file_id: int) -> Response | str:
    """Every bad cell with its column and reason; without any, the button that reads the rows in."""
    stored, membership = upload_of(file_id, by=me()), _keeper()
    try:
        checked = check_upload(stored, membership)
    except InvalidValue as refused:
        return _refused(refused)
    form = ConfirmForm()
    if not form.validate_on_submit() or checked.bad:
        return _preview(form, stored, checked)
    if len(checked.new) > MOST_AT_ONCE:
        job = queue_import(stored, checked, membership=membership)
        db.session.commit()
        return redirect(url_for("committees.follow_import", job_id=job.id))
    made = write(checked, there=kept_committees(membership), organisation=my_organisation(), by=me())
    forget(stored)
    db.session.commit()
    flash(ngettext("%(num)d rij is ingelezen.", "%(num)d rijen zijn ingelezen.", made), "success")
    return redirect(url_for("committees.list_committees"))


@committees.get("/inlezen/<id:file_id>/fouten.<any(csv, xlsx):ending>")
@only(KEEPERS)
def download_refused(file_id: int, ending: str) -> FlaskResponse:
    """Every cell that is wrong on a line of its own, to go through beside the file."""
    checked = check_upload(upload_of(file_id, by=me()), _keeper())
    table = [[gettext("Rij"), gettext("Fout"), gettext("Plek")], *_problems(checked)]
    return as_file(to_csv(table) if ending == "csv" else to_xlsx(table), "fouten-commissies", ending)


@committees.get("/inlezen/bezig/<id:job_id>")
@only(KEEPERS)
def follow_import(job_id: int) -> str:
    """How far the worker is. The page can be left and opened again."""
    job = import_of(job_id, by=me())
    return render_template("committees/import_progress.html", job=job, text=_progress(job), part=_part(job))


@committees.get("/inlezen/bezig/<id:job_id>/stand")
@only(KEEPERS)
@by_itself
def measure_import(job_id: int) -> FlaskResponse:
    """The same in numbers, for the page that asks on."""
    job = import_of(job_id, by=me())
    done_url = url_for("committees.follow_import", job_id=job.id) if job.state in _ENDED else ""
    return jsonify({"text": _progress(job), "part": _part(job), "done_url": done_url})


@committees.get("/voorbeeld.<any(csv, xlsx):ending>")
@only(KEEPERS)
def download_template(ending: str) -> FlaskResponse:
    """A table to fill in; the Excel one explains each column on its second sheet."""
    table = export.template()
    return as_file(
        to_csv(table) if ending == "csv" else to_xlsx(table, export.explanation()), "voorbeeld-commissies", ending
    )


@committees.get("/uitvoer.<any(csv, xlsx):ending>")
@only(KEEPERS)
def export_committees(ending: str) -> FlaskResponse:
    """Everything one keeps, as a table that can be read in again."""
    rows = export.rows(kept_committees(acting()))
    content = to_csv(rows) if ending == "csv" else to_xlsx(rows)
    return as_file(content, f"{my_organisation().slug}-commissies", ending)


def _kept(form: UploadForm) -> StoredFile | None:
    content, name = form.file.data.read(MOST_BYTES + 1), form.file.data.filename or ""
    try:
        return keep_upload(content, name=name, organisation=my_organisation(), by=me())
    except InvalidValue as refused:
        form.refuse(refused)
        return None


def _refused(error: InvalidValue) -> str:
    form = UploadForm(formdata=None)
    form.file.errors = []
    form.refuse(error)
    return render_template("committees/import.html", form=form, columns=export.explanation()[1:], most=MOST_ROWS)


def _preview(form: ConfirmForm, stored: StoredFile, checked: Checked) -> str:
    problems = _problems(checked)
    return render_template(
        "committees/import_preview.html",
        form=form,
        stored=stored,
        checked=checked,
        problems=problems[:MOST_SHOWN],
        most=MOST_SHOWN,
        rows=[_row_words(row) for row in checked.new[:MOST_SHOWN]] if not checked.bad else [],
    )


def _problems(checked: Checked) -> list[list[str]]:
    return [
        [str(row.number), cell_line(problem.column, problem.typed, problem.error), row.title]
        for row in checked.bad
        for problem in row.problems
    ]


def _keeper() -> Membership:
    """As what someone reads in; raises NotFound for who keeps no committee."""
    membership = acting()
    if membership is None or not my_faculties():
        raise NotFound("committee")
    return membership


def _progress(job: Job) -> str:
    if job.state in _ENDED:
        return gettext("Klaar. %(made)d ingelezen.", made=job.result.get("made", job.done))
    return ngettext(
        "%(done)d van %(num)d rij ingelezen", "%(done)d van %(num)d rijen ingelezen", job.total, done=job.done
    )


def _part(job: Job) -> int:
    """Hundredths that are done."""
    if job.state is JobState.DONE:
        return 100
    return min(99, 100 * job.done // job.total) if job.total else 0


def _row_words(row: SeatRow) -> list[str]:
    values = row.values
    who = values["name"] or gettext("vrij")
    days = term_days(values["starts_on"], values["ends_on"]) if values["name"] else "–"
    return [str(row.number), values["committee"], values["seat"], who, days]
