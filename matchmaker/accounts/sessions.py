"""Signing in and out: sessions live here, the browser holds only a token."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from matchmaker.accounts.attempts import check_attempts, note_failure
from matchmaker.accounts.idleness import unused_since
from matchmaker.accounts.models import Account, OpenedWith, SignInSession
from matchmaker.accounts.passwords import hash_password, verify_password
from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import DomainError

HALF_OPEN = timedelta(minutes=10)
"""How long someone has to give a code after the password."""
PROOF_LASTS = timedelta(minutes=10)
"""How long a sign-in, or the password given again, is proof enough for what decides who gets in."""


class SignInRefused(DomainError):
    """Unknown person or wrong password: the answer is the same for both."""

    code = "sign_in_refused"


def check_sign_in(email: str, password: str, *, address: str) -> Account:
    """The account when e-mail and password are right; raises SignInRefused or TooManyAttempts.

    A failure is kept even though the sign-in is refused, so the caller commits in both cases.
    """
    who = email.strip().lower()
    check_attempts(who, address=address)
    account = account_by_email(email)
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right or not account.is_active:
        note_failure(who, address=address)
        raise SignInRefused()
    return account


def open_session(
    account: Account,
    *,
    hours: int,
    device: str,
    membership_id: int | None,
    opened_with: OpenedWith = OpenedWith.PASSWORD,
) -> str:
    """Start a session and return its token, known only to the browser."""
    session, token = _new_session(account, timedelta(hours=hours), device=device, membership_id=membership_id)
    session.opened_with = opened_with
    db.session.flush()
    db.session.execute(
        update(Account)
        .where(Account.id == account.id)
        .values(last_seen_on=today())
        .execution_options(synchronize_session=False)
    )
    record("sign_in", about=session, by=account, opened_with=opened_with)
    return token


def open_half_session(account: Account, *, device: str) -> str:
    """Remember for ten minutes that the password was right, and return the token of that. It opens no page."""
    session, token = _new_session(account, HALF_OPEN, device=device, membership_id=None)
    session.waits_for_code = True
    db.session.flush()
    return token


def _new_session(
    account: Account, lasts: timedelta, *, device: str, membership_id: int | None
) -> tuple[SignInSession, str]:
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        account_id=account.id,
        membership_id=membership_id,
        token_hash=_token_hash(token),
        device=device[:200],
        expires_at=now() + lasts,
    )
    db.session.add(session)
    return session, token


def find_session(token: str) -> SignInSession | None:
    """The running session of this token, with its person; None when it ended or the person may not sign in."""
    session = _found(token)
    return session if session and not session.waits_for_code else None


def find_half_session(token: str) -> SignInSession | None:
    """The session of this token that still waits for a code, with its person."""
    session = _found(token)
    return session if session and session.waits_for_code else None


def _found(token: str) -> SignInSession | None:
    asked = {"token_hash": _token_hash(token), "moment": now(), "unused": unused_since()}
    session = db.session.scalar(_running(), asked)
    return session if session and session.account.is_active else None


@cache
def _running() -> Select[tuple[SignInSession]]:
    """Every page asks it, so it is put together once."""
    return (
        select(SignInSession)
        .where(
            SignInSession.token_hash == bindparam("token_hash"),
            SignInSession.expires_at > bindparam("moment"),
            SignInSession.last_used_at > bindparam("unused"),
        )
        .options(joinedload(SignInSession.account))
    )


def is_proved(session: SignInSession) -> bool:
    """Whether someone showed a moment ago who they are."""
    return session.proved_at > now() - PROOF_LASTS


def prove(session: SignInSession) -> None:
    """The password was given again."""
    session.proved_at = now()
    db.session.flush()


def close_session(token: str, *, by: Account) -> None:
    """End one session at once."""
    session = find_session(token)
    if session:
        record("sign_out", about=session, by=by)
        db.session.delete(session)


def drop_half_session(token: str) -> None:
    """Forget that the password was right."""
    session = find_half_session(token)
    if session:
        db.session.delete(session)


def close_all_sessions(account: Account) -> None:
    """End every session of someone: after a new password, a changed role or a departure."""
    db.session.execute(delete(SignInSession).where(SignInSession.account_id == account.id))


def close_other_sessions(account: Account, *, but: SignInSession) -> None:
    """End every session of someone but the one they work in now."""
    db.session.execute(delete(SignInSession).where(SignInSession.account_id == account.id, SignInSession.id != but.id))


def set_password(account: Account, password: str, *, by: Account) -> None:
    """Give someone a new password and end their sessions everywhere."""
    account.password_hash = hash_password(password)
    close_all_sessions(account)
    db.session.flush()
    record("set_password", about=account, by=by)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
