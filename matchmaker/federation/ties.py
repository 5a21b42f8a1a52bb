"""Tying who someone is at a provider to an account, and untying it. Never on the word of an address alone."""

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidValue
from matchmaker.federation.models import Identity, IdentityProvider
from matchmaker.federation.queries import identity_at, identity_of
from matchmaker.federation.rules import lets_in
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic


def tie(account: Account, provider: IdentityProvider, subject: str, *, by: Identified) -> Identity:
    """From now on this person signs in by the provider; a letter tells so. Raises InvalidValue.

    Refused when someone has this identity, when the account has another one there (a changed subject may be another
    person with an old address), and when the provider may not open the account.
    """
    if identity_at(provider, subject):
        raise InvalidValue("identity", "identity_taken")
    if identity_of(account, provider):
        raise InvalidValue("identity", "tied_already")
    if not lets_in(provider, account, account.memberships):
        raise InvalidValue("identity", "provider_not_yours")
    identity = Identity(account=account, provider=provider, issuer=provider.issuer, subject=subject)
    db.session.add(identity)
    db.session.flush()
    record("tie_identity", about=identity, by=by, organisation=provider.organisation)
    queue_letter(
        "identity_tied", topic=Topic.ACCOUNT, to=account, path="/account", organisation=provider.organisation.name
    )
    return identity


def untie(identity: Identity, *, by: Identified) -> None:
    """This person no longer signs in by the provider; a letter tells so. Their password, if any, stays."""
    record("untie_identity", about=identity, by=by, organisation=identity.provider.organisation)
    queue_letter(
        "identity_untied",
        topic=Topic.ACCOUNT,
        to=identity.account,
        path="/account",
        organisation=identity.provider.organisation.name,
    )
    db.session.delete(identity)
    db.session.flush()
