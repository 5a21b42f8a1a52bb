"""Signing in and out: sessions live here, the browser holds only a token."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account, SignInAttempt, SignInSession
from matchmaker.accounts.passwords import hash_password, verify_password
from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import DomainError

FAILURES = 10
FAILURE_WINDOW = timedelta(minutes=5)


class SignInRefused(DomainError):
    """Unknown person or wrong password: the answer is the same for both."""

    code = "sign_in_refused"


class TooManyAttempts(DomainError):
    """Ten failures in five minutes for this account from this address."""

    code = "too_many_attempts"


def check_sign_in(email: str, password: str, *, address: str) -> Account:
    """The account when e-mail and password are right; raises SignInRefused or TooManyAttempts.

    A failure is kept even though the sign-in is refused, so the caller commits in both cases.
    """
    keys = {"account_key": _digest("account", email.strip().lower()), "address_key": _digest("address", address)}
    if _recent_failures(**keys) >= FAILURES:
        raise TooManyAttempts()
    account = account_by_email(email)
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right or not account.is_active:
        db.session.add(SignInAttempt(**keys))
        raise SignInRefused()
    return account


def open_session(account: Account, *, hours: int, device: str, membership_id: int | None) -> str:
    """Start a session and return its token, known only to the browser."""
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        account_id=account.id,
        membership_id=membership_id,
        token_hash=_token_hash(token),
        device=device[:200],
        expires_at=now() + timedelta(hours=hours),
    )
    db.session.add(session)
    db.session.flush()
    record("sign_in", about=session, by=account)
    return token


def find_session(token: str) -> SignInSession | None:
    """The running session of this token, with its person; None when it ended or the person may not sign in."""
    session = db.session.scalar(_running(), {"token_hash": _token_hash(token), "moment": now()})
    return session if session and session.account.is_active else None


@cache
def _running() -> Select[tuple[SignInSession]]:
    """Every page asks it, so it is put together once."""
    return (
        select(SignInSession)
        .where(SignInSession.token_hash == bindparam("token_hash"), SignInSession.expires_at > bindparam("moment"))
        .options(joinedload(SignInSession.account))
    )


def close_session(token: str, *, by: Account) -> None:
    """End one session at once."""
    session = find_session(token)
    if session:
        record("sign_out", about=session, by=by)
        db.session.delete(session)


def close_all_sessions(account: Account) -> None:
    """End every session of someone: after a new password, a changed role or a departure."""
    db.session.execute(delete(SignInSession).where(SignInSession.account_id == account.id))


def set_password(account: Account, password: str, *, by: Account) -> None:
    """Give someone a new password and end their sessions everywhere."""
    account.password_hash = hash_password(password)
    close_all_sessions(account)
    db.session.flush()
    record("set_password", about=account, by=by)


def forget_old_attempts() -> int:
    """Remove failures older than a day; returns how many."""
    old = delete(SignInAttempt).where(SignInAttempt.at < now() - timedelta(days=1))
    return db.session.execute(old).rowcount


def _recent_failures(*, account_key: str, address_key: str) -> int:
    counted = select(func.count(SignInAttempt.id)).where(
        SignInAttempt.account_key == account_key,
        SignInAttempt.address_key == address_key,
        SignInAttempt.at > now() - FAILURE_WINDOW,
    )
    return db.session.scalar(counted) or 0


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(kind: str, value: str) -> str:
    return hmac.new(_key, f"{kind}:{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


_key = b""


def use_attempt_key(secret: str) -> None:
    """Set the key failures are digested with; called once when the application is made."""
    global _key
    _key = hashlib.sha256(b"attempts:" + secret.encode()).digest()
