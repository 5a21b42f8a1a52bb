"""The login of an organisation: where its provider is, whether it answers, on and off."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.federation import actions
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.metadata import read_description
from matchmaker.federation.models import IdentityProvider, ProviderKind
from matchmaker.federation.queries import provider_of
from matchmaker.organisations.administration import organisation_for
from matchmaker.organisations.models import Organisation
from matchmaker.outgoing.errors import OutgoingFailed
from matchmaker.web.addresses import whole_url_for
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import EditForm, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.providers import PROVIDER_KINDS, why_not


class ProviderForm(EditForm):
    kind = RadioField(_l("Soort"), choices=options((each.value, PROVIDER_KINDS[each]) for each in ProviderKind))
    issuer = StringField(_l("Issuer"), [DataRequired(_l("Vul de issuer in.")), at_most(300)])
    client_id = StringField(_l("Client-id"), [DataRequired(_l("Vul de client-id in.")), at_most(200)])
    client_secret = PasswordField(_l("Client-geheim"), [at_most(400)])
    trusted_second_step = BooleanField(_l("De tweede stap van deze login telt ook hier"))


@admin.route("/organisaties/<id:organisation_id>/inloggen", methods=["GET", "POST"])
def edit_provider(organisation_id: int) -> Response | str:
    organisation = organisation_for(giver(), organisation_id)
    provider = provider_of(organisation)
    form = ProviderForm(obj=provider, kind=provider.kind if provider else ProviderKind.SURFCONEXT)
    current = provider is None or form.is_current(provider)
    if not (form.validate_on_submit() and current):
        return _page(form, organisation, provider)
    try:
        _save(form, organisation)
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _page(form, organisation, provider)
    flash(gettext("Bewaard. Zet de login aan als u haar hebt geprobeerd."), "success")
    db.session.commit()
    return _to_page(organisation)


def _save(form: ProviderForm, organisation: Organisation) -> None:
    actions.save_provider(
        organisation,
        kind=ProviderKind(form.kind.data),
        issuer=form.issuer.data,
        client_id=form.client_id.data,
        client_secret=form.client_secret.data or "",
        trusted_second_step=form.trusted_second_step.data,
        by=me(),
    )


def _page(form: ProviderForm, organisation: Organisation, provider: IdentityProvider | None) -> str:
    return render_template(
        "admin/organisation/provider.html",
        form=form,
        organisation=organisation,
        provider=provider,
        tied=actions.number_tied(provider) if provider else 0,
        back=whole_url_for("account.come_back", organisation_id=organisation.id),
    )


@admin.post("/organisaties/<id:organisation_id>/inloggen/proberen")
def try_provider(organisation_id: int) -> Response:
    """Read what the provider says of itself, and change nothing."""
    provider = _provider(organisation_id)
    if _answers(provider):
        flash(gettext("De login antwoordt en de gegevens kloppen."), "success")
    return _to_page(provider.organisation)


@admin.post("/organisaties/<id:organisation_id>/inloggen/aan")
def switch_on_provider(organisation_id: int) -> Response:
    """Only a provider that answers now can be switched on."""
    provider = _provider(organisation_id)
    if _answers(provider):
        actions.switch_provider(provider, on=True, by=me())
        flash(gettext("Mensen van %(name)s kunnen nu zo inloggen.", name=provider.organisation.name), "success")
        db.session.commit()
    return _to_page(provider.organisation)


@admin.post("/organisaties/<id:organisation_id>/inloggen/uit")
def switch_off_provider(organisation_id: int) -> Response:
    provider = _provider(organisation_id)
    actions.switch_provider(provider, on=False, by=me())
    flash(gettext("Niemand kan nu nog zo inloggen. Een wachtwoord werkt wel."), "success")
    db.session.commit()
    return _to_page(provider.organisation)


@admin.post("/organisaties/<id:organisation_id>/inloggen/weghalen")
def remove_provider(organisation_id: int) -> Response:
    provider = _provider(organisation_id)
    organisation = provider.organisation
    actions.remove_provider(provider, by=me())
    flash(gettext("De login is weg. Wie zo inlogde, kiest een wachtwoord."), "success")
    db.session.commit()
    return _to_page(organisation)


def _provider(organisation_id: int) -> IdentityProvider:
    """The provider of an organisation within reach; raises NotFound."""
    provider = provider_of(organisation_for(giver(), organisation_id))
    if provider is None:
        raise NotFound()
    return provider


def _answers(provider: IdentityProvider) -> bool:
    """Ask the provider, with the database let go of meanwhile; when it does not do, say why."""
    issuer = provider.issuer
    db.session.commit()
    try:
        read_description(issuer)
    except (OutgoingFailed, ArrivalRefused) as failed:
        flash(why_not(failed.reason), "error")
        return False
    return True


def _to_page(organisation: Organisation) -> Response:
    return redirect(url_for("admin.edit_provider", organisation_id=organisation.id))
