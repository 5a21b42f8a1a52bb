"""A conversation is a row of its own; a noun that talks keeps its number in `thread_id`."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Moment, db
from matchmaker.files.models import StoredFile


class Thread(db.Model):  # type: ignore[name-defined,misc]
    """One conversation. `about` is the table of the noun that keeps it."""

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    about: Mapped[str] = mapped_column(String(40), info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)


class Message(db.Model):  # type: ignore[name-defined,misc]
    """One message. `party` says from which side; a visitor has no account."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    party: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    text: Mapped[str] = mapped_column(Text, info=REQUEST_TEXT)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)

    author: Mapped[Account | None] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="message", order_by="Attachment.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Attachment(db.Model):  # type: ignore[name-defined,misc]
    """A file that came with a message; who may read the message may have the file."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True, info=TECHNICAL)

    message: Mapped[Message] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship()


class ThreadRead(db.Model):  # type: ignore[name-defined,misc]
    """Up to which message someone has read a thread."""

    __tablename__ = "thread_reads"
    __table_args__ = (UniqueConstraint("account_id", "thread_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), info=WHO)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    message_id: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
