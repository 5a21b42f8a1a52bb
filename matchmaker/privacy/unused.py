"""Accounts nobody uses: a letter a month ahead, and then they are erased. One that was closed goes after a year."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.clock import local
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.holds.queries import held_people
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.privacy.erasing import ask_erasure, being_erased
from matchmaker.privacy.models import UnusedWarning

UNUSED = timedelta(days=730)
AHEAD = timedelta(days=30)
CLOSED_FOR = timedelta(days=365)
"""So long a closed account can be opened again. Nobody signs in with it, so no letter goes ahead."""
MOST_AT_ONCE = 100


def warn_unused(moment: datetime) -> int:
    """Tell who did not sign in for almost two years that the account goes in a month; returns how many."""
    day = local(moment).date()
    warned = select(UnusedWarning.account_id)
    found = _not_seen_since(moment - UNUSED + AHEAD, Account.id.not_in(warned))
    for account in found:
        db.session.add(UnusedWarning(account=account, goes_on=day + AHEAD))
        queue_letter(
            "account_unused", topic=Topic.ACCOUNT, to=account, path="/inloggen", goes_on=(day + AHEAD).isoformat()
        )
    db.session.flush()
    return len(found)


def erase_unused(moment: datetime) -> int:
    """Have erased who was told a month ago and still did not come; returns how many.

    Who came is no longer warned; who holds work stays.
    """
    day = local(moment).date()
    due = select(UnusedWarning).where(UnusedWarning.goes_on <= day).order_by(UnusedWarning.account_id)
    gone: list[Account] = []
    for warning in db.session.scalars(due).all():
        account = warning.account
        if account.last_seen_on is not None and account.last_seen_on > day - UNUSED:
            db.session.delete(warning)
        else:
            gone.append(account)
    db.session.flush()
    return _have_erased(gone)


def erase_closed(moment: datetime) -> int:
    """Have erased who was closed a year ago; returns how many. Who is held, or holds work that was never handed over,
    stays."""
    closed = select(Account).where(
        Account.status == AccountStatus.DISABLED,
        Account.closed_at < moment - CLOSED_FOR,
        Account.id.not_in(held_people()),
    )
    return _have_erased(db.session.scalars(closed.order_by(Account.closed_at, Account.id)).all())


def _have_erased(accounts: Iterable[Account]) -> int:
    """One job for each of the first that can go, so that one of whom it fails holds up nobody else."""
    number, asked = 0, being_erased()
    for account in accounts:
        if number < MOST_AT_ONCE and account.id not in asked:
            with suppress(InvalidMove):
                ask_erasure(account, by=None)
                number += 1
    return number


def _not_seen_since(moment: datetime, *conditions: ColumnElement[bool]) -> Sequence[Account]:
    never = Account.last_seen_on.is_(None) & (Account.created_at < moment)
    return db.session.scalars(
        select(Account)
        .where(
            or_(Account.last_seen_on < local(moment).date(), never),
            Account.status != AccountStatus.DISABLED,
            Account.id.not_in(held_people()),
            *conditions,
        )
        .order_by(Account.id)
        .limit(MOST_AT_ONCE)
    ).all()
