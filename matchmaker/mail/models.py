"""Letters and who wants which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import LETTER, SETTING, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class LetterStatus(StrEnum):
    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"
    PRINT = "print"


class Topic(StrEnum):
    """What a letter is about: people choose per topic how often they hear."""

    ACCOUNT = "account"
    REQUESTS = "requests"
    MESSAGES = "messages"
    DATES = "dates"
    LISTINGS = "listings"
    PROPOSALS = "proposals"
    COMMITTEES = "committees"


ALWAYS_NOW = frozenset({Topic.ACCOUNT, Topic.DATES})


class Frequency(StrEnum):
    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Letter(db.Model):  # type: ignore[name-defined,misc]
    """One letter: a template by name and the values it needs, rendered when it is sent."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_status_next_attempt_at", "status", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    template: Mapped[str] = mapped_column(String(60), info=TECHNICAL)
    topic: Mapped[Topic] = mapped_column(Code(Topic), info=TECHNICAL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    to_address: Mapped[str] = mapped_column(String(254), default="", info=LETTER)
    to_name: Mapped[str] = mapped_column(String(120), default="", info=LETTER)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=SETTING)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LETTER)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id", ondelete="SET NULL"), info=TECHNICAL)
    calendar: Mapped[bytes | None] = mapped_column(LargeBinary, info=LETTER)
    calendar_method: Mapped[str] = mapped_column(String(10), default="", info=TECHNICAL)
    message_id: Mapped[str] = mapped_column(String(120), unique=True, info=TECHNICAL)
    status: Mapped[LetterStatus] = mapped_column(Code(LetterStatus), default=LetterStatus.QUEUED, info=TECHNICAL)
    attempts: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    next_attempt_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    error: Mapped[str] = mapped_column(Text, default="", info=TECHNICAL)
    origin: Mapped[str] = mapped_column(String(80), default="", info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LETTER)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, info=LETTER)


class MailPreference(db.Model):  # type: ignore[name-defined,misc]
    """How often someone wants to hear about a topic, or about one event of it; `event` is empty for the whole topic."""

    __tablename__ = "mail_preferences"
    __table_args__ = (UniqueConstraint("account_id", "topic", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), info=WHO)
    topic: Mapped[Topic] = mapped_column(Code(Topic), info=SETTING)
    event: Mapped[str] = mapped_column(String(60), default="", info=SETTING)
    frequency: Mapped[Frequency] = mapped_column(Code(Frequency), info=SETTING)
