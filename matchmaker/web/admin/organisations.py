"""All organisations, for the administrators of the platform."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.actions import TO_MAKE, set_active
from matchmaker.organisations.actions import create_organisation as create
from matchmaker.organisations.administration import organisation_for, organisations
from matchmaker.organisations.queries import number_of_desks
from matchmaker.vocabulary import OrganisationKind, Sector
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_code, asked_text, giver, pages, window
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for
from matchmaker.words.labels import choices


class NewOrganisationForm(Form):
    kind = RadioField(_l("Wat voor organisatie?"), choices=options(choices(OrganisationKind, only=TO_MAKE)))
    sector = RadioField(
        _l("Welk onderwijs, als het een school is?"), choices=options(choices(Sector)), default=Sector.VO.value
    )
    name = StringField(_l("Naam"), [DataRequired(_l("Vul een naam in.")), at_most(150)])
    place = StringField(_l("Plaats"), [DataRequired(_l("Vul een plaats in.")), at_most(120)])


@admin.get("/organisaties")
@only(PLATFORM_ADMIN)
def list_organisations() -> str:
    rows, total = organisations(search=asked_text(), kind=asked_code("soort", OrganisationKind), **window())
    return render_template(
        "admin/organisation/list.html", organisations=rows, total=total, pages=pages(total), desks=number_of_desks()
    )


@admin.route("/organisaties/nieuw", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def create_organisation() -> Response | str:
    form = NewOrganisationForm(kind=OrganisationKind.INSTITUTION.value)
    if not form.validate_on_submit():
        return render_template("admin/organisation/create.html", form=form)
    kind, sector = OrganisationKind(form.kind.data), Sector(form.sector.data)
    try:
        made = create(kind, name=form.name.data, place=form.place.data, sector=sector, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/create.html", form=form)
    flash(gettext("%(name)s staat erin. Nodig nu een beheerder uit.", name=made.name), "success")
    db.session.commit()
    return redirect(url_for("admin.invite_person", organisation_id=made.id, rol="organisation_admin"))


@admin.post("/organisaties/<id:organisation_id>/sluiten")
@only(PLATFORM_ADMIN)
def close_organisation(organisation_id: int) -> Response:
    return _set_active(organisation_id, active=False)


@admin.post("/organisaties/<id:organisation_id>/openen")
@only(PLATFORM_ADMIN)
def reopen_organisation(organisation_id: int) -> Response:
    return _set_active(organisation_id, active=True)


def _set_active(organisation_id: int, *, active: bool) -> Response:
    organisation = organisation_for(giver(), organisation_id)
    try:
        set_active(organisation, active=active, by=me())
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.edit_organisation", organisation_id=organisation_id))
    flash(gettext("De organisatie is open.") if active else gettext("De organisatie is gesloten."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_organisation", organisation_id=organisation_id))
