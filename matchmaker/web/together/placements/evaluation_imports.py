"""Evaluations from a file: upload, look at every bad cell, and write them when none is left."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from matchmaker.database import db
from matchmaker.files.models import StoredFile
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.listings.import_export.job import file_for
from matchmaker.placements.importing_evaluations import (
    COLUMNS,
    CheckedEvaluations,
    check_evaluations,
    write_evaluations,
)
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me, my_organisation
from matchmaker.web.together.placements import placements
from matchmaker.web.together.placements.door import Answer
from matchmaker.web.together.placements.imports import (
    COORDINATORS,
    MOST_SHOWN,
    WriteForm,
    choose_table,
    problem_lines,
)
from matchmaker.words.placements import placed

EXAMPLE = (
    "12", "Noor de Vries", "aan het eind", "gemeente", "2027-06-30", "ja", "Noor schrijft helder.",
    "Noor kan eerder om hulp vragen.", "1=3; 2=4", "Ruben Westra",
)  # fmt: skip


@placements.route("/evaluaties/inlezen", methods=["GET", "POST"])
@only(COORDINATORS)
def import_evaluations() -> Answer:
    """Choose a file. It is kept and looked at; nothing is written yet."""
    return choose_table("together/placements/import_evaluations.html", "placements.preview_evaluations")


@placements.route("/evaluaties/inlezen/<id:file_id>", methods=["GET", "POST"])
@only(COORDINATORS)
def preview_evaluations(file_id: int) -> Answer:
    """Every bad cell with its column and reason; without any, the button that writes the rows."""
    membership, form = acting(), WriteForm()
    assert membership is not None
    stored, pressed = file_for(file_id, my_organisation()), form.validate_on_submit()
    checked = check_evaluations(stored, membership=membership, lock=pressed)
    if pressed and checked.new and not checked.bad:
        made = write_evaluations(checked, school=my_organisation(), by=me())
        db.session.commit()
        flash(ngettext("%(num)d evaluatie is ingelezen.", "%(num)d evaluaties zijn ingelezen.", made), "success")
        return redirect(url_for("placements.list_placements"))
    return _preview(form, stored, checked)


@placements.get("/evaluaties/voorbeeld.<any(csv, xlsx):form>")
@only(COORDINATORS)
def download_evaluations_example(form: str) -> Response:
    """A table to fill in, with one example row."""
    table = [list(COLUMNS), list(EXAMPLE)]
    return as_file(to_csv(table) if form == "csv" else to_xlsx(table), "voorbeeld-evaluaties", form)


def _rows(checked: CheckedEvaluations) -> list[list[str]]:
    return [
        [
            str(row.number),
            row.placement.student.display_name if row.placement else "",
            placed(row.moment),
            placed(row.side),
            row.texts["goed"][:80],
        ]
        for row in checked.new[:MOST_SHOWN]
    ]


def _preview(form: WriteForm, stored: StoredFile, checked: CheckedEvaluations) -> str:
    return render_template(
        "together/placements/preview_import.html",
        form=form,
        stored=stored,
        checked=checked,
        problems=problem_lines(checked.bad),
        columns=[{"label": gettext("Moment")}, {"label": gettext("Wie")}, {"label": gettext("Dit gaat goed")}],
        rows=_rows(checked),
        again=url_for("placements.import_evaluations"),
        most=MOST_SHOWN,
    )
