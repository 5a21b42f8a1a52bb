"""A new password: forgotten, or by the link from the letter."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.accounts.actions import account_of_password_link, ask_new_password, choose_new_password
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.limits.models import Door
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.organisations.queries import names_worked_for
from matchmaker.web.account import account
from matchmaker.web.account.fields import email_field, password_field
from matchmaker.web.fields import Form
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.sign_in_state import only_for


class AskPasswordForm(Form):
    email = email_field(_l("E-mailadres"))


class NewPasswordForm(Form):
    password = password_field(_l("Nieuw wachtwoord"), missing=_l("Kies een wachtwoord."))


@account.route("/wachtwoord-vergeten", methods=["GET", "POST"])
def ask_password() -> Response | str | tuple[str, int]:
    """The answer is the same for a known and an unknown address."""
    form = AskPasswordForm(email=request.args.get("email", "")[:254])
    if not form.validate_on_submit():
        return render_template("account/ask_password.html", form=form)
    if is_too_often(Door.NEW_PASSWORD, form):
        return render_template("account/ask_password.html", form=form), TOO_MANY
    ask_new_password(form.email.data, language=str(get_locale()))
    db.session.commit()
    return redirect(url_for("account.password_asked"))


@account.get("/wachtwoord-vergeten/verstuurd")
def password_asked() -> str:
    return render_template("account/password_asked.html")


@account.route("/wachtwoord/<token>", methods=["GET", "POST"])
def choose_password(token: str) -> Response | str:
    """Opening the link shows; only sending the form changes something."""
    link = find_link(token, Purpose.PASSWORD)
    person = account_of_password_link(link)
    only_for(person.email)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("account/choose_password.html", form=form, person=person)
    try:
        choose_new_password(link, form.password.data, about=names_worked_for(person))
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/choose_password.html", form=form, person=person)
    flash(gettext("Uw nieuwe wachtwoord is bewaard. Log er nu mee in."), "success")
    db.session.commit()
    return redirect(url_for("account.sign_in"))
