"""The municipalities that share the desk of a region."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.actions import add_to_region, remove_from_region
from matchmaker.organisations.administration import (
    desk_held_by,
    organisation_for,
    organisation_named,
    organisation_names,
)
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.vocabulary import OrganisationKind
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, at_most, sent_along
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for


class MemberForm(Form):
    municipality = StringField(_l("Gemeente"), [DataRequired(_l("Kies een gemeente.")), at_most(160)])


@admin.route("/organisaties/<id:organisation_id>/gemeenten", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def edit_region(organisation_id: int) -> Response | str:
    region, desk = _region(organisation_id)
    form = MemberForm()
    names = organisation_names(OrganisationKind.MUNICIPALITY)
    page = {"form": form, "organisation": region, "desk": desk, "names": names}
    if not form.validate_on_submit():
        return render_template("admin/organisation/region.html", **page)
    try:
        joining = organisation_named(form.municipality.data, OrganisationKind.MUNICIPALITY)
        if joining is not None and joining.desk is not None and joining.desk.holder_id == joining.id:
            return redirect(url_for("admin.join_region", organisation_id=region.id, code=joining.code))
        add_to_region(desk, joining, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/region.html", **page)
    flash(gettext("Vragen aan deze gemeente komen nu bij dit loket."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_region", organisation_id=region.id))


@admin.post("/organisaties/<id:organisation_id>/gemeenten/weghalen")
@only(PLATFORM_ADMIN)
def remove_municipality(organisation_id: int) -> Response:
    """Let a municipality go; one that held a desk before takes it up again, after seeing what moves."""
    region, desk = _region(organisation_id)
    going = organisation_by_code(sent_along("code"))
    if going is not None and going.desk_id == desk.id and going.id != region.id and desk_held_by(going):
        return redirect(url_for("admin.leave_region", organisation_id=region.id, code=going.code))
    try:
        remove_from_region(desk, sent_along("code"), by=me())
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.edit_region", organisation_id=region.id))
    flash(gettext("De gemeente hoort niet meer bij dit loket."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_region", organisation_id=region.id))


def _region(organisation_id: int) -> tuple[Organisation, Desk]:
    region = organisation_for(giver(), organisation_id)
    desk = desk_held_by(region)
    if region.kind is not OrganisationKind.REGION or desk is None:
        raise NotFound()
    return region, desk
