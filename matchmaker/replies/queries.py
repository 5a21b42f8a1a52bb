"""Questions about mail that came in, for the administrators of the platform."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.replies.models import Fate, ReceivedMail


def received(*, fate: Fate | None = None, limit: int, offset: int = 0) -> tuple[Sequence[ReceivedMail], int]:
    """Mail that came in, newest first, and how much there is in all."""
    chosen = select(ReceivedMail)
    if fate is not None:
        chosen = chosen.where(ReceivedMail.fate == fate)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = db.session.scalars(
        chosen.order_by(ReceivedMail.id.desc()).limit(limit).offset(offset).options(joinedload(ReceivedMail.letter))
    ).all()
    return rows, total


def received_by_fate() -> dict[Fate, int]:
    """How much mail met which fate."""
    rows = select(ReceivedMail.fate, func.count(ReceivedMail.id)).group_by(ReceivedMail.fate)
    return dict(db.session.execute(rows).all())


def received_by_id(number: int) -> ReceivedMail:
    """One mail; raises NotFound."""
    found = db.session.get(ReceivedMail, number)
    if found is None:
        raise NotFound("mail")
    return found


def waiting(limit: int) -> Sequence[ReceivedMail]:
    """Mail with which nothing was done yet, oldest first; another worker takes none of these."""
    return db.session.scalars(
        select(ReceivedMail)
        .where(ReceivedMail.fate == Fate.ARRIVED)
        .order_by(ReceivedMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def refused_lately(sender: str) -> int:
    """How often this sender was refused in the last day."""
    return (
        db.session.scalar(
            select(func.count(ReceivedMail.id)).where(
                ReceivedMail.sender == sender,
                ReceivedMail.fate == Fate.REFUSED,
                ReceivedMail.arrived_at > now() - timedelta(days=1),
            )
        )
        or 0
    )
