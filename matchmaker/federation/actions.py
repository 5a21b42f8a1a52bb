"""What an administrator does with the provider of an organisation."""

from sqlalchemy import delete, func, select

from matchmaker.audit.actions import record
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.federation.models import Identity, IdentityProvider, ProviderKind
from matchmaker.federation.queries import provider_of
from matchmaker.federation.visits import SECRET_OF_CLIENT
from matchmaker.organisations.models import Organisation
from matchmaker.outgoing.addresses import read_address
from matchmaker.outgoing.client import is_loopback_allowed
from matchmaker.outgoing.errors import NotSent
from matchmaker.sealing import seal

SHARED_TENANTS = frozenset({"common", "organizations", "consumers"})


def save_provider(
    organisation: Organisation,
    *,
    kind: ProviderKind,
    issuer: str,
    client_id: str,
    client_secret: str,
    trusted_second_step: bool,
    by: Identified,
) -> IdentityProvider:
    """Make or change the provider of an organisation; an empty secret keeps the one there is.

    Another issuer is another provider: it starts switched off, needs its secret typed anew, and nobody stays tied to
    the old one. Raises InvalidValue.
    """
    issuer = check_issuer(issuer.strip(), kind)
    provider = provider_of(organisation)
    is_other = provider is None or provider.issuer != issuer
    if is_other and not client_secret:
        raise InvalidValue("client_secret", "secret_needed")
    if provider is None:
        provider = IdentityProvider(organisation=organisation)
        db.session.add(provider)
    elif is_other or provider.kind is not kind:
        provider.active = False
        db.session.execute(delete(Identity).where(Identity.provider_id == provider.id))
    provider.kind, provider.issuer, provider.client_id = kind, issuer, client_id.strip()
    provider.trusted_second_step = trusted_second_step
    if client_secret:
        provider.client_secret = seal(client_secret.strip(), purpose=SECRET_OF_CLIENT)
    db.session.flush()
    record("save_provider", about=provider, by=by, kind=kind, trusted_second_step=trusted_second_step)
    return provider


def check_issuer(issuer: str, kind: ProviderKind) -> str:
    """The issuer when it is one; raises InvalidValue. Of Entra ID it must name one tenant: else all tenants come in."""
    try:
        target = read_address(issuer, loopback=is_loopback_allowed())
    except NotSent as wrong:
        raise InvalidValue("issuer", "no_issuer") from wrong
    if "?" in issuer or "#" in issuer:
        raise InvalidValue("issuer", "no_issuer")
    if kind is ProviderKind.ENTRA and SHARED_TENANTS & set(target.path.split("/")):
        raise InvalidValue("issuer", "one_tenant")
    return issuer


def switch_provider(provider: IdentityProvider, *, on: bool, by: Identified) -> None:
    """Let people sign in by a provider from now on, or no longer. Raises InvalidMove when it is so already."""
    if provider.active is on:
        raise InvalidMove(state="on" if on else "off", action="switch_provider")
    provider.active = on
    db.session.flush()
    record("switch_on_provider" if on else "switch_off_provider", about=provider, by=by)


def remove_provider(provider: IdentityProvider, *, by: Identified) -> None:
    """Forget a provider and who is tied to it. People keep their account and choose a password when they have none."""
    record("remove_provider", about=provider, by=by)
    db.session.delete(provider)
    db.session.flush()


def number_tied(provider: IdentityProvider) -> int:
    """How many people sign in by a provider."""
    return db.session.scalar(select(func.count(Identity.id)).where(Identity.provider_id == provider.id)) or 0


def note_refusal(provider: IdentityProvider, reason: str) -> None:
    """Put in the log that someone came back from a provider and was not let in, and why."""
    record("refuse_arrival", about=provider, by=None, result="refused", reason=reason)
