"""A joint assignment and the municipalities that were asked to take part."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.classification import INTERNAL, PUBLIC, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation


class Part(StrEnum):
    """Where one municipality stands towards a joint assignment."""

    ASKED = "asked"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"


class JointAssignment(db.Model):  # type: ignore[name-defined,misc]
    """One posting that several municipalities ask together. Its organisation is the owner; places are shared."""

    __tablename__ = "joint_assignments"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), unique=True, info=TECHNICAL)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    listing: Mapped[Listing] = relationship()
    partners: Mapped[list["JointPartner"]] = relationship(back_populates="joint", order_by="JointPartner.id")


class JointPartner(db.Model):  # type: ignore[name-defined,misc]
    """A municipality that was asked, with its own posting of the same question.

    Its posting is taken offline when it joins (`closed_own`) and comes back when it leaves.
    """

    __tablename__ = "joint_partners"
    __table_args__ = (UniqueConstraint("joint_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    joint_id: Mapped[int] = mapped_column(ForeignKey("joint_assignments.id"), info=TECHNICAL)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    part: Mapped[Part] = mapped_column(Code(Part), default=Part.ASKED, info=PUBLIC)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    closed_own: Mapped[bool] = mapped_column(default=False, info=TECHNICAL)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    joint: Mapped[JointAssignment] = relationship(back_populates="partners")
    listing: Mapped[Listing] = relationship()
    organisation: Mapped[Organisation] = relationship()
