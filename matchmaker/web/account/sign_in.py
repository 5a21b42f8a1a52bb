"""Signing in and out."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from matchmaker.accounts.attempts import TooManyAttempts
from matchmaker.accounts.models import WITH_SECOND_STEP, Account, OpenedWith
from matchmaker.accounts.sessions import SignInRefused, check_sign_in
from matchmaker.database import db
from matchmaker.factors.actions import CodeRefused, check_code, send_link_again
from matchmaker.factors.queries import has_second_step, passkeys_of
from matchmaker.federation.queries import has_open_providers
from matchmaker.organisations.models import Membership
from matchmaker.organisations.queries import active_memberships
from matchmaker.submissions.interrupted import form_of
from matchmaker.web.account import account
from matchmaker.web.account.demo_accounts import demo_accounts
from matchmaker.web.account.fields import in_normal_form
from matchmaker.web.addresses import own_path
from matchmaker.web.fields import Form
from matchmaker.web.guards import ANYONE_SIGNED_IN, may_open, only
from matchmaker.web.sign_in_state import acting, forget_half_sign_in, half_signed_in, sign_in_half
from matchmaker.web.sign_in_state import sign_in as start_session
from matchmaker.web.sign_in_state import sign_out as end_session

WAITS = re.compile(r"/inloggen/verder/([0-9]{1,9})")


class SignInForm(Form):
    email = EmailField(
        _l("E-mailadres"),
        [InputRequired(_l("Vul uw e-mailadres in.")), Length(max=254)],
        filters=[in_normal_form],
    )
    password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Vul uw wachtwoord in.")), Length(max=200)])


@account.route("/inloggen", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """The door. The answer is the same for an unknown person and a wrong password."""
    target = own_path(request.args.get("next"), url_for("account.start"))
    if current_user.is_authenticated:
        return _onward(target, acting())
    form = SignInForm()
    if not form.validate_on_submit():
        return _door(form)
    try:
        person = check_sign_in(form.email.data, form.password.data, address=request.remote_addr or "")
    except (SignInRefused, TooManyAttempts) as refused:
        db.session.commit()
        form.form_errors.append(_refusal(refused))
        return _door(form), _status(refused)
    return let_in(person, target, OpenedWith.PASSWORD)


def let_in(person: Account, target: str, opened_with: OpenedWith) -> Response:
    """After the password or the provider: in, or first the second step. Who lost that one gets a letter.

    A provider that is trusted to say that a second step was taken asks for none here.
    """
    if opened_with in WITH_SECOND_STEP:
        return enter(person, target, opened_with)
    if person.second_step_lost_at is not None:
        send_link_again(person)
        db.session.commit()
        return redirect(url_for("account.second_step_lost"))
    if has_second_step(person):
        sign_in_half(person)
        db.session.commit()
        return redirect(url_for("account.give_code", next=target))
    return enter(person, target, opened_with)


def enter(person: Account, target: str, opened_with: OpenedWith) -> Response:
    """Start the session and go to the page someone came for."""
    path, method = _wanted(person, target)
    able = next((each for each in active_memberships(person) if may_open(path, each, method=method)), None)
    start_session(person, acting_as=able, opened_with=opened_with)
    db.session.commit()
    return _onward(target, able)


def _wanted(person: Account, target: str) -> tuple[str, str]:
    """The address and method the chosen role must fit: of what waits to be sent, else of the page someone came for."""
    waits = WAITS.fullmatch(target)
    form = form_of(person.id, int(waits[1])) if waits else None
    return (form.path, "POST") if form else (target, "GET")


class CodeForm(Form):
    code = StringField(_l("Code"), [InputRequired(_l("Vul de code in.")), Length(max=60)])


@account.route("/inloggen/code", methods=["GET", "POST"])
def give_code() -> Response | str | tuple[str, int]:
    """After the password: the code of the app, or one on paper."""
    target = own_path(request.args.get("next"), url_for("account.start"))
    waiting = half_signed_in()
    if waiting is None:
        return sign_in_page(gettext("Log eerst in met uw wachtwoord. Daarna vragen wij een code."))
    person, form = waiting.account, CodeForm()
    page = {"form": form, "passkeys": bool(passkeys_of(person)), "target": target}
    if not form.validate_on_submit():
        return render_template("account/give_code.html", **page)
    try:
        opened_with = check_code(person, form.code.data)
    except (CodeRefused, TooManyAttempts) as refused:
        form.form_errors.append(_code_refused(refused))
        db.session.commit()
        return render_template("account/give_code.html", **page), _status(refused)
    forget_half_sign_in()
    return enter(person, target, opened_with)


def sign_in_page(refusal: str) -> tuple[str, int]:
    """The door again, with what went wrong elsewhere."""
    form = SignInForm(formdata=None)
    form.form_errors.append(refusal)
    return _door(form), 401


def _code_refused(refused: CodeRefused | TooManyAttempts) -> str:
    if isinstance(refused, CodeRefused):
        return gettext("Deze code klopt niet of is al gebruikt. Wacht op een nieuwe code en typ die.")
    forget_half_sign_in()
    return gettext("Het ging te vaak mis. Wacht vijf minuten en log dan opnieuw in.")


@account.post("/uitloggen")
@only(ANYONE_SIGNED_IN)
def sign_out() -> Response:
    """Leave, and go on at the page that asked for it."""
    end_session()
    db.session.commit()
    flash(gettext("U bent uitgelogd."))
    left = redirect(own_path(request.form.get("next"), url_for("public.show_home")))
    left.headers["Clear-Site-Data"] = '"cache"'
    return left


def _door(form: SignInForm) -> str:
    return render_template(
        "account/sign_in.html",
        form=form,
        demo_accounts=demo_accounts(),
        by_provider=has_open_providers(),
        waits=bool(WAITS.fullmatch(request.args.get("next", ""))),
    )


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


def _status(refused: SignInRefused | CodeRefused | TooManyAttempts) -> int:
    return 429 if isinstance(refused, TooManyAttempts) else 401
