"""Passkeys: adding, removing, and signing in with one alone. The browser and the device do the asking."""

from flask import Response as JsonResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from matchmaker.accounts.models import OpenedWith
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.factors import actions
from matchmaker.factors import passkeys as keys
from matchmaker.factors.passkeys import PasskeyRefused, Site
from matchmaker.factors.queries import passkey_of
from matchmaker.web.account import account
from matchmaker.web.account.proving import Proof, SureForm, asks
from matchmaker.web.account.second_step import added
from matchmaker.web.account.sign_in import enter, sign_in_page
from matchmaker.web.addresses import own_path
from matchmaker.web.fields import Form, at_most
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.second_step import is_required
from matchmaker.web.sign_in_state import forget_half_sign_in, me

LONGEST_ANSWER = 20_000


class AnswerForm(Form):
    """What the browser brings back from the device."""

    credential = HiddenField(validators=[Length(max=LONGEST_ANSWER)])


class NewPasskeyForm(AnswerForm):
    name = StringField(_l("Naam van deze passkey"), [DataRequired(_l("Geef de passkey een naam.")), at_most(60)])


@account.get("/account/tweede-stap/passkey/vraag")
@only(ANYONE_SIGNED_IN)
def ask_new_passkey() -> JsonResponse:
    """What the browser asks the device for a new one."""
    return _json(keys.options_to_add(me(), _site()))


@account.route("/account/tweede-stap/passkey", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT)
def add_passkey() -> Response | str:
    form = NewPasskeyForm()
    if not form.validate_on_submit():
        return render_template("account/add_passkey.html", form=form)
    try:
        keys.add_passkey(me(), form.credential.data or "", name=form.name.data, site=_site())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/add_passkey.html", form=form)
    except PasskeyRefused:
        form.form_errors.append(gettext("Dit lukte niet. Probeer het opnieuw, of kies een app met codes."))
        return render_template("account/add_passkey.html", form=form)
    return added("passkey", OpenedWith.PASSKEY, gettext("De passkey is toegevoegd. U kunt er nu mee inloggen."))


@account.route("/account/tweede-stap/passkey/<id:passkey_id>/weghalen", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def drop_passkey(passkey_id: int) -> Response | str:
    passkey, form = passkey_of(me(), passkey_id), SureForm()
    if passkey is None:
        raise NotFound()
    if not (form.validate_on_submit() and form.is_me()):
        return render_template("account/drop_passkey.html", form=form, passkey=passkey)
    try:
        actions.remove_passkey(passkey, required=is_required())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/drop_passkey.html", form=form, passkey=passkey)
    flash(gettext("De passkey is weggehaald."), "success")
    db.session.commit()
    return redirect(url_for("account.show_second_step"))


@account.get("/inloggen/passkey/vraag")
def ask_passkey() -> JsonResponse:
    """What the browser asks the device for signing in. It names nobody."""
    return _json(keys.options_to_sign_in(_site()))


@account.post("/inloggen/passkey")
def sign_in_with_passkey() -> Response | tuple[str, int]:
    """In with a passkey alone. The answer is the same for one we do not know and one that does not fit."""
    target = own_path(request.args.get("next"), url_for("account.start"))
    form = AnswerForm()
    try:
        passkey = keys.check_passkey(form.credential.data or "" if form.validate() else "", site=_site())
    except PasskeyRefused:
        return sign_in_page(gettext("Met deze passkey lukt het niet. Probeer het opnieuw, of kies uw wachtwoord."))
    forget_half_sign_in()
    return enter(passkey.account, target, OpenedWith.PASSKEY)


def _site() -> Site:
    settings = current_app.extensions["settings"]
    return Site(settings.site_name, settings.public_url)


def _json(text: str) -> JsonResponse:
    return JsonResponse(text, mimetype="application/json", headers={"Cache-Control": "no-store"})
