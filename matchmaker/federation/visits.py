"""Sending someone to a provider, and letting them come back: once, soon, in the same browser."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.models import IdentityProvider, ProviderVisit
from matchmaker.federation.protocol import Registration, digest
from matchmaker.sealing import SealBroken, seal, unseal

LASTS = timedelta(minutes=10)
KEPT = timedelta(days=1)
LONGEST_TARGET = 500
SECRET_OF_CLIENT = "identity provider"  # noqa: S105  # nosec B105  # names a purpose
_VERIFIER = "provider visit"


@dataclass(frozen=True, slots=True)
class Departure:
    """What goes along with someone who is sent to a provider. `browser` stays in the browser, the rest goes out."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Homecoming:
    """A visit that was used just now: values only, to go on with after the database was let go of."""

    provider_id: int
    account_id: int | None
    target: str
    verifier: str = field(repr=False)
    nonce_hash: str = field(repr=False)


def new_departure(browser: str = "") -> Departure:
    """Fresh secrets of 256 bits each; the mark of a browser that has one stays the same."""
    return Departure(*(secrets.token_urlsafe(32) for _ in range(3)), browser or secrets.token_urlsafe(32))


def registration_of(provider: IdentityProvider, *, back: str) -> Registration:
    """How a provider knows us, as values. Raises ArrivalRefused when its secret was sealed with another key."""
    try:
        secret = unseal(provider.client_secret, purpose=SECRET_OF_CLIENT)
    except SealBroken as wrong:
        raise ArrivalRefused("secret_lost") from wrong
    return Registration(
        issuer=provider.issuer, kind=provider.kind, client_id=provider.client_id, client_secret=secret, back=back
    )


def begin_visit(provider_id: int, departure: Departure, *, target: str, account: Account | None) -> ProviderVisit:
    """Note that someone left for a provider; they have ten minutes. `account` is who ties, None is signing in."""
    visit = ProviderVisit(
        provider_id=provider_id,
        account_id=account.id if account else None,
        state_hash=digest(departure.state),
        nonce_hash=digest(departure.nonce),
        browser_hash=digest(departure.browser),
        verifier=seal(departure.verifier, purpose=_VERIFIER),
        target=target if len(target) <= LONGEST_TARGET else "",
    )
    db.session.add(visit)
    db.session.flush()
    return visit


def use_visit(provider: IdentityProvider, *, state: str, browser: str) -> Homecoming:
    """Spend a visit; raises ArrivalRefused: unknown, of another browser or provider, too old, or used before."""
    visit = db.session.scalar(
        select(ProviderVisit)
        .where(ProviderVisit.state_hash == digest(state))
        .options(joinedload(ProviderVisit.provider))
    )
    if visit is None or not browser or visit.browser_hash != digest(browser) or visit.provider_id != provider.id:
        raise ArrivalRefused("unknown_visit")
    first = db.session.execute(
        update(ProviderVisit).where(ProviderVisit.id == visit.id, ProviderVisit.used_at.is_(None)).values(used_at=now())
    )
    if first.rowcount != 1 or visit.created_at < now() - LASTS:
        raise ArrivalRefused("unknown_visit")
    try:
        verifier = unseal(visit.verifier, purpose=_VERIFIER)
    except SealBroken as wrong:
        raise ArrivalRefused("unknown_visit") from wrong
    return Homecoming(
        provider_id=visit.provider_id,
        account_id=visit.account_id,
        target=visit.target,
        verifier=verifier,
        nonce_hash=visit.nonce_hash,
    )


def forget_old_visits() -> int:
    """Remove visits older than a day; returns how many."""
    return db.session.execute(delete(ProviderVisit).where(ProviderVisit.created_at < now() - KEPT)).rowcount
