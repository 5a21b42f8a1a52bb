"""What someone asked of their own data, and what cleaning did."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import (
    INTERNAL,
    REQUEST_TEXT,
    TECHNICAL,
    VISITOR,
    WHO,
    Keep,
    What,
    Whose,
    Why,
    classified,
)
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.organisations.models import Organisation

ASKED = classified(What.PERSONAL, Whose.ACCOUNT, Why.ANSWER, Keep.REQUEST)


class DataExport(db.Model):  # type: ignore[name-defined,misc]
    """A copy of all that is kept of one person: asked for, made by a worker, and there until `until`."""

    __tablename__ = "data_exports"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"), info=TECHNICAL)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    until: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)

    account: Mapped[Account] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class UnusedWarning(db.Model):  # type: ignore[name-defined,misc]
    """Someone was told that their account goes on a day, because it was not used."""

    __tablename__ = "unused_warnings"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, info=WHO)
    goes_on: Mapped[date] = mapped_column(info=TECHNICAL)

    account: Mapped[Account] = relationship()


class Cleaning(db.Model):  # type: ignore[name-defined,misc]
    """What one night of cleaning removed: a number per kind, of nobody."""

    __tablename__ = "cleanings"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=TECHNICAL)
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)


class RequestKind(StrEnum):
    """What someone asks about their own data."""

    CORRECTION = "correction"
    COPY = "copy"
    ERASURE = "erasure"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"


class DataRequest(db.Model):  # type: ignore[name-defined,misc]
    """Someone asks to see, correct or erase what is kept of them; it is answered within a month.

    By an account, or by a mail address that is confirmed first (`confirmed_at`). `organisation_id` answers it; without
    one the platform does.
    """

    __tablename__ = "data_requests"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    kind: Mapped[RequestKind] = mapped_column(Code(RequestKind), info=ASKED)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=ASKED
    )
    email: Mapped[str] = mapped_column(String(254), default="", info=VISITOR)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=TECHNICAL)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True, info=INTERNAL)
    text: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    due_on: Mapped[date] = mapped_column(info=TECHNICAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    outcome: Mapped[Outcome | None] = mapped_column(Code(Outcome), info=ASKED)
    answer: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)

    account: Mapped[Account | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.confirmed_at is not None and self.outcome is None

    @property
    def asked_by(self) -> str:
        """Who asks, as who answers reads it."""
        return self.account.display_name if self.account else self.email
