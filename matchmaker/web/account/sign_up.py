"""Signing up with a work address: first the address, then the organisation, then an administrator decides."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.limits.models import Door
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.organisations.administration import organisation_named, organisation_names
from matchmaker.organisations.joining import finish_sign_up, organisations_for, start_sign_up
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import ROLES_FOR_KIND, roles_to_ask
from matchmaker.vocabulary import Role
from matchmaker.web.account import account
from matchmaker.web.account.fields import email_field, password_field
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.sign_in_state import only_for
from matchmaker.words.labels import choices


class SignUpForm(Form):
    display_name = StringField(_l("Uw naam"), [DataRequired(_l("Vul uw naam in.")), at_most(120)])
    email = email_field(_l("E-mailadres van uw werk"))


class FinishForm(Form):
    """`organisation` is a choice when the mail domain is known, `typed` a text with suggestions when it is not."""

    display_name = StringField(_l("Uw naam"), [DataRequired(_l("Vul uw naam in.")), at_most(120)])
    organisation = RadioField(_l("Namens wie doet u mee?"), [InputRequired(_l("Kies een organisatie."))])
    typed = StringField(
        _l("Namens wie doet u mee?"), [DataRequired(_l("Vul de naam van uw organisatie in.")), at_most(160)]
    )
    role = SelectField(_l("Wat doet u daar?"), [InputRequired(_l("Kies wat u daar doet."))])
    password = password_field(_l("Kies een wachtwoord"), missing=_l("Kies een wachtwoord."))

    def fit(self, known: Sequence[Organisation]) -> None:
        """Keep the fields that fit what the mail domain says."""
        kinds = {each.kind for each in known} or set(ROLES_FOR_KIND)
        roles = frozenset().union(*(roles_to_ask(kind) for kind in kinds))
        self.role.choices = options([("", _l("Kies uw rol")), *choices(Role, only=roles)])
        if known:
            self.organisation.choices = options((each.code, each.name) for each in known)
            self.organisation.data = self.organisation.data or known[0].code
            del self.typed
        else:
            del self.organisation


@account.route("/aanmelden", methods=["GET", "POST"])
def sign_up() -> Response | str | tuple[str, int]:
    """The answer is the same whether or not the address has an account; the letter tells."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return render_template("account/sign_up.html", form=form)
    if is_too_often(Door.SIGN_UP, form):
        return render_template("account/sign_up.html", form=form), TOO_MANY
    start_sign_up(form.email.data, name=form.display_name.data, language=str(get_locale()))
    db.session.commit()
    return redirect(url_for("account.sign_up_sent"))


@account.get("/aanmelden/verstuurd")
def sign_up_sent() -> str:
    return render_template("account/sign_up_sent.html")


@account.get("/aanmelden/klaar")
def sign_up_done() -> str:
    return render_template("account/sign_up_done.html")


@account.route("/aanmelden/<token>", methods=["GET", "POST"])
def finish_sign_up_form(token: str) -> Response | str:
    """The address is confirmed by sending this form, not by opening the link."""
    link = find_link(token, Purpose.SIGN_UP)
    only_for(link.values["email"])
    known = organisations_for(link.values["email"])
    form = FinishForm(display_name=link.values["name"])
    form.fit(known)
    page = {"form": form, "known": known, "email": link.values["email"], "names": [] if known else organisation_names()}
    if not form.validate_on_submit():
        return render_template("account/finish_sign_up.html", **page)
    try:
        _finish(form, known, link)
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/finish_sign_up.html", **page)
    if form.role.data == Role.STUDENT.value:
        flash(gettext("Je account is klaar. Log in om verder te gaan."), "success")
    db.session.commit()
    return redirect(url_for("account.sign_in" if form.role.data == Role.STUDENT.value else "account.sign_up_done"))


def _finish(form: FinishForm, known: Sequence[Organisation], link: object) -> None:
    if known:
        typed, organisation = "", next(each for each in known if each.code == form.organisation.data)
    else:
        typed = form.typed.data
        organisation = organisation_named(typed)
    finish_sign_up(
        link,
        organisation=organisation,
        typed=typed,
        role=Role(form.role.data),
        name=form.display_name.data,
        password=form.password.data,
    )
