"""What was used from where."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import TECHNICAL, Keep, What, Whose, Why, classified
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db

FROM_WHERE = classified(What.PERSONAL, Whose.OUTSIDER, Why.RUN, Keep.SHORT)


class Door(StrEnum):
    """What makes work, mail or figures for another: without an account, and with one (`CHANGES`, by account)."""

    REPORT = "report"
    QUESTION = "question"
    SIGN_UP = "sign_up"
    NEW_PASSWORD = "new_password"  # noqa: S105  # nosec B105  # names a door
    EMPTY_SEARCH = "empty_search"
    BY_PROVIDER = "by_provider"
    DATA_REQUEST = "data_request"
    CHANGES = "changes"


class DoorUse(db.Model):  # type: ignore[name-defined,misc]
    """One use of a door. The network it came from is kept as a keyed digest, for a day."""

    __tablename__ = "door_uses"
    __table_args__ = (Index("ix_door_uses_door_network_key_at", "door", "network_key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    door: Mapped[Door] = mapped_column(Code(Door), info=TECHNICAL)
    network_key: Mapped[str] = mapped_column(String(64), info=FROM_WHERE)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=FROM_WHERE)
