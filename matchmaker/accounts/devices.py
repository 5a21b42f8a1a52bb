"""A letter when someone signs in from a browser not seen before."""

import hashlib
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import Account, KnownDevice
from matchmaker.audit.queries import did_before
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic

REMEMBERED = timedelta(days=365)


def note_device(account: Account, token: str, *, device: str) -> None:
    """Remember the browser with this token; one that is new to someone who signed in before gets them a letter.

    `device` is what the browser says about itself. Called before the session is opened.
    """
    token_hash = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    mine = (KnownDevice.account_id == account.id, KnownDevice.token_hash == token_hash)
    if db.session.execute(update(KnownDevice).where(*mine).values(last_seen_at=now())).rowcount:
        return
    is_first = not _has_devices(account) and not did_before(account, "sign_in")
    try:
        with db.session.begin_nested():
            db.session.add(KnownDevice(account_id=account.id, token_hash=token_hash))
    except IntegrityError:
        return
    if not is_first:
        queue_letter(
            "new_device",
            topic=Topic.ACCOUNT,
            to=account,
            path="/account",
            device=device[:200],
            at=now().isoformat(),
        )


def forget_devices() -> int:
    """Remove browsers not used for a year; returns how many."""
    return db.session.execute(delete(KnownDevice).where(KnownDevice.last_seen_at < now() - REMEMBERED)).rowcount


def _has_devices(account: Account) -> bool:
    return bool(db.session.scalar(select(exists().where(KnownDevice.account_id == account.id))))
