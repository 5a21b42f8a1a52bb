"""Signing in with another e-mail address."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.accounts import addresses
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.federation.taking_back import take_back
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.web.account import account
from matchmaker.web.account.fields import email_field
from matchmaker.web.account.proving import Proof, SureForm, asks
from matchmaker.web.fields import Form
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me, only_for, sign_out


class NewAddressForm(SureForm):
    email = email_field(_l("Nieuw e-mailadres"))


@account.route("/account/adres", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def ask_new_address() -> Response | str:
    """The answer is the same whether or not the address has an account; the letter tells."""
    form = NewAddressForm()
    if not (form.validate_on_submit() and form.is_me()):
        return render_template("account/new_address.html", form=form)
    try:
        addresses.ask_new_address(me(), form.email.data)
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/new_address.html", form=form)
    flash(gettext("Open de link in de mail aan uw nieuwe adres. Tot dan logt u in met uw oude adres."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile"))


@account.route("/adres/<token>", methods=["GET", "POST"])
def confirm_address(token: str) -> Response | str:
    """Opening the link shows; sending the form changes the address."""
    link = find_link(token, Purpose.NEW_ADDRESS)
    change, form = addresses.change_of(link), Form()
    only_for(change.account.email)
    if not form.validate_on_submit():
        return render_template("account/confirm_address.html", form=form, change=change)
    addresses.confirm_address(link)
    sign_out()
    flash(gettext("Vanaf nu logt u in met uw nieuwe adres."), "success")
    db.session.commit()
    return redirect(url_for("account.sign_in"))


@account.route("/adres-houden/<token>", methods=["GET", "POST"])
def keep_address(token: str) -> Response | str:
    """From the old address: the change is stopped or undone."""
    link = find_link(token, Purpose.KEEP_ADDRESS)
    change, form = addresses.change_of(link), Form()
    only_for(change.account.email)
    if not form.validate_on_submit():
        return render_template("account/keep_address.html", form=form, change=change)
    take_back(link)
    sign_out()
    flash(
        gettext("Uw oude adres blijft. Kies een nieuw wachtwoord met de link in de mail die wij u stuurden."), "success"
    )
    db.session.commit()
    return redirect(url_for("account.sign_in"))
