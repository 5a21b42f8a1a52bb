"""The log is kept a year. Old stretches end in an anchor; what must stay longer loses who did it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, exists, func, or_, select, update

from matchmaker.audit.anchors import add_anchor
from matchmaker.audit.models import AuditEvent, AuditSeal
from matchmaker.database import db

KEPT = timedelta(days=365)


def forget_events(moment: datetime, *, held: Select[tuple[int]]) -> int:
    """Remove what is older than a year and ends the stretch in an anchor; returns how many events went.

    Events of `held` accounts stay, and so do the links after the first of them: what else is that old there loses its
    person and its details.
    """
    before = moment - KEPT
    is_held = AuditEvent.actor_id.in_(held)
    up_to = _last_free_link(before, held)
    gone = _forget_unsealed(before)
    if up_to:
        sealed = select(AuditSeal.event_id).where(AuditSeal.number <= up_to)
        needed = select(AuditSeal.event_id).where(AuditSeal.number > up_to)
        numbers = db.session.scalars(
            select(AuditEvent.id).where(AuditEvent.id.in_(sealed), AuditEvent.id.not_in(needed))
        ).all()
        add_anchor(up_to, len(numbers), moment)
        db.session.execute(
            delete(AuditEvent)
            .where(AuditEvent.id.in_(sealed), AuditEvent.id.not_in(needed))
            .execution_options(synchronize_session="fetch")
        )
        db.session.execute(
            delete(AuditSeal).where(AuditSeal.number <= up_to).execution_options(synchronize_session=False)
        )
        gone += len(numbers)
    _erase(AuditEvent.at < before, AuditEvent.salt != "", or_(AuditEvent.actor_id.is_(None), ~is_held))
    return gone


def erase_person(account_id: int) -> int:
    """Take the personal part out of every event of someone; returns how many."""
    return _erase(AuditEvent.actor_id == account_id)


def _erase(*conditions: object) -> int:
    changed = db.session.execute(
        update(AuditEvent)
        .where(*conditions)  # type: ignore[arg-type]
        .values(actor_id=None, details={}, salt="")
        .execution_options(synchronize_session="fetch")
    )
    return int(changed.rowcount)


def _last_free_link(before: datetime, held: Select[tuple[int]]) -> int:
    """The last link of the stretch in which every event is old and of nobody that is held; 0 when there is none."""
    stays = or_(AuditEvent.at >= before, AuditEvent.actor_id.in_(held))
    first = db.session.scalar(
        select(func.min(AuditSeal.number)).join(AuditEvent, AuditEvent.id == AuditSeal.event_id).where(stays)
    )
    if first is None:
        return db.session.scalar(select(func.max(AuditSeal.number))) or 0
    oldest = db.session.scalar(select(func.min(AuditSeal.number))) or first
    return first - 1 if first > oldest else 0


def _forget_unsealed(before: datetime) -> int:
    """Events from before there was a chain."""
    unsealed = ~exists().where(AuditSeal.event_id == AuditEvent.id)
    done = db.session.execute(
        delete(AuditEvent).where(AuditEvent.at < before, unsealed).execution_options(synchronize_session="fetch")
    )
    return int(done.rowcount)
