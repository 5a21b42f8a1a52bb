"""Keys of forms already handled, and forms that came when the session had ended."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import TECHNICAL, WHO, Keep, What, Whose, Why, classified
from matchmaker.clock import now
from matchmaker.database import Moment, db

WAITING = classified(What.SECRET, Whose.ACCOUNT, Why.RUN, Keep.SHORT)


class Submission(db.Model):  # type: ignore[name-defined,misc]
    """One handled form. `key` is a digest of the form's key, the person, the address and what was sent."""

    __tablename__ = "submissions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=TECHNICAL)
    location: Mapped[str] = mapped_column(String(500), default="", info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=TECHNICAL)


class InterruptedForm(db.Model):  # type: ignore[name-defined,misc]
    """What someone sent after their session had ended: sealed, for an hour, for that person alone.

    `path` is the address it was sent to; `sealed` holds the names and values of its fields, as JSON.
    """

    __tablename__ = "interrupted_forms"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    path: Mapped[str] = mapped_column(String(1000), info=WHO)
    sealed: Mapped[str] = mapped_column(Text, info=WAITING)
    had_files: Mapped[bool] = mapped_column(default=False, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=WHO)
