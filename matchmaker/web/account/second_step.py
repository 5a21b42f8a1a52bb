"""One's own second step: what there is, an app that makes codes, codes on paper, and what was taken away."""

import json

import segno
from flask import current_app, flash, g, redirect, render_template, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from matchmaker.accounts.models import OpenedWith
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.factors import actions
from matchmaker.factors.apps import address_of, confirm_app, secret_of
from matchmaker.factors.apps import begin_app as begin
from matchmaker.factors.queries import app_of, code_app, passkeys_of, recovery_codes_left
from matchmaker.factors.recovery import make_codes as new_codes
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.sealing import SealBroken, seal, unseal
from matchmaker.web.account import account
from matchmaker.web.account.proving import OK, PasswordForm, Proof, SureForm, asks
from matchmaker.web.fields import Form
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.second_step import is_required
from matchmaker.web.sign_in_state import me, only_for, strengthen
from matchmaker.web.sign_in_state import sign_in as start_session

NEW_CODES = "new_codes"
_SHOWN_ONCE = "codes shown once"


class AppForm(Form):
    code = StringField(_l("Code uit de app"), [InputRequired(_l("Vul de code in.")), Length(max=20)])


@account.get("/account/tweede-stap")
@only(ANYONE_SIGNED_IN)
def show_second_step() -> str:
    """What someone has; right after setting up also the codes on paper, once."""
    person = me()
    return render_template(
        "account/second_step.html",
        app=code_app(person),
        passkeys=passkeys_of(person),
        codes_left=recovery_codes_left(person),
        codes=_codes_made_now(),
        required=is_required(),
        missing=is_required() and not g.sign_in_session.has_second_step,
    )


def keep_for_next_page(codes: list[str]) -> None:
    """Show these codes on the next page, once. The browser carries them sealed."""
    if codes:
        session[NEW_CODES] = seal(json.dumps(codes), purpose=_SHOWN_ONCE)


def _codes_made_now() -> list[str]:
    try:
        return list(json.loads(unseal(str(session.pop(NEW_CODES, "")), purpose=_SHOWN_ONCE)))
    except SealBroken:
        return []


@account.post("/account/tweede-stap/app/begin")
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT)
def begin_app() -> Response:
    begin(me())
    db.session.commit()
    return redirect(url_for("account.set_up_app"))


@account.route("/account/tweede-stap/app", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT)
def set_up_app() -> Response | str:
    """A square to scan, and a first code to prove that it worked."""
    app, form = app_of(me()), AppForm()
    if app is None or app.confirmed_at:
        return redirect(url_for("account.show_second_step"))
    try:
        page = {"form": form, "secret": secret_of(app), "square": _square(address_of(app, site=_site_name()))}
    except SealBroken:
        return redirect(url_for("account.show_second_step"))
    if not form.validate_on_submit():
        return render_template("account/set_up_app.html", **page)
    try:
        confirm_app(me(), form.code.data.replace(" ", ""))
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/set_up_app.html", **page)
    return added("app", OpenedWith.APP_CODE, gettext("De app werkt. Voortaan vragen wij bij het inloggen een code."))


def added(what: str, opened_with: OpenedWith, said: str) -> Response:
    """After a way to sign in was added: this session counts, others end, and codes on paper come with the first."""
    keep_for_next_page(actions.codes_for_first(me()))
    actions.tell_added(me(), what)
    strengthen(opened_with)
    flash(said, "success")
    db.session.commit()
    return redirect(url_for("account.show_second_step"))


@account.route("/account/tweede-stap/app/weghalen", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def drop_app() -> Response | str:
    if code_app(me()) is None:
        return redirect(url_for("account.show_second_step"))
    form = SureForm()
    if not (form.validate_on_submit() and form.is_me()):
        return render_template("account/drop_app.html", form=form)
    try:
        actions.remove_app(me(), required=is_required())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/drop_app.html", form=form)
    flash(gettext("De app is weggehaald."), "success")
    db.session.commit()
    return redirect(url_for("account.show_second_step"))


@account.route("/account/tweede-stap/codes", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def renew_codes() -> Response | str:
    """New codes on paper; those of before end."""
    if code_app(me()) is None and not passkeys_of(me()):
        raise InvalidMove(state="none", action="make_codes")
    form = SureForm()
    if not (form.validate_on_submit() and form.is_me()):
        return render_template("account/renew_codes.html", form=form)
    keep_for_next_page(new_codes(me()))
    actions.tell_added(me(), "codes")
    db.session.commit()
    return redirect(url_for("account.show_second_step"))


@account.get("/inloggen/tweede-stap-kwijt")
def second_step_lost() -> str:
    """The answer to a right password while the second step is taken away: the letter helps on."""
    return render_template("account/second_step_lost.html")


@account.route("/tweede-stap/<token>", methods=["GET", "POST"])
def begin_again(token: str) -> Response | str | tuple[str, int]:
    """By the letter of someone who lost the second step: with the password they get in and set up a new one."""
    link = find_link(token, Purpose.SECOND_STEP)
    person, form = actions.account_of_link(link), PasswordForm()
    only_for(person.email)
    if not form.validate_on_submit():
        return render_template("account/begin_again.html", form=form, person=person)
    if not form.is_of(person):
        status = form.status if form.status != OK else 401
        return render_template("account/begin_again.html", form=form, person=person), status
    actions.begin_again(link)
    start_session(person, opened_with=OpenedWith.LINK)
    flash(gettext("U bent ingelogd. Kies nu een nieuwe tweede stap."), "success")
    db.session.commit()
    return redirect(url_for("account.show_second_step"))


def _square(address: str) -> str:
    """A QR code as a picture in the page itself: it goes over no network."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, light="white")


def _site_name() -> str:
    return str(current_app.extensions["settings"].site_name)
