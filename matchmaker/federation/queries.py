"""Questions about providers and who is known there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.federation.models import Identity, IdentityProvider
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import organisations_with_domain


def provider_of(organisation: Organisation) -> IdentityProvider | None:
    """The provider of an organisation, on or off."""
    return db.session.scalar(select(IdentityProvider).where(IdentityProvider.organisation_id == organisation.id))


def open_provider(organisation_id: int) -> IdentityProvider:
    """The provider people of this organisation may sign in by now; raises NotFound."""
    found = db.session.scalar(
        select(IdentityProvider)
        .join(IdentityProvider.organisation)
        .where(IdentityProvider.organisation_id == organisation_id, IdentityProvider.active, Organisation.active)
        .options(joinedload(IdentityProvider.organisation))
    )
    if found is None:
        raise NotFound()
    return found


def open_providers() -> Sequence[IdentityProvider]:
    """Every provider that is on, by the name of its organisation."""
    return db.session.scalars(
        select(IdentityProvider)
        .join(IdentityProvider.organisation)
        .where(IdentityProvider.active, Organisation.active)
        .order_by(Organisation.name, IdentityProvider.id)
        .options(joinedload(IdentityProvider.organisation))
    ).all()


def has_open_providers() -> bool:
    """Whether anybody can sign in by an organisation."""
    return bool(db.session.scalar(select(IdentityProvider.id).where(IdentityProvider.active).limit(1)))


def open_provider_for(email: str) -> IdentityProvider | None:
    """The provider for the domain of an address; None when there is none or more than one. No account is looked at."""
    wanted = {each.id for each in organisations_with_domain(email.rpartition("@")[2].strip())}
    found = [each for each in open_providers() if each.organisation_id in wanted]
    return found[0] if len(found) == 1 else None


def identity_at(provider: IdentityProvider, subject: str) -> Identity | None:
    """Whose account this is, by issuer and subject."""
    return db.session.scalar(
        select(Identity)
        .where(Identity.provider_id == provider.id, Identity.issuer == provider.issuer, Identity.subject == subject)
        .options(joinedload(Identity.account))
    )


def identity_of(account: Account, provider: IdentityProvider) -> Identity | None:
    """Who this person is at a provider."""
    return db.session.scalar(
        select(Identity).where(Identity.account_id == account.id, Identity.provider_id == provider.id)
    )


def identities_of(account: Account) -> Sequence[Identity]:
    """Everywhere this person signs in, oldest first."""
    return db.session.scalars(
        select(Identity)
        .where(Identity.account_id == account.id)
        .order_by(Identity.id)
        .options(joinedload(Identity.provider).joinedload(IdentityProvider.organisation))
    ).all()


def own_identity(account: Account, identity_id: int) -> Identity:
    """One of someone's own; raises NotFound."""
    found = next((each for each in identities_of(account) if each.id == identity_id), None)
    if found is None:
        raise NotFound()
    return found


def providers_to_tie(account: Account) -> Sequence[IdentityProvider]:
    """Providers of the organisations someone is in that are on and not tied yet."""
    here = {each.organisation_id for each in account.memberships if each.is_active}
    tied = {each.provider_id for each in identities_of(account)}
    return [each for each in open_providers() if each.organisation_id in here and each.id not in tied]
