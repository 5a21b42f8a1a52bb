"""Keys of forms already handled."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Moment, db


class Submission(db.Model):  # type: ignore[name-defined,misc]
    """One handled form. `key` is a digest of the form's key, the person and the address it was sent to."""

    __tablename__ = "submissions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=TECHNICAL)
    location: Mapped[str] = mapped_column(String(500), default="", info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True, info=TECHNICAL)
