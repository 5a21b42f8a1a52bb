"""Tying the login of one's organisation to one's account, by a letter or when signed in, and untying it."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired

from matchmaker.accounts.models import OpenedWith
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.models import IdentityProvider
from matchmaker.federation.queries import own_identity, providers_to_tie
from matchmaker.federation.ties import untie
from matchmaker.federation.welcoming import (
    account_of_tie_link,
    finish_sign_up_by_provider,
    is_same_browser,
    newcomer_of,
    tie_by_link,
)
from matchmaker.links.actions import find_link
from matchmaker.links.models import Link, Purpose
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import roles_to_ask
from matchmaker.vocabulary import Role
from matchmaker.web.account import account
from matchmaker.web.account.by_provider import BROWSER, Page, leave_for, refuse
from matchmaker.web.account.proving import Proof, asks
from matchmaker.web.account.sign_in import let_in
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me, only_for
from matchmaker.web.sign_in_state import sign_out as end_session
from matchmaker.words.labels import choices


class TieForm(Form):
    """Only the button."""


class SignUpByProviderForm(Form):
    display_name = StringField(_l("Uw naam"), [DataRequired(_l("Vul uw naam in.")), at_most(120)])
    role = SelectField(_l("Wat doet u daar?"), [InputRequired(_l("Kies wat u daar doet."))])

    def fit(self, organisation: Organisation) -> None:
        """Keep the roles one may ask for in this organisation."""
        self.role.choices = options([("", _l("Kies uw rol")), *choices(Role, only=roles_to_ask(organisation.kind))])


@account.route("/inloggen/koppelen/<token>", methods=["GET", "POST"])
def tie_by_letter(token: str) -> Page:
    """Ties by sending this form, not by opening the link, and only in the browser where someone came back."""
    link = find_link(token, Purpose.TIE_IDENTITY)
    person = account_of_tie_link(link)
    only_for(person.email)
    provider, form = _arrived_here(link), TieForm()
    if not form.validate_on_submit():
        return render_template("account/tie_identity.html", form=form, provider=provider, person=person)
    try:
        tie_by_link(link, browser=_browser())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/tie_identity.html", form=form, provider=provider, person=person)
    end_session()
    return let_in(person, url_for("account.start"), OpenedWith.PROVIDER)


@account.route("/aanmelden/organisatie/<token>", methods=["GET", "POST"])
def sign_up_by_provider(token: str) -> Response | str:
    """As any sign-up, without a password: an administrator decides, a student of the school is let in at once."""
    link = find_link(token, Purpose.SIGN_UP_BY_PROVIDER)
    only_for(link.values["email"])
    provider = _arrived_here(link)
    form = SignUpByProviderForm(display_name=link.values["name"])
    form.fit(provider.organisation)
    page = {"form": form, "provider": provider, "email": link.values["email"]}
    if not form.validate_on_submit():
        return render_template("account/sign_up_by_provider.html", **page)
    role = Role(form.role.data)
    try:
        finish_sign_up_by_provider(link, role=role, name=form.display_name.data, browser=_browser())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/sign_up_by_provider.html", **page)
    db.session.commit()
    return redirect(url_for("account.choose_provider" if role is Role.STUDENT else "account.sign_up_done"))


@account.post("/account/organisatie-login/<id:organisation_id>/koppelen")
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT, back="account.show_profile")
def tie_provider(organisation_id: int) -> Page:
    """Leave for the provider of one of one's own organisations, to come back tied to it."""
    provider = next((each for each in providers_to_tie(me()) if each.organisation_id == organisation_id), None)
    if provider is None:
        raise NotFound()
    return leave_for(provider, target="", who=me())


@account.post("/account/organisatie-login/<id:identity_id>/loskoppelen")
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT, back="account.show_profile")
def untie_provider(identity_id: int) -> Response:
    untie(own_identity(me(), identity_id), by=me())
    flash(gettext("De login van uw organisatie is losgekoppeld. U logt weer in met uw wachtwoord."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile", _anchor="organisatie-login"))


@account.errorhandler(ArrivalRefused)
def explain_refusal(refused: ArrivalRefused) -> tuple[str, int]:
    """A link that was opened elsewhere than where someone came back."""
    return refuse(refused.reason)


def _browser() -> str:
    return session.get(BROWSER, "")


def _arrived_here(link: Link) -> IdentityProvider:
    provider, newcomer = newcomer_of(link)
    if not is_same_browser(newcomer, _browser()):
        raise ArrivalRefused("other_browser")
    return provider
