"""Programs that read for someone: their tokens."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Membership
from matchmaker.sealing import SealBroken, seal, unseal
from matchmaker.tokens import actions
from matchmaker.tokens.models import Scope
from matchmaker.tokens.queries import token_of_mine, tokens_of
from matchmaker.tokens.rules import scopes_for
from matchmaker.web.account import account
from matchmaker.web.account.proving import Proof, asks
from matchmaker.web.addresses import whole_url_for
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.tokens import SCOPES

NEW_TOKEN = "new_token"  # noqa: S105  # nosec B105  # names a place in the session
_SHOWN_ONCE = "token shown once"


class TokenForm(Form):
    name = StringField(_l("Naam van het programma"), [DataRequired(_l("Geef het programma een naam.")), at_most(60)])
    scope = RadioField(_l("Wat mag het lezen?"), [InputRequired(_l("Kies wat het programma mag lezen."))])

    def fit(self, membership: Membership) -> None:
        """Keep what this role may let a program read."""
        self.scope.choices = options((each.value, SCOPES[each]) for each in scopes_for(membership.role))


@account.get("/account/programmas")
@only(ANYONE_SIGNED_IN)
def show_tokens() -> str:
    """What programs may read; right after making one also the token itself, once."""
    membership = acting()
    return render_template(
        "account/tokens.html",
        tokens=tokens_of(me()),
        may_make=membership is not None and bool(scopes_for(membership.role)),
        new=_made_now(),
        addresses={
            Scope.LISTINGS: whole_url_for("feeds.listings_for_program", form="csv"),
            Scope.CALENDAR: whole_url_for("feeds.calendar_for_program"),
        },
    )


def _made_now() -> str:
    try:
        return unseal(str(session.pop(NEW_TOKEN, "")), purpose=_SHOWN_ONCE)
    except SealBroken:
        return ""


@account.route("/account/programmas/nieuw", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.RECENT, back="account.show_tokens")
def create_token() -> Response | str:
    """A token for the role someone acts in now."""
    membership = acting()
    if membership is None or not scopes_for(membership.role):
        raise NotFound()
    form = TokenForm()
    form.fit(membership)
    if not form.validate_on_submit():
        return render_template("account/create_token.html", form=form, membership=membership)
    try:
        token = actions.make_token(membership, name=form.name.data, scope=Scope(form.scope.data))
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("account/create_token.html", form=form, membership=membership)
    session[NEW_TOKEN] = seal(token, purpose=_SHOWN_ONCE)
    db.session.commit()
    return redirect(url_for("account.show_tokens"))


@account.post("/account/programmas/<id:token_id>/intrekken")
@only(ANYONE_SIGNED_IN)
def revoke_token(token_id: int) -> Response:
    token = token_of_mine(me(), token_id)
    if token is None:
        raise NotFound()
    actions.revoke_token(token)
    flash(gettext("Dit programma kan niets meer lezen."), "success")
    db.session.commit()
    return redirect(url_for("account.show_tokens"))
