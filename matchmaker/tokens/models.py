"""What a program holds to read for someone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import SECRET, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.organisations.models import Membership


class Scope(StrEnum):
    """What a token reads; none changes anything."""

    LISTINGS = "listings"
    CALENDAR = "calendar"


class AccessToken(db.Model):  # type: ignore[name-defined,misc]
    """A right of one program to read one kind of thing for one role of one person. Only the hash of it is kept."""

    __tablename__ = "access_tokens"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), info=WHO)
    name: Mapped[str] = mapped_column(String(160), info=WHO)
    scope: Mapped[Scope] = mapped_column(Code(Scope), info=WHO)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=WHO)
    expires_at: Mapped[datetime] = mapped_column(Moment, info=WHO)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, info=WHO)

    account: Mapped[Account] = relationship()
    membership: Mapped[Membership] = relationship()
