"""The platform and privacy: the columns for a DPIA, what may not be erased, and what cleaning did."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional

from matchmaker.accounts.queries import accounts_by_id
from matchmaker.database import MAX_ID, db
from matchmaker.errors import InvalidValue
from matchmaker.holds import actions as holding
from matchmaker.holds.queries import SUBJECTS, hold_by_id, running_holds
from matchmaker.privacy.holding import person_to_hold, subject_to_hold
from matchmaker.privacy.queries import cleanings
from matchmaker.web.admin import admin
from matchmaker.web.fields import Form, WholeNumberField, at_most, options
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.web.table_files import ENDINGS, table_file
from matchmaker.words.dates import say_moment
from matchmaker.words.erasing import say_cleaned
from matchmaker.words.log import object_name
from matchmaker.words.processing import columns_table


@admin.get("/privacy/kolommen")
@only(PLATFORM_ADMIN)
def show_columns() -> str:
    return render_template("admin/privacy/columns.html", table=columns_table())


@admin.get(f"/privacy/kolommen.<{ENDINGS}:ending>")
@only(PLATFORM_ADMIN)
def download_columns(ending: str) -> Response:
    return table_file(columns_table(), "bijlage-dpia", ending)


class HoldForm(Form):
    email = StringField(_l("Mailadres van een mens"), [at_most(254)], description=_l("Of kies hieronder een ding."))
    kind = SelectField(_l("Soort"), default="")
    number = WholeNumberField(_l("Nummer"), [Optional(), NumberRange(1, MAX_ID, _l("Vul een nummer in."))])
    reason = TextAreaField(_l("Reden"), [DataRequired(_l("Vul een reden in.")), at_most(2000)])
    ends_on = DateField(_l("Laatste dag"), [DataRequired(_l("Kies een dag."))])


@admin.route("/privacy/uitstel", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def lay_hold() -> Response | BaseResponse | str:
    """Neither cleaning nor erasing touches what is held."""
    form = HoldForm()
    form.kind.choices = options([("", gettext("Kies een soort")), *((each, object_name(each)) for each in SUBJECTS)])
    if not form.validate_on_submit():
        return _holds_page(form)
    try:
        holding.lay_hold(**_what(form), reason=form.reason.data, ends_on=form.ends_on.data, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _holds_page(form)
    flash(gettext("Hier wordt voorlopig niets van gewist."), "success")
    db.session.commit()
    return redirect(url_for("admin.lay_hold"))


@admin.post("/privacy/uitstel/<id:hold_id>/opheffen")
@only(PLATFORM_ADMIN)
def lift_hold(hold_id: int) -> BaseResponse:
    holding.lift_hold(hold_by_id(hold_id), by=me())
    flash(gettext("Er mag weer worden gewist."), "success")
    db.session.commit()
    return redirect(url_for("admin.lay_hold"))


@admin.get("/privacy/opgeruimd")
@only(PLATFORM_ADMIN)
def list_cleanings() -> str:
    rows = [[say_moment(each.at), say_cleaned(each.numbers)] for each in cleanings()]
    return render_template("admin/privacy/cleanings.html", rows=rows)


def _what(form: HoldForm) -> dict[str, Any]:
    """The person or the subject. Raises InvalidValue when both are chosen, or neither."""
    thing = bool(form.kind.data or form.number.data)
    if thing == bool(form.email.data):
        raise InvalidValue("email", "one_thing" if thing else "nothing_chosen")
    if form.email.data:
        return {"person": person_to_hold(form.email.data)}
    return {"subject": subject_to_hold(form.kind.data, form.number.data or 0)}


def _holds_page(form: HoldForm) -> str:
    rows = running_holds()
    people = accounts_by_id([each.account_id for each in rows if each.account_id])
    held = [
        (
            each,
            people[each.account_id].display_name
            if each.account_id
            else f"{object_name(each.subject_kind)} {each.subject_id}",
        )
        for each in rows
    ]
    return render_template("admin/privacy/holds.html", form=form, held=held)
