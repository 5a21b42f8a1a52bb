"""What an organisation says about itself."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField

from matchmaker.database import db
from matchmaker.organisations.actions import change_organisation
from matchmaker.organisations.administration import organisation_for
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import TEXT_LENGTH, EditForm, at_most, options
from matchmaker.web.sign_in_state import me

THEMES = (
    ("", _l("Zoals het platform")),
    ("matchmaker", _l("Matchmaker: groen en oranje")),
    ("polder", _l("Polder: blauw en geel")),
    ("veste", _l("Veste: rood en zand")),
)


class OrganisationForm(EditForm):
    about = TextAreaField(_l("Over de organisatie"), [at_most(TEXT_LENGTH)])
    theme = RadioField(_l("Huisstijl"), choices=options(THEMES))


@admin.route("/organisatie", methods=["GET", "POST"], defaults={"organisation_id": None})
@admin.route("/organisaties/<id:organisation_id>", methods=["GET", "POST"])
def edit_organisation(organisation_id: int | None) -> Response | str:
    """One's own, or any for the platform."""
    organisation = organisation_for(giver(), organisation_id)
    form = OrganisationForm(obj=organisation)
    current = form.is_current(organisation)
    if not (form.validate_on_submit() and current):
        return render_template("admin/organisation/edit.html", form=form, organisation=organisation)
    change_organisation(
        organisation,
        about=form.about.data,
        theme=form.theme.data,
        by=me(),
    )
    flash(gettext("Bewaard. Het staat meteen op de pagina."), "success")
    db.session.commit()
    return redirect(url_for("admin.edit_organisation", organisation_id=organisation.id))
