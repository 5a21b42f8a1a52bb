"""The log of changes. Holds ids and codes; names and texts stay where they belong."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import LOGGED, TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Moment, db


class AuditEvent(db.Model):  # type: ignore[name-defined,misc]
    """One change: what was done to what, by whom, from where, with which result."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_object_kind_object_id", "object_kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=LOGGED)
    action: Mapped[str] = mapped_column(String(60), info=LOGGED)
    object_kind: Mapped[str] = mapped_column(String(40), info=LOGGED)
    object_id: Mapped[int | None] = mapped_column(info=LOGGED)
    organisation_id: Mapped[int | None] = mapped_column(index=True, info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(index=True, info=LOGGED)
    origin: Mapped[str] = mapped_column(String(64), default="", info=LOGGED)
    result: Mapped[str] = mapped_column(String(20), default="done", info=LOGGED)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)
