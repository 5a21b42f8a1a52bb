"""Finished work: what came out of a posting, as its municipality lets others see it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import LISTING_TEXT, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Moment, db
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation


class FinishedWork(db.Model):  # type: ignore[name-defined,misc]
    """The result of one posting. It is shown from the consent on and until that is taken back.

    It holds no student and no colleague: whoever wants to know more asks the desk of the municipality.
    """

    __tablename__ = "finished_works"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), unique=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    title: Mapped[str] = mapped_column(String(160), info=LISTING_TEXT)
    summary: Mapped[str] = mapped_column(Text, info=LISTING_TEXT)
    consented_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    consented_at: Mapped[datetime] = mapped_column(Moment, default=now, info=PUBLIC)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    listing: Mapped[Listing] = relationship()
    municipality: Mapped[Organisation] = relationship(foreign_keys=[municipality_id])
    school: Mapped[Organisation | None] = relationship(foreign_keys=[school_id])
    consented_by: Mapped[Account | None] = relationship()
