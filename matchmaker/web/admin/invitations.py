"""Inviting people, once more, or not after all."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations import joining
from matchmaker.organisations.administration import organisation_for, person
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.organisations.rules import roles_to_grant
from matchmaker.vocabulary import Role
from matchmaker.web.account.fields import email_field
from matchmaker.web.admin import admin
from matchmaker.web.admin.choices import chosen_part, has_teams, part_choices, role_choices
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, at_most


class InviteForm(Form):
    email = email_field(_l("E-mailadres van het werk"))
    display_name = StringField(_l("Naam"), [DataRequired(_l("Vul een naam in.")), at_most(120)])
    role = SelectField(_l("Rol"))
    team = SelectField(_l("Team"), default="")
    faculty = SelectField(_l("Faculteit"), default="")
    job_title = StringField(_l("Functie"), [at_most(120)])

    def fit(self, organisation: Organisation) -> None:
        """Keep the fields and choices this organisation has."""
        self.role.choices = role_choices(roles_to_grant(giver(), organisation))
        if has_teams(organisation):
            del self.faculty
            self.team.choices = part_choices(organisation.teams)
        else:
            del self.team
            self.faculty.choices = part_choices(organisation.faculties)


@admin.route("/organisaties/<id:organisation_id>/uitnodigen", methods=["GET", "POST"])
def invite_person(organisation_id: int) -> Response | str:
    organisation = organisation_for(giver(), organisation_id)
    form = InviteForm(role=request.args.get("rol"))
    form.fit(organisation)
    if not form.validate_on_submit():
        return render_template("admin/people/invite.html", form=form, organisation=organisation)
    try:
        _invite(form, organisation)
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/people/invite.html", form=form, organisation=organisation)
    flash(gettext("De uitnodiging gaat naar %(email)s.", email=form.email.data), "success")
    db.session.commit()
    return redirect(url_for("admin.list_people", organisatie=organisation.code))


def _invite(form: InviteForm, organisation: Organisation) -> Membership:
    return joining.invite(
        form.email.data,
        name=form.display_name.data,
        role=Role(form.role.data),
        organisation=organisation,
        team=chosen_part(organisation.teams, form.team.data) if form.team else None,
        faculty=chosen_part(organisation.faculties, form.faculty.data) if form.faculty else None,
        job_title=form.job_title.data,
        days=current_app.extensions["settings"].link_days,
        by=giver(),
    )


@admin.post("/mensen/<id:membership_id>/opnieuw-uitnodigen")
def invite_again(membership_id: int) -> Response:
    membership = person(giver(), membership_id)
    joining.invite_again(membership, by=giver(), days=current_app.extensions["settings"].link_days)
    flash(gettext("De uitnodiging gaat nog een keer naar %(email)s.", email=membership.account.email), "success")
    db.session.commit()
    return redirect(url_for("admin.show_person", membership_id=membership.id))


@admin.post("/mensen/<id:membership_id>/uitnodiging-intrekken")
def revoke_invitation(membership_id: int) -> Response:
    membership = person(giver(), membership_id)
    joining.revoke_invitation(membership, by=giver())
    flash(gettext("De uitnodiging is ingetrokken."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_people"))
