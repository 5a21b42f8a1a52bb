"""What was decided about whom, and who signed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.vocabulary import Role


class Decision(StrEnum):
    KEEP = "keep"
    END = "end"


class RightsReview(db.Model):  # type: ignore[name-defined,misc]
    """One signed review of all rights in an organisation. It never changes afterwards."""

    __tablename__ = "rights_reviews"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=INTERNAL)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), info=LOGGED)
    signed_at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)

    signed_by: Mapped[Account | None] = relationship()
    lines: Mapped[list["ReviewedRole"]] = relationship(order_by="ReviewedRole.id", cascade="all, delete-orphan")


class ReviewedRole(db.Model):  # type: ignore[name-defined,misc]
    """One role of one person as it was found, and what was decided. Whose it is stands in the account alone."""

    __tablename__ = "reviewed_roles"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    review_id: Mapped[int] = mapped_column(ForeignKey("rights_reviews.id", ondelete="CASCADE"), index=True, info=LOGGED)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), info=LOGGED)
    role: Mapped[Role] = mapped_column(Code(Role), info=LOGGED)
    since: Mapped[datetime] = mapped_column(Moment, info=LOGGED)
    last_sign_in: Mapped[datetime | None] = mapped_column(Moment, info=LOGGED)
    decision: Mapped[Decision] = mapped_column(Code(Decision), info=LOGGED)

    account: Mapped[Account | None] = relationship()


class ReviewReminder(db.Model):  # type: ignore[name-defined,misc]
    """When an organisation was last reminded that the review is due."""

    __tablename__ = "review_reminders"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, info=INTERNAL
    )
    sent_at: Mapped[datetime] = mapped_column(Moment, default=now, info=INTERNAL)
