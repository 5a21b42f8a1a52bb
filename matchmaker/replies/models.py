"""Mail that came in: who wrote, to which letter it answers, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import LETTER, TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.mail.models import Letter


class Fate(StrEnum):
    """What became of it. Refused: the writer got a letter that says why. Ignored: no person waits for an answer."""

    ARRIVED = "arrived"
    TAKEN = "taken"
    REFUSED = "refused"
    IGNORED = "ignored"
    FAILED = "failed"


class ReceivedMail(db.Model):  # type: ignore[name-defined,misc]
    """One mail. `key` follows from its Message-ID, so the same mail twice is one row. `raw` is the mail itself, kept
    until something was done with it."""

    __tablename__ = "received_mails"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    key: Mapped[str] = mapped_column(String(64), unique=True, info=TECHNICAL)
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("letters.id", ondelete="SET NULL"), index=True, info=TECHNICAL
    )
    sender: Mapped[str] = mapped_column(String(254), default="", info=LETTER)
    subject: Mapped[str] = mapped_column(String(200), default="", info=LETTER)
    size: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    fate: Mapped[Fate] = mapped_column(Code(Fate), default=Fate.ARRIVED, index=True, info=TECHNICAL)
    reason: Mapped[str] = mapped_column(String(60), default="", info=TECHNICAL)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, info=TECHNICAL)
    raw: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=LETTER)
    attempts: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    arrived_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LETTER)
    handled_at: Mapped[datetime | None] = mapped_column(Moment, info=LETTER)

    letter: Mapped[Letter | None] = relationship()
