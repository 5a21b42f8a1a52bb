"""Slots and appointments. They hang on a match by its number: `matches` knows dates, dates do not know matches."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class SlotStatus(StrEnum):
    OPEN = "open"
    CHOSEN = "chosen"
    DROPPED = "dropped"


class AppointmentKind(StrEnum):
    SESSION = "session"
    START = "start"
    TERM = "term"


class AppointmentStatus(StrEnum):
    AGREED = "agreed"
    CANCELLED = "cancelled"
    DONE = "done"


class SlotProposal(db.Model):  # type: ignore[name-defined,misc]
    """One proposed moment. A new round drops the open slots of the one before."""

    __tablename__ = "slot_proposals"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    round: Mapped[int] = mapped_column(default=1, info=TECHNICAL)
    party: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    starts_at: Mapped[datetime] = mapped_column(Moment, info=INTERNAL)
    ends_at: Mapped[datetime] = mapped_column(Moment, info=INTERNAL)
    status: Mapped[SlotStatus] = mapped_column(Code(SlotStatus), default=SlotStatus.OPEN, info=INTERNAL)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)


class Appointment(db.Model):  # type: ignore[name-defined,misc]
    """What was agreed: a session at a moment, a place with a first day, a seat with a term.

    `uid` and `sequence` are those of the calendar invitation: the same uid for life, a higher sequence on a change.
    """

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), unique=True, info=TECHNICAL)
    kind: Mapped[AppointmentKind] = mapped_column(Code(AppointmentKind), info=INTERNAL)
    status: Mapped[AppointmentStatus] = mapped_column(
        Code(AppointmentStatus), default=AppointmentStatus.AGREED, info=INTERNAL
    )
    uid: Mapped[str] = mapped_column(String(120), unique=True, info=TECHNICAL)
    sequence: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    title: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    starts_at: Mapped[datetime | None] = mapped_column(Moment, index=True, info=INTERNAL)
    ends_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    first_day: Mapped[date | None] = mapped_column(info=INTERNAL)
    last_day: Mapped[date | None] = mapped_column(info=INTERNAL)
    location: Mapped[str] = mapped_column(String(300), default="", info=INTERNAL)
    online_url: Mapped[str] = mapped_column(String(500), default="", info=INTERNAL)
    arrangements: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    confirmation_asked_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    confirmations: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    cancelled_because: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    people: Mapped[list["Attendee"]] = relationship(
        back_populates="appointment", cascade="all, delete-orphan", order_by="Attendee.id"
    )


class Attendee(db.Model):  # type: ignore[name-defined,misc]
    """Someone who gets the invitation. `standby` marks who steps in when the speaker cannot come."""

    __tablename__ = "attendees"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    party: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    standby: Mapped[bool] = mapped_column(default=False, info=INTERNAL)

    appointment: Mapped[Appointment] = relationship(back_populates="people")
    account: Mapped[Account | None] = relationship()
