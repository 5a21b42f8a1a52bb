"""Letters of the past were sent in the past; only the newest few still wait for the worker."""

from sqlalchemy import select, update

from matchmaker.database import db
from matchmaker.mail.models import Letter, LetterStatus

NEWEST = 12


def leave_the_newest() -> int:
    """Mark every waiting letter but the newest as sent when it was written; returns how many still wait."""
    db.session.flush()
    waiting = Letter.status == LetterStatus.QUEUED
    newest = db.session.scalars(
        select(Letter.id).where(waiting).order_by(Letter.created_at.desc(), Letter.id.desc()).limit(NEWEST)
    ).all()
    db.session.execute(
        update(Letter)
        .where(waiting, Letter.id.not_in(newest))
        .values(status=LetterStatus.SENT, sent_at=Letter.created_at, attempts=1)
    )
    return len(newest)
