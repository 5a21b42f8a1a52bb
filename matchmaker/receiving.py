"""Mail that comes in finds its way to the noun it is about. Fetched by the worker, or handed over by a mail server."""

import imaplib
import logging
from collections.abc import Callable
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.matches.answers_by_mail import take_for_match
from matchmaker.placements.conversation import take_for_placement, take_for_signal
from matchmaker.replies.actions import MOST_BYTES, arrive, handle
from matchmaker.replies.answers import Answer
from matchmaker.replies.imap import Mailbox, unseen
from matchmaker.replies.queries import waiting

logger = logging.getLogger(__name__)
AT_ONCE = 20

TAKERS: dict[str, Callable[[Answer], None]] = {
    "match": take_for_match,
    "placement": take_for_placement,
    "signal": take_for_signal,
}
"""Who takes an answer to a letter, by the noun the letter named under `answers`."""


def take(answer: Answer) -> None:
    """Hand an answer to its noun. Raises what the noun refuses."""
    taker = TAKERS.get(answer.noun)
    if taker is None:
        raise NotFound(answer.noun)
    taker(answer)


def receive(raw: bytes, *, size: int | None = None) -> None:
    """One mail, from beginning to end. It is kept before anything is done with it."""
    found = arrive(raw, size=size)
    db.session.commit()
    handle(found, take=take)
    db.session.commit()


def fetch_mail() -> int:
    """Empty the mailbox; returns how many came. A mailbox that is away is tried again later.

    What was begun is committed first, so that a mailbox that hangs holds no part of the database.
    """
    mailbox = mailbox_of(current_app.extensions["settings"])
    number = 0
    if mailbox is None:
        return number
    db.session.commit()
    try:
        for raw, size, mark_seen in unseen(mailbox, most_bytes=MOST_BYTES):
            if _is_received(raw, size):
                mark_seen()
                number += 1
    except (OSError, imaplib.IMAP4.error) as away:
        db.session.rollback()
        logger.warning("the mailbox is away: %s", type(away).__name__)
    return number


def _is_received(raw: bytes, size: int) -> bool:
    """Whether one mail could be kept; one that cannot does not stop those behind it."""
    try:
        receive(raw, size=size)
    except SQLAlchemyError:
        db.session.rollback()
        logger.exception("a mail could not be kept; it stays in the mailbox")
        return False
    return True


def take_mail(_moment: datetime) -> None:
    """The mailbox, and what was kept before and not handled: a worker died, or an administrator said try again."""
    fetch_mail()
    for found in waiting(AT_ONCE):
        handle(found, take=take)


def mailbox_of(settings: Settings) -> Mailbox | None:
    """The mailbox of the settings; None when none is set."""
    if not settings.imap_host:
        return None
    return Mailbox(
        settings.imap_host,
        settings.imap_port,
        settings.imap_user,
        settings.imap_password,
        tls=settings.imap_tls,
        folder=settings.imap_folder,
    )
