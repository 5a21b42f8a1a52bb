"""Making, reading and ending tokens."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload

from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db, take_turn, write_apart
from matchmaker.errors import DomainError, InvalidValue
from matchmaker.organisations.models import Membership
from matchmaker.tokens.models import AccessToken, Scope
from matchmaker.tokens.queries import standing
from matchmaker.tokens.rules import can_hold

LASTS = timedelta(days=365)
MOST = 20
NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use is kept: one writing in so long, however often a program asks."""
START = "mm_"
"""So that a scanner of leaked secrets knows one when it sees it."""


class TokenRefused(DomainError):
    """No token of ours that works now; why is told to nobody."""

    code = "token_refused"


class ScopeRefused(DomainError):
    """A token that works, for something else."""

    code = "scope_refused"


def make_token(membership: Membership, *, name: str, scope: Scope) -> str:
    """A token of 256 bits for a year, which can be read now and never again. Raises InvalidValue (scope, name)."""
    if not can_hold(membership.role, scope):
        raise InvalidValue("scope", "unknown_code")
    take_turn(f"tokens of {membership.account_id}")
    if (db.session.scalar(select(func.count()).select_from(standing(membership.account).subquery())) or 0) >= MOST:
        raise InvalidValue("name", "too_many_tokens", n=MOST)
    token = START + secrets.token_urlsafe(32)
    made = AccessToken(
        account_id=membership.account_id,
        membership_id=membership.id,
        name=name,
        scope=scope,
        token_hash=_hash(token),
        expires_at=now() + LASTS,
    )
    db.session.add(made)
    db.session.flush()
    record("token.made", about=made, by=membership.account, scope=scope)
    return token


def revoke_token(token: AccessToken) -> None:
    """It opens nothing any more, from the next request on."""
    token.revoked_at = now()
    db.session.flush()
    record("token.revoked", about=token, by=token.account)


def find_token(text: str, scope: Scope) -> AccessToken:
    """The token that may read this now, with its person and role; raises TokenRefused or ScopeRefused.

    An ended role, a closed account and another role that has no right to it count at once.
    """
    found = db.session.scalar(
        select(AccessToken)
        .where(AccessToken.token_hash == _hash(text))
        .options(
            joinedload(AccessToken.account), joinedload(AccessToken.membership).joinedload(Membership.organisation)
        )
    )
    if found is None or found.revoked_at or found.expires_at < now():
        raise TokenRefused()
    if not found.account.is_active or not found.membership.is_active:
        raise TokenRefused()
    if found.scope is not scope or not can_hold(found.membership.role, scope):
        raise ScopeRefused()
    return found


def note_use(token_id: int) -> bool:
    """Keep that it was used just now; False when that could not be written."""
    unused = or_(AccessToken.last_used_at.is_(None), AccessToken.last_used_at < now() - NOTED_EVERY)
    return write_apart(update(AccessToken).where(AccessToken.id == token_id, unused).values(last_used_at=now()))


def is_use_noted(token: AccessToken) -> bool:
    """Whether a use of a moment ago is kept already."""
    return token.last_used_at is not None and token.last_used_at >= now() - NOTED_EVERY


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
