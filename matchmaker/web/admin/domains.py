"""The mail domains whose addresses belong to an organisation."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.actions import add_domain
from matchmaker.organisations.actions import remove_domain as remove
from matchmaker.organisations.administration import domains_of, organisation_for
from matchmaker.vocabulary import Role
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, at_most, sent_along
from matchmaker.web.sign_in_state import has_role, me


class DomainForm(Form):
    domain = StringField(_l("Domein"), [DataRequired(_l("Vul een domein in.")), at_most(253)])


@admin.route("/organisaties/<id:organisation_id>/maildomeinen", methods=["GET", "POST"])
def edit_domains(organisation_id: int) -> Response | str:
    organisation = organisation_for(giver(), organisation_id)
    form = DomainForm()
    page = {"form": form, "organisation": organisation, "domains": domains_of(organisation)}
    if not form.validate_on_submit():
        return render_template("admin/organisation/domains.html", **page)
    try:
        add_domain(organisation, form.domain.data, shared=has_role(Role.PLATFORM_ADMIN), by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/domains.html", **page)
    flash(gettext("Wie zich met dit domein aanmeldt, komt bij u terecht."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_domains", organisation_id=organisation.id))


@admin.post("/organisaties/<id:organisation_id>/maildomeinen/weghalen")
def remove_domain(organisation_id: int) -> Response:
    organisation = organisation_for(giver(), organisation_id)
    remove(organisation, sent_along("domain"), by=me())
    flash(gettext("Het domein is weg."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_domains", organisation_id=organisation.id))
