"""Uploaded and made files: the row says what it is, the store holds the bytes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import INTERNAL, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Moment, db


class StoredFile(db.Model):  # type: ignore[name-defined,misc]
    """One file. `key` is random and names it in the store; `name` is what the uploader called it."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_created_by_id_created_at", "created_by_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    key: Mapped[str] = mapped_column(String(40), unique=True, info=TECHNICAL)
    name: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    media_type: Mapped[str] = mapped_column(String(100), info=TECHNICAL)
    size: Mapped[int] = mapped_column(info=TECHNICAL)
    sha256: Mapped[str] = mapped_column(String(64), info=TECHNICAL)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True, info=INTERNAL)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
