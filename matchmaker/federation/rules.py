"""Whom a provider may let in, and what its word is worth."""

from collections.abc import Sequence

from matchmaker.accounts.models import Account
from matchmaker.federation.models import IdentityProvider, ProviderKind
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.organisations.rules import ADMINISTRATORS

SECOND_STEP_METHODS = frozenset({"mfa", "hwk", "otp", "fido"})
SECOND_STEP_CLASSES = frozenset(
    {
        "https://refeds.org/profile/mfa",
        "http://surfconext.nl/assurance/loa2",
        "http://surfconext.nl/assurance/loa3",
        "http://schemas.microsoft.com/claims/multipleauthn",
    }
)


def lets_in(provider: IdentityProvider, account: Account, memberships: Sequence[Membership]) -> bool:
    """Whether a provider may open this account: the person is in its organisation now, and administers no other.

    Who runs a provider can let it say what it likes. So it opens nothing of people who left, and no account that
    administers the platform or another organisation.
    """
    return account.is_active and belongs(provider, memberships) and not administers_elsewhere(provider, memberships)


def belongs(provider: IdentityProvider, memberships: Sequence[Membership]) -> bool:
    """Whether one of these roles is in the organisation of the provider, or asked for there."""
    return any(
        each.organisation_id == provider.organisation_id
        and each.status in (MembershipStatus.ACTIVE, MembershipStatus.ASKED)
        for each in memberships
    )


def administers_elsewhere(provider: IdentityProvider, memberships: Sequence[Membership]) -> bool:
    """Whether one of these roles administers something that is not the provider's organisation."""
    return any(
        each.is_active and each.role in ADMINISTRATORS and each.organisation_id != provider.organisation_id
        for each in memberships
    )


def proves_second_step(provider: IdentityProvider, claims: dict[str, object]) -> bool:
    """Whether the provider says a second step was taken, and is trusted to say so."""
    methods = claims.get("amr")
    said = set(methods) if isinstance(methods, list) and all(isinstance(each, str) for each in methods) else set()
    return provider.trusted_second_step and (
        bool(said & SECOND_STEP_METHODS) or str(claims.get("acr", "")) in SECOND_STEP_CLASSES
    )


def vouches_for_addresses(kind: ProviderKind) -> bool:
    """Whether addresses of these providers come from the organisation's own register and not from the person."""
    return kind in (ProviderKind.SURFCONEXT, ProviderKind.ENTRA)
