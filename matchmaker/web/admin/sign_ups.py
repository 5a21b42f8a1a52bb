"""Deciding about people who signed up themselves."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations import joining
from matchmaker.organisations.administration import organisation_named, organisation_names, person
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.organisations.rules import ROLES_FOR_KIND, roles_to_grant
from matchmaker.vocabulary import Role
from matchmaker.web.admin import admin
from matchmaker.web.admin.choices import role_choices
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, at_most


class ConfirmForm(Form):
    organisation = StringField(_l("Organisatie"), [DataRequired(_l("Kies een organisatie.")), at_most(160)])
    role = SelectField(_l("Rol"))

    def fit(self, membership: Membership) -> None:
        """The organisation is asked only when it was typed and is in no register."""
        if membership.asked_for:
            self.role.choices = role_choices(frozenset().union(*ROLES_FOR_KIND.values()))
        else:
            del self.organisation
            self.role.choices = role_choices(roles_to_grant(giver(), membership.organisation))


class RefuseForm(Form):
    because = TextAreaField(_l("Waarom niet?"), [DataRequired(_l("Schrijf waarom het niet doorgaat.")), at_most(1000)])


@admin.route("/mensen/<id:membership_id>/bevestigen", methods=["GET", "POST"])
def confirm_sign_up(membership_id: int) -> Response | str:
    membership = person(giver(), membership_id)
    if membership.status is not MembershipStatus.ASKED:
        return redirect(url_for("admin.show_person", membership_id=membership.id))
    form = ConfirmForm(role=membership.role.value, organisation=membership.asked_for)
    form.fit(membership)
    if not form.validate_on_submit():
        return _page(membership, form)
    try:
        joining.confirm_sign_up(membership, role=Role(form.role.data), organisation=_chosen(form), by=giver())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _page(membership, form)
    flash(gettext("%(name)s kan aan de slag.", name=membership.account.display_name), "success")
    db.session.commit()
    return redirect(url_for("admin.list_people"))


def _chosen(form: ConfirmForm) -> object:
    if not form.organisation:
        return None
    found = organisation_named(form.organisation.data)
    if found is None:
        raise InvalidValue("organisation", "unknown_code")
    return found


def _page(membership: Membership, form: ConfirmForm) -> str:
    names = organisation_names() if membership.asked_for else []
    return render_template("admin/people/confirm.html", membership=membership, form=form, names=names)


@admin.route("/mensen/<id:membership_id>/weigeren", methods=["GET", "POST"])
def refuse_sign_up(membership_id: int) -> Response | str:
    membership = person(giver(), membership_id)
    form = RefuseForm()
    if membership.status is not MembershipStatus.ASKED:
        return redirect(url_for("admin.show_person", membership_id=membership.id))
    if not form.validate_on_submit():
        return render_template("admin/people/refuse.html", membership=membership, form=form)
    joining.refuse_sign_up(membership, because=form.because.data, by=giver())
    flash(gettext("De aanmelding is geweigerd. Uw reden staat in de mail."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_people"))
