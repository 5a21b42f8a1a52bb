"""What someone asked of their own data, and what cleaning did."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Moment, db
from matchmaker.files.models import StoredFile


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
