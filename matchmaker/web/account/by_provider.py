"""Signing in by the provider of one's organisation: leaving for it, and coming back.

A request to a provider can take seconds, so the database is let go of before it and taken up after it. Coming back is a
GET from elsewhere and changes nothing: its page sends a form of ours that does.
"""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectField
from wtforms.validators import Length

from matchmaker.accounts.mail_address import LONGEST
from matchmaker.accounts.models import Account, OpenedWith
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.federation.actions import note_refusal
from matchmaker.federation.arrivals import read_arrival
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.models import IdentityProvider
from matchmaker.federation.protocol import Return, address_to_sign_in, claims_for
from matchmaker.federation.queries import open_provider, open_provider_for, open_providers
from matchmaker.federation.ties import tie
from matchmaker.federation.visits import Homecoming, begin_visit, new_departure, registration_of, use_visit
from matchmaker.federation.welcoming import known_account, write_to_newcomer
from matchmaker.limits.models import Door
from matchmaker.organisations.administration import domains_of
from matchmaker.outgoing.errors import OutgoingFailed
from matchmaker.web.account import account
from matchmaker.web.account.fields import in_normal_form
from matchmaker.web.account.sign_in import let_in
from matchmaker.web.addresses import own_path, whole_url_for
from matchmaker.web.fields import Form, options, sent_along
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.sign_in_state import me
from matchmaker.web.sign_in_state import sign_out as end_session
from matchmaker.words.errors import sentence_for

BROWSER = "provider_visit"
"""The mark of this browser in its cookie: who leaves here comes back here."""
AWAY, REFUSED = 503, 400
Page = Response | str | tuple[str, int]


class ChooseForm(Form):
    """One of the two is enough; `organisation` holds the row number of an organisation."""

    email = EmailField(_l("E-mailadres van uw werk of school"), [Length(max=LONGEST)], filters=[in_normal_form])
    organisation = SelectField(_l("Of kies uw organisatie"), default="")


@account.route("/inloggen/organisatie", methods=["GET", "POST"])
def choose_provider() -> Page:
    """By the domain of an address or by name. Whether the address has an account is not looked at."""
    form = ChooseForm()
    names = [(str(each.organisation_id), each.organisation.name) for each in open_providers()]
    form.organisation.choices = options([("", _l("Kies")), *names])
    if not form.validate_on_submit():
        return render_template("account/choose_provider.html", form=form)
    if is_too_often(Door.BY_PROVIDER, form):
        return render_template("account/choose_provider.html", form=form), TOO_MANY
    chosen = form.organisation.data
    provider = open_provider(int(chosen)) if chosen else open_provider_for(form.email.data or "")
    if provider is None:
        db.session.commit()
        form.form_errors.append(gettext("Wij kennen bij dit adres geen organisatie die zo inlogt. Kies haar zelf."))
        return render_template("account/choose_provider.html", form=form)
    return leave_for(provider, target=own_path(request.args.get("next"), url_for("account.start")))


def leave_for(provider: IdentityProvider, *, target: str, who: Account | None = None) -> Page:
    """The page that sends someone on. A link, not a redirect: our forms may lead to no other site."""
    name, number, departure = provider.organisation.name, provider.id, new_departure(session.get(BROWSER, ""))
    try:
        registration = registration_of(provider, back=_back(provider.organisation_id))
        db.session.commit()
        address = address_to_sign_in(
            registration, state=departure.state, nonce=departure.nonce, verifier=departure.verifier
        )
    except (OutgoingFailed, ArrivalRefused) as failed:
        return _away(name, failed)
    begin_visit(number, departure, target=target, account=who)
    db.session.commit()
    session[BROWSER] = departure.browser
    return render_template("account/leave_for_provider.html", address=address, name=name)


@account.route("/inloggen/organisatie/<id:organisation_id>/terug", methods=["GET", "POST"])
def come_back(organisation_id: int) -> Page:
    """Back from the provider of this organisation; every organisation has an address of its own to come back to."""
    provider = open_provider(organisation_id)
    if request.method == "POST":
        return _arrive(provider)
    if not request.args.get("code") or not request.args.get("state"):
        return refuse("cancelled" if request.args.get("error") == "access_denied" else "no_code")
    return render_template("account/come_back.html", name=provider.organisation.name)


def _arrive(provider: IdentityProvider) -> Page:
    """Spend the visit first, so that whatever follows cannot be tried twice; then ask the provider who this is."""
    organisation_id, name = provider.organisation_id, provider.organisation.name
    try:
        registration = registration_of(provider, back=_back(organisation_id))
        visit = use_visit(provider, state=sent_along("state"), browser=session.get(BROWSER, ""))
        db.session.commit()
        returned = Return(code=sent_along("code"), issuer=sent_along("iss"))
        claims = claims_for(registration, returned, verifier=visit.verifier, nonce_hash=visit.nonce_hash)
        return _welcome(_unchanged(organisation_id, visit), claims, visit)
    except OutgoingFailed as failed:
        return _away(name, failed)
    except ArrivalRefused as refused:
        note_refusal(open_provider(organisation_id), refused.reason)
        db.session.commit()
        return refuse(refused.reason)


def _welcome(provider: IdentityProvider, claims: dict[str, object], visit: Homecoming) -> Response:
    arrival = read_arrival(provider, claims, domains=domains_of(provider.organisation))
    if visit.account_id is not None:
        if not current_user.is_authenticated or me().id != visit.account_id:
            raise ArrivalRefused("unknown_visit")
        return _tie(provider, arrival.subject)
    person = known_account(provider, arrival)
    if person is not None:
        end_session()
        proved = OpenedWith.PROVIDER_SECOND_STEP if arrival.second_step else OpenedWith.PROVIDER
        return let_in(person, own_path(visit.target, url_for("account.start")), proved)
    write_to_newcomer(provider, arrival, browser=session[BROWSER], language=str(get_locale()))
    db.session.commit()
    return redirect(url_for("account.newcomer_written"))


def _tie(provider: IdentityProvider, subject: str) -> Response:
    """The signed-in person asked for it: no letter has to come in between."""
    try:
        tie(me(), provider, subject, by=me())
        flash(gettext("U logt voortaan in met %(name)s.", name=provider.organisation.name), "success")
        db.session.commit()
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
    return redirect(url_for("account.show_profile", _anchor="organisatie-login"))


@account.get("/inloggen/organisatie/mail")
def newcomer_written() -> str:
    return render_template("account/newcomer_written.html")


def _back(organisation_id: int) -> str:
    return whole_url_for("account.come_back", organisation_id=organisation_id)


def _unchanged(organisation_id: int, visit: Homecoming) -> IdentityProvider:
    """The provider as it is now: it may have been switched off or replaced while someone was there."""
    provider = open_provider(organisation_id)
    if provider.id != visit.provider_id:
        raise NotFound()
    return provider


def _away(name: str, failed: OutgoingFailed | ArrivalRefused) -> tuple[str, int]:
    """The provider does not answer, or not as it should: say so, and that the password still works."""
    current_app.logger.warning("no answer from a login provider: %s", failed.reason)
    return render_template("account/provider_away.html", name=name), AWAY


def refuse(reason: str) -> tuple[str, int]:
    """Someone is not let in; the page says what they can do, never what was wrong with a token."""
    return render_template("account/provider_refused.html", reason=reason), REFUSED
