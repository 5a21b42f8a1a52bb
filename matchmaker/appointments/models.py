"""Slots and appointments. They hang on a match by its number: `matches` knows dates, dates do not know matches."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, REQUEST_TEXT, TECHNICAL, VISITOR, WHO
from matchmaker.clock import local, now, today
from matchmaker.database import Code, Moment, db


class SlotStatus(StrEnum):
    OPEN = "open"
    CHOSEN = "chosen"
    DROPPED = "dropped"


class AppointmentKind(StrEnum):
    SESSION = "session"
    START = "start"
    TERM = "term"


class Answer(StrEnum):
    """What someone says two days ahead."""

    COMING = "coming"
    NOT_COMING = "not_coming"


class AppointmentStatus(StrEnum):
    """Moving: the old date stands as provisional until both have agreed on another."""

    AGREED = "agreed"
    MOVING = "moving"
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
    `facts` are the names a letter needs. `wording` holds the summary and the brief as they were agreed, by language:
    `{"nl": {"summary": ..., "description": ...}}`.
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
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict, info=REQUEST_TEXT)
    cancelled_because: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    people: Mapped[list["Attendee"]] = relationship(
        back_populates="appointment", cascade="all, delete-orphan", order_by="Attendee.id"
    )

    @property
    def day(self) -> date:
        """The day it is, or begins, on a Dutch wall calendar."""
        if self.starts_at is not None:
            return local(self.starts_at).date()
        assert self.first_day is not None
        return self.first_day

    @property
    def path(self) -> str:
        """The page all parties see."""
        return f"/samen/{self.match_id}"

    @property
    def has_begun(self) -> bool:
        """Whether the moment or the first day has come."""
        return self.starts_at <= now() if self.starts_at is not None else self.day <= today()

    @property
    def expected(self) -> list["Attendee"]:
        """Who is asked ahead of it whether it goes on: everyone invited but the stand-by."""
        return [person for person in self.people if not person.standby]

    @property
    def stands(self) -> bool:
        """Whether people should still keep the date free."""
        return self.status in {AppointmentStatus.AGREED, AppointmentStatus.MOVING}


class Attendee(db.Model):  # type: ignore[name-defined,misc]
    """Someone who gets the invitation. `standby` marks who steps in when the speaker cannot come.

    Someone without an account has a name and an address here instead.
    """

    __tablename__ = "attendees"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(120), default="", info=VISITOR)
    address: Mapped[str] = mapped_column(String(254), default="", info=VISITOR)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=VISITOR)
    party: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    standby: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    answer: Mapped[Answer | None] = mapped_column(Code(Answer), info=INTERNAL)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    answer_note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)

    appointment: Mapped[Appointment] = relationship(back_populates="people")
    account: Mapped[Account | None] = relationship()

    @property
    def display_name(self) -> str:
        return self.account.display_name if self.account else self.name

    @property
    def email(self) -> str:
        return self.account.email if self.account else self.address

    @property
    def reads(self) -> str:
        """The language this person reads."""
        return self.account.language if self.account else self.language
