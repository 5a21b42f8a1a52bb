"""The desk of a municipality or region: opening it, and its promise."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.actions import change_desk
from matchmaker.organisations.actions import open_desk as open_it
from matchmaker.organisations.administration import desk_held_by, organisation_for
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import EditForm, WholeNumberField, at_most
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for

LONGEST_PROMISE = 20


def days_field(label: object, hint: object) -> WholeNumberField:
    """A promise in working days."""
    wrong = _l("Kies een aantal van 1 tot en met 20 werkdagen.")
    return WholeNumberField(label, [InputRequired(wrong), NumberRange(1, LONGEST_PROMISE, wrong)], description=hint)


class DeskForm(EditForm):
    name = StringField(_l("Naam van het loket"), [DataRequired(_l("Vul een naam in.")), at_most(160)])
    first_answer_days = days_field(_l("Eerste antwoord binnen"), _l("In werkdagen. Langer wacht niemand."))
    route_days = days_field(_l("Bij de juiste collega binnen"), _l("In werkdagen, geteld vanaf de vraag."))
    checks_before_publishing = BooleanField(
        _l("Eerst kijken, dan online"), description=_l("Het loket leest nieuw aanbod voordat het online komt.")
    )
    takes_from_neighbours = BooleanField(
        _l("Vragen van buren aannemen"), description=_l("Gemeenten in de buurt zonder loket kunnen hier terecht.")
    )


@admin.route("/organisaties/<id:organisation_id>/loket", methods=["GET", "POST"])
def edit_desk(organisation_id: int) -> Response | str:
    organisation = organisation_for(giver(), organisation_id)
    desk = desk_held_by(organisation)
    if desk is None or organisation.desk_id != desk.id:
        return render_template("admin/organisation/no_desk.html", organisation=organisation)
    form = DeskForm(obj=desk)
    current = form.is_current(desk)
    if not (form.validate_on_submit() and current):
        return render_template("admin/organisation/desk.html", form=form, organisation=organisation, desk=desk)
    values = {name: form[name].data for name in form.data if hasattr(desk, name) and name != "version"}
    change_desk(desk, **values, by=me())
    flash(gettext("De belofte van het loket is bewaard."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_desk", organisation_id=organisation.id))


@admin.post("/organisaties/<id:organisation_id>/loket-openen")
@only(PLATFORM_ADMIN)
def open_desk(organisation_id: int) -> Response:
    organisation = organisation_for(giver(), organisation_id)
    if not organisation.active:
        raise NotFound()
    try:
        open_it(organisation, by=me())
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.edit_desk", organisation_id=organisation.id))
    flash(gettext("Het loket is open. Nodig nu een contactpersoon uit."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_desk", organisation_id=organisation.id))
