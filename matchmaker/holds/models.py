"""Who or what may not be cleaned or erased now."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import INTERNAL, TECHNICAL, WHO, Keep, What, Whose, Why, classified
from matchmaker.clock import now
from matchmaker.database import Moment, db

HELD = classified(What.FREE_TEXT, Whose.ACCOUNT, Why.PROVE, Keep.LOG)


class Hold(db.Model):  # type: ignore[name-defined,misc]
    """Either a person (`account_id`) or a subject (`subject_kind`, the name of its model, with `subject_id`).

    It counts up to and including `ends_on`, unless it was lifted before.
    """

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (subject_id IS NULL)", name="one_thing"),
        Index("ix_legal_holds_subject_kind_subject_id", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True, info=WHO)
    subject_kind: Mapped[str] = mapped_column(String(40), default="", info=INTERNAL)
    subject_id: Mapped[int | None] = mapped_column(info=INTERNAL)
    reason: Mapped[str] = mapped_column(Text, info=HELD)
    ends_on: Mapped[date] = mapped_column(info=INTERNAL)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)

    @hybrid_method
    def counts_on(self, day: date) -> bool:
        """Whether it still holds on this day."""
        return (self.lifted_at == None) & (self.ends_on >= day)  # noqa: E711
