"""Signing in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from matchmaker.accounts.sessions import SignInRefused, TooManyAttempts, check_sign_in
from matchmaker.database import db
from matchmaker.organisations.models import Membership
from matchmaker.organisations.queries import active_memberships
from matchmaker.web.account import account
from matchmaker.web.account.demo_accounts import demo_accounts
from matchmaker.web.addresses import own_path
from matchmaker.web.fields import Form
from matchmaker.web.guards import ANYONE_SIGNED_IN, may_open, only
from matchmaker.web.sign_in_state import acting
from matchmaker.web.sign_in_state import sign_in as start_session
from matchmaker.web.sign_in_state import sign_out as end_session


class SignInForm(Form):
    email = EmailField(_l("E-mailadres"), [InputRequired(_l("Vul uw e-mailadres in.")), Length(max=254)])
    password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Vul uw wachtwoord in.")), Length(max=200)])


@account.route("/inloggen", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """The door. The answer is the same for an unknown person and a wrong password."""
    target = own_path(request.args.get("next"), url_for("account.start"))
    if current_user.is_authenticated:
        return _onward(target, acting())
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form, demo_accounts=demo_accounts())
    try:
        person = check_sign_in(form.email.data, form.password.data, address=request.remote_addr or "")
    except (SignInRefused, TooManyAttempts) as refused:
        db.session.commit()
        form.form_errors.append(_refusal(refused))
        return render_template("account/sign_in.html", form=form, demo_accounts=demo_accounts()), _status(refused)
    able = next((each for each in active_memberships(person) if may_open(target, each)), None)
    start_session(person, acting_as=able)
    db.session.commit()
    return _onward(target, able)


@account.post("/uitloggen")
@only(ANYONE_SIGNED_IN)
def sign_out() -> Response:
    """Leave, and go on at the page that asked for it."""
    end_session()
    db.session.commit()
    flash(gettext("U bent uitgelogd."))
    return redirect(own_path(request.form.get("next"), url_for("public.show_home")))


def _onward(target: str, membership: Membership | None) -> Response:
    """To the page someone came for, or to their own start when that page is not for their role."""
    if may_open(target, membership):
        return redirect(target)
    flash(gettext("De pagina die u koos, hoort bij een andere rol. U begint hier."), "info")
    return redirect(url_for("account.start"))


def _refusal(refused: SignInRefused | TooManyAttempts) -> str:
    if isinstance(refused, TooManyAttempts):
        return gettext("Het ging te vaak mis. Wacht vijf minuten en probeer het opnieuw.")
    return gettext("E-mailadres of wachtwoord klopt niet. Kijk beide na, of vraag een nieuw wachtwoord.")


def _status(refused: SignInRefused | TooManyAttempts) -> int:
    return 429 if isinstance(refused, TooManyAttempts) else 401
