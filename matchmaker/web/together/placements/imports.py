"""Placements from a file: upload, look at every bad cell, and write them when none is left."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.listings.import_export.job import file_for
from matchmaker.listings.import_export.sheets import MOST_BYTES
from matchmaker.placements.importing import (
    COLUMNS,
    CheckedPlacements,
    PlacementRow,
    check_table,
    keep_table,
    write_table,
)
from matchmaker.placements.importing_evaluations import EvaluationRow
from matchmaker.vocabulary import Role
from matchmaker.web.fields import Form
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.web.together.placements import placements
from matchmaker.web.together.placements.door import Answer
from matchmaker.words.errors import cell_line
from matchmaker.words.labels import label

COORDINATORS = frozenset({Role.COORDINATOR})
MOST_SHOWN = 100
EXAMPLE = (
    "afstudeeropdracht", "Brieven over de bijstand", "Noor de Vries", "noor@student.school.example", "HBO-Rechten",
    "Utrecht", "Marit Verhoef", "m.verhoef@school.example", "Ruben Westra", "r.westra@utrecht.example", "2027-02-01",
    "2027-06-30", "32", "450", "Stadsplateau 1", "De student maakt brieven leesbaar.", "",
)  # fmt: skip


class TableForm(Form):
    file = FileField(_l("Bestand"), [FileRequired(_l("Kies eerst een bestand."))])


class WriteForm(Form):
    """The button that writes it."""


@placements.route("/inlezen", methods=["GET", "POST"])
@only(COORDINATORS)
def import_placements() -> Answer:
    """Choose a file. It is kept and looked at; nothing is written yet."""
    return choose_table("together/placements/import_placements.html", "placements.preview_import")


def choose_table(template: str, preview: str) -> Answer:
    """The form for a file; what was chosen is kept, and its preview (an endpoint with `file_id`) opens."""
    form = TableForm()
    if form.validate_on_submit():
        content, name = form.file.data.read(MOST_BYTES + 1), form.file.data.filename or ""
        try:
            stored = keep_table(content, name=name, school=my_organisation(), by=me())
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            return redirect(url_for(preview, file_id=stored.id))
    return render_template(template, form=form)


@placements.route("/inlezen/<id:file_id>", methods=["GET", "POST"])
@only(COORDINATORS)
def preview_import(file_id: int) -> Answer:
    """Every bad cell with its column and reason; without any, the button that writes the rows."""
    school = my_organisation()
    stored = file_for(file_id, school)
    checked, form = check_table(stored, school=school), WriteForm()
    if form.validate_on_submit() and checked.new and not checked.bad:
        made = write_table(checked, school=school, by=me())
        db.session.commit()
        flash(ngettext("%(num)d stage is ingelezen.", "%(num)d stages zijn ingelezen.", made), "success")
        return redirect(url_for("placements.list_placements"))
    return render_template(
        "together/placements/preview_import.html",
        form=form,
        stored=stored,
        checked=checked,
        problems=problem_lines(checked.bad),
        columns=[{"label": gettext("Titel")}, {"label": gettext("Soort")}, {"label": gettext("Gemeente")}],
        rows=_rows(checked),
        again=url_for("placements.import_placements"),
        most=MOST_SHOWN,
    )


@placements.get("/inlezen/voorbeeld.<any(csv, xlsx):form>")
@only(COORDINATORS)
def download_example(form: str) -> Response:
    """A table to fill in, with one example row."""
    table = [list(COLUMNS), list(EXAMPLE)]
    return as_file(to_csv(table) if form == "csv" else to_xlsx(table), "voorbeeld-stages", form)


def problem_lines(bad: Sequence[PlacementRow | EvaluationRow]) -> list[list[str]]:
    """A line for each bad cell: the row, what is wrong, and whose row it is."""
    lines = [
        [str(row.number), cell_line(cell.column, cell.typed, cell.error), row.texts.get("student", "")[:80] or "–"]
        for row in bad
        for cell in row.problems
    ]
    return lines[:MOST_SHOWN]


def _rows(checked: CheckedPlacements) -> list[list[str]]:
    return [
        [
            str(row.number),
            row.texts["student"],
            row.texts["titel"],
            label(row.kind),
            row.municipality.name if row.municipality else "",
        ]
        for row in checked.new[:MOST_SHOWN]
    ]
