"""The log of changes, and the chain that shows when one was altered or removed. Holds ids and codes; names and texts
stay where they belong. See docs/decisions/0012."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import LOGGED, TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Moment, db


class AuditEvent(db.Model):  # type: ignore[name-defined,misc]
    """One change: what was done to what, by whom, from where, with which result.

    `actor_id` and `details` are its personal part: erasing them empties `salt` too, and the chain still holds.
    """

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
    salt: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16), info=TECHNICAL)


class AuditSeal(db.Model):  # type: ignore[name-defined,misc]
    """One link of the chain. Digests are keyed and in hexadecimal: of what stays of the event, of its personal part,
    and of this link with the one before it. An event that is added to later gets another link."""

    __tablename__ = "audit_seals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=TECHNICAL)
    event_id: Mapped[int] = mapped_column(index=True, info=TECHNICAL)
    lasting: Mapped[str] = mapped_column(String(64), info=TECHNICAL)
    personal: Mapped[str] = mapped_column(String(64), info=TECHNICAL)
    digest: Mapped[str] = mapped_column(String(64), info=TECHNICAL)


class AuditHead(db.Model):  # type: ignore[name-defined,misc]
    """The end of the chain: one row, held by who adds to it until that is committed."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=TECHNICAL)
    number: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    digest: Mapped[str] = mapped_column(String(64), default="", info=TECHNICAL)


class AuditAnchor(db.Model):  # type: ignore[name-defined,misc]
    """Where an old stretch ended: up to which link, how many events went with it, its last digest, signed.

    With `keys` nothing went: the links up to here were whole when the secret key was replaced, and these are the marks
    of the keys they were made with since the anchor before it.
    """

    __tablename__ = "audit_anchors"

    up_to: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    events: Mapped[int] = mapped_column(info=TECHNICAL)
    digest: Mapped[str] = mapped_column(String(64), info=TECHNICAL)
    signature: Mapped[str] = mapped_column(String(64), info=TECHNICAL)
    keys: Mapped[str] = mapped_column(Text, default="", info=TECHNICAL)
