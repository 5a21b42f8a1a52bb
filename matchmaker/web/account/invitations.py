"""Saying yes to an invitation."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from matchmaker.accounts.models import AccountStatus, OpenedWith
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.organisations.joining import accept_invitation as accept
from matchmaker.organisations.joining import invitation_of
from matchmaker.organisations.models import Membership
from matchmaker.web.account import account
from matchmaker.web.account.fields import password_field
from matchmaker.web.fields import Form, at_most
from matchmaker.web.sign_in_state import only_for
from matchmaker.web.sign_in_state import sign_in as start_session


class AcceptForm(Form):
    """For someone with an account: only the button."""


class NewPersonForm(AcceptForm):
    display_name = StringField(_l("Uw naam"), [DataRequired(_l("Vul uw naam in.")), at_most(120)])
    password = password_field(_l("Kies een wachtwoord"), missing=_l("Kies een wachtwoord."))


@account.route("/uitnodiging/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> Response | str:
    """Someone new chooses a name and password and is signed in; someone known signs in as always."""
    link = find_link(token, Purpose.INVITATION)
    invitation = invitation_of(link)
    only_for(invitation.account.email)
    is_new = invitation.account.status is AccountStatus.INVITED
    form = NewPersonForm(obj=invitation.account) if is_new else AcceptForm()
    if not form.validate_on_submit():
        return render_template("account/invitation.html", form=form, invitation=invitation, is_new=is_new)
    try:
        accept(link, name=form.display_name.data if is_new else "", password=form.password.data if is_new else "")
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/invitation.html", form=form, invitation=invitation, is_new=is_new)
    return _welcome(invitation, is_new=is_new)


def _welcome(invitation: Membership, *, is_new: bool) -> Response:
    if is_new and not current_user.is_authenticated:
        start_session(invitation.account, opened_with=OpenedWith.LINK)
    name = invitation.organisation.name
    flash(gettext("Welkom. U kunt nu aan de slag namens %(organisation)s.", organisation=name), "success")
    db.session.commit()
    return redirect(url_for("account.start"))
