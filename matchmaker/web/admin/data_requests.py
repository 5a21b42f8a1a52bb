"""What people ask to correct of their own data, and the answer."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.privacy.models import DataRequest, Outcome
from matchmaker.privacy.requests import LONGEST, answer, request_for, requests_for
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import SIZE, giver, pages, window
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import me
from matchmaker.words.data_requests import OUTCOMES


class AnswerForm(Form):
    outcome = RadioField(
        _l("Wat hebt u gedaan?"), [InputRequired(_l("Kies een antwoord."))], choices=options(OUTCOMES.items())
    )
    answer = TextAreaField(
        _l("Uw antwoord"), [InputRequired(_l("Schrijf wat u deed, of waarom niet.")), at_most(LONGEST)]
    )


@admin.get("/verzoeken")
def list_data_requests() -> str:
    rows, total = requests_for(giver(), **window())
    return render_template(
        "admin/data_requests/list.html",
        rows=rows,
        outcomes=OUTCOMES,
        today=today(),
        organisation=giver().organisation,
        pages=pages(total) if total > SIZE else None,
    )


@admin.route("/verzoeken/<id:asked_id>", methods=["GET", "POST"])
def answer_data_request(asked_id: int) -> Response | str:
    """What was asked, and the answer; who asked gets it in a letter."""
    asked = request_for(giver(), asked_id, lock=request.method == "POST")
    note_reading(asked)
    form = AnswerForm()
    if form.validate_on_submit() and _answered(form, asked):
        db.session.commit()
        flash(gettext("Uw antwoord is verstuurd."), "success")
        return redirect(url_for("admin.list_data_requests"))
    return render_template(
        "admin/data_requests/request.html", form=form, asked=asked, outcomes=OUTCOMES, late=asked.due_on < today()
    )


def _answered(form: AnswerForm, asked: DataRequest) -> bool:
    try:
        answer(asked, Outcome(form.outcome.data), form.answer.data, by=me())
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True
