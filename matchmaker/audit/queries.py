"""Reading the log. Pages go back by event number, so that new events do not shift what someone reads."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, select

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import at
from matchmaker.database import Identified, db


def events(
    *,
    action: str = "",
    object_kind: str = "",
    object_id: int | None = None,
    actor_ids: Sequence[int] | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    before: int | None = None,
    limit: int,
) -> Sequence[AuditEvent]:
    """Events, newest first, older than number `before`. Both days count whole, on a Dutch calendar.

    `actor_ids` None means anyone; an empty list means nobody.
    """
    chosen = select(AuditEvent)
    if action:
        chosen = chosen.where(AuditEvent.action == action)
    if object_kind:
        chosen = chosen.where(AuditEvent.object_kind == object_kind)
    if object_id is not None:
        chosen = chosen.where(AuditEvent.object_id == object_id)
    if actor_ids is not None:
        chosen = chosen.where(AuditEvent.actor_id.in_(actor_ids))
    if first_day is not None:
        chosen = chosen.where(AuditEvent.at >= at(first_day, time()))
    if last_day is not None:
        chosen = chosen.where(AuditEvent.at < at(last_day + timedelta(days=1), time()))
    if before is not None:
        chosen = chosen.where(AuditEvent.id < before)
    return db.session.scalars(chosen.order_by(AuditEvent.id.desc()).limit(limit)).all()


def known_actions() -> Sequence[str]:
    """Every action that stands in the log, by name."""
    return db.session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def known_object_kinds() -> Sequence[str]:
    """Every kind of thing something was done to, by name."""
    return db.session.scalars(select(AuditEvent.object_kind).distinct().order_by(AuditEvent.object_kind)).all()


def did_before(actor: Identified, action: str) -> bool:
    """Whether the log holds this action of someone."""
    return bool(db.session.scalar(select(exists().where(AuditEvent.actor_id == actor.id, AuditEvent.action == action))))


def last_time(action: str, actor_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people last did this, as far as the log goes back; who never did is missing."""
    rows = (
        select(AuditEvent.actor_id, func.max(AuditEvent.at))
        .where(AuditEvent.action == action, AuditEvent.actor_id.in_(set(actor_ids)))
        .group_by(AuditEvent.actor_id)
    )
    return dict(db.session.execute(rows).all())
