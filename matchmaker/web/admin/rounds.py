"""Rounds: start one, see how far it is, and take the certificate along."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.matches.rounds import begin_round, certificate_of, round_by_id, rounds_held
from matchmaker.web.admin import admin
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.files import as_file
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me

SHOWN = 20
METHODS = (("best-total", _l("Samen het best")), ("stable", _l("Met een loting")))


class RoundForm(Form):
    method = RadioField(_l("Hoe verdelen wij?"), choices=options(METHODS), default="best-total")
    seed = StringField(_l("Tekst voor de loting"), [at_most(100)])


@admin.route("/rondes", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def list_rounds() -> Response | str:
    form = RoundForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        begin_round(method=form.method.data, seed=form.seed.data or "", by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _page(form)
    flash(gettext("De ronde begint. U kunt deze pagina sluiten."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_rounds"))


@admin.get("/rondes/<id:job_id>/bewijs.json")
@only(PLATFORM_ADMIN)
def download_certificate(job_id: int) -> FlaskResponse:
    return as_file(certificate_of(round_by_id(job_id)), f"ronde-{job_id}", "json")


def _page(form: RoundForm) -> str:
    names = dict(METHODS)
    return render_template("admin/rounds/list.html", form=form, rounds=rounds_held(limit=SHOWN), names=names)
