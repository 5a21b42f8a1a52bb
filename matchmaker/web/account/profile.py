"""One's own name, language, colours, password, browsers and calendar address."""

from flask import flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired

from matchmaker.accounts import actions
from matchmaker.accounts.queries import feed_link, session_of, sessions_of
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.federation.queries import identities_of, providers_to_tie
from matchmaker.links.actions import token_of
from matchmaker.organisations.queries import names_worked_for
from matchmaker.web.account import account
from matchmaker.web.account.fields import password_field
from matchmaker.web.account.proving import Proof, SureForm, asks
from matchmaker.web.addresses import whole_url_for
from matchmaker.web.fields import EditForm, at_most, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import acting, me, my_roles
from matchmaker.web.sign_in_state import sign_in as start_session
from matchmaker.words.labels import LANGUAGES

NEW_FEED = "new_feed"


class ProfileForm(EditForm):
    display_name = StringField(_l("Uw naam"), [DataRequired(_l("Vul uw naam in.")), at_most(120)])
    language = RadioField(_l("Taal"), choices=options(LANGUAGES.items()))
    colour_mode = RadioField(
        _l("Kleuren"),
        choices=options([("", _l("Zoals mijn apparaat")), ("light", _l("Licht")), ("dark", _l("Donker"))]),
    )
    one_key_actions = BooleanField(
        _l("Acties met één toets"),
        description=_l("Bij het loket is één letter genoeg. Zet dit uit als u met spraak of een schermlezer werkt."),
    )


class ChangePasswordForm(SureForm):
    current = password_field(_l("Wachtwoord van nu"), missing=_l("Vul uw wachtwoord van nu in."))
    password = password_field(_l("Nieuw wachtwoord"), missing=_l("Kies een nieuw wachtwoord."))


@account.route("/account", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
def show_profile() -> Response | str:
    person = me()
    form = ProfileForm(obj=person)
    current = form.is_current(person)
    if not (form.validate_on_submit() and current):
        return render_template("account/profile.html", form=form, **_beside_the_form())
    actions.change_profile(
        person,
        display_name=form.display_name.data,
        language=form.language.data,
        colour_mode=form.colour_mode.data,
        one_key_actions=form.one_key_actions.data,
    )
    session["language"] = person.language
    flash(gettext("Uw gegevens zijn bewaard."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile"))


@account.route("/account/wachtwoord", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def change_password() -> Response | str | tuple[str, int]:
    """Asks the password of now; afterwards only this browser is signed in."""
    form = ChangePasswordForm()
    if not (form.validate_on_submit() and form.is_me()):
        return render_template("account/change_password.html", form=form), form.status
    person, opened_with = me(), g.sign_in_session.opened_with
    try:
        actions.change_password(person, form.password.data, about=names_worked_for(person))
    except InvalidValue as refused:
        form.refuse(refused)
        return render_template("account/change_password.html", form=form)
    start_session(person, opened_with=opened_with)
    flash(gettext("Uw wachtwoord is veranderd. Op andere apparaten bent u uitgelogd."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile"))


@account.post("/account/sessies/<id:session_id>/beeindigen")
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT, back="account.show_profile")
def end_session(session_id: int) -> Response:
    found = session_of(me(), session_id)
    if found is None:
        raise NotFound()
    actions.end_session(found, by=me())
    flash(gettext("Dat apparaat is uitgelogd."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile"))


@account.post("/account/agenda-link")
@only(ANYONE_SIGNED_IN)
def make_feed() -> Response:
    """A new calendar address; it is shown on the next page, once."""
    session[NEW_FEED] = token_of(actions.make_feed_link(me()))
    db.session.commit()
    return redirect(url_for("account.show_profile", _anchor="agenda"))


@account.post("/account/agenda-link/intrekken")
@only(ANYONE_SIGNED_IN)
def revoke_feed() -> Response:
    actions.revoke_feed_link(me())
    flash(gettext("De agenda-link werkt niet meer."), "success")
    db.session.commit()
    return redirect(url_for("account.show_profile", _anchor="agenda"))


def _beside_the_form() -> dict[str, object]:
    """Browsers, roles, and the feed link that stands with its address when it was made just now."""
    token = session.pop(NEW_FEED, None) if request.method == "GET" else None
    return {
        "sessions": sessions_of(me()),
        "roles": my_roles(),
        "now": acting(),
        "identities": identities_of(me()),
        "to_tie": providers_to_tie(me()),
        "feed": feed_link(me()),
        "feed_address": whole_url_for("feeds.calendar_feed_plain", token=token) if token else "",
    }
