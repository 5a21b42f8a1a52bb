"""Slowing down guessing: failures are counted in the database, so that it holds over all processes."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from matchmaker.accounts.models import Account, SignInAttempt
from matchmaker.clock import now
from matchmaker.database import db, take_turn
from matchmaker.errors import DomainError
from matchmaker.keys import digest

FAILURES = 10
FAILURE_WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)


class TooManyAttempts(DomainError):
    """Ten failures in five minutes for this account from this address."""

    code = "too_many_attempts"


def check_attempts(what: str, *, address: str) -> None:
    """Raises TooManyAttempts when `what` was tried in vain too often from this address.

    Who tries the same from there at the same moment waits until the caller has committed, so that none goes uncounted.
    """
    take_turn(_digest("turn", f"{what} {address}"))
    counted = select(func.count(SignInAttempt.id)).where(
        SignInAttempt.account_key == _digest("account", what),
        SignInAttempt.address_key == _digest("address", address),
        SignInAttempt.at > now() - FAILURE_WINDOW,
    )
    if (db.session.scalar(counted) or 0) >= FAILURES:
        raise TooManyAttempts()


def note_failure(what: str, *, address: str) -> None:
    """Keep one failure; the caller commits, also when it refuses."""
    db.session.add(SignInAttempt(account_key=_digest("account", what), address_key=_digest("address", address)))
    db.session.flush()


def forget_attempts_of(account: Account) -> None:
    """Remove the failures that were counted for someone's address."""
    key = _digest("account", account.email)
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.account_key == key))


def forget_old_attempts() -> int:
    """Remove failures older than a day; returns how many."""
    return db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - KEPT)).rowcount


def _digest(kind: str, value: str) -> str:
    return digest("attempts", f"{kind}:{value}".encode("utf-8", "surrogatepass")).hex()
