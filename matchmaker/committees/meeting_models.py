"""Meetings with who was there, and the advice that came of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Answer, AppointmentStatus
from matchmaker.classification import INTERNAL, REQUEST_TEXT, TECHNICAL, WHO, Keep, What, Whose, Why, classified
from matchmaker.clock import local, now
from matchmaker.committees.models import Committee, Living, Term
from matchmaker.committees.states import AdviceState, MeetingState
from matchmaker.database import Code, Moment, db
from matchmaker.vocabulary import AdviceAnswer

MINUTES = classified(What.FREE_TEXT, Whose.ACCOUNT, Why.PROVE, Keep.MINUTES)
"""As long as a dossier: the school shows them when it is assessed."""
IN_CALENDAR = {
    MeetingState.PLANNED: AppointmentStatus.AGREED,
    MeetingState.HELD: AppointmentStatus.DONE,
    MeetingState.CANCELLED: AppointmentStatus.CANCELLED,
}


class Meeting(Living, db.Model):  # type: ignore[name-defined,misc]
    """A committee comes together. It keeps one uid in every calendar for life; each change raises `sequence`."""

    __tablename__ = "committee_meetings"
    NOUN = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True, info=TECHNICAL)
    state: Mapped[MeetingState] = mapped_column(Code(MeetingState), default=MeetingState.PLANNED, info=INTERNAL)
    uid: Mapped[str] = mapped_column(String(120), unique=True, info=TECHNICAL)
    sequence: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    title: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True, info=INTERNAL)
    ends_at: Mapped[datetime] = mapped_column(Moment, info=INTERNAL)
    location: Mapped[str] = mapped_column(String(300), default="", info=INTERNAL)
    online_url: Mapped[str] = mapped_column(String(500), default="", info=INTERNAL)
    agenda: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    minutes: Mapped[str] = mapped_column(Text, default="", info=MINUTES)
    cancelled_because: Mapped[str] = mapped_column(Text, default="", info=MINUTES)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    committee: Mapped[Committee] = relationship()
    people: Mapped[list["Invitee"]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="Invitee.id"
    )

    @property
    def status(self) -> AppointmentStatus:
        """How a calendar shows it."""
        return IN_CALENDAR[self.state]

    @property
    def path(self) -> str:
        return f"/commissies/vergadering/{self.id}"

    @property
    def day(self) -> date:
        return local(self.starts_at).date()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()


class Invitee(db.Model):  # type: ignore[name-defined,misc]
    """Who is asked to a meeting: a member by the term, or who keeps the committee by account. `present` is known
    once it was held."""

    __tablename__ = "committee_invitees"
    __table_args__ = (UniqueConstraint("meeting_id", "term_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("committee_meetings.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    term_id: Mapped[int | None] = mapped_column(ForeignKey("committee_terms.id"), index=True, info=TECHNICAL)
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    answer: Mapped[Answer | None] = mapped_column(Code(Answer), info=INTERNAL)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    answer_note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    present: Mapped[bool | None] = mapped_column(info=INTERNAL)

    meeting: Mapped[Meeting] = relationship(back_populates="people")
    term: Mapped[Term | None] = relationship()
    keeper: Mapped[Account | None] = relationship()
    standby = False
    """A calendar asks it of everyone invited; nobody stands by for a member."""

    @property
    def account(self) -> Account | None:
        return self.term.reader if self.term else self.keeper

    @property
    def display_name(self) -> str:
        return self.term.display_name if self.term else (self.keeper.display_name if self.keeper else "")

    @property
    def email(self) -> str:
        return self.term.email if self.term else (self.keeper.email if self.keeper else "")

    @property
    def reads(self) -> str:
        """The language this person reads."""
        return self.term.reads if self.term else (self.keeper.language if self.keeper else "nl")


class Advice(Living, db.Model):  # type: ignore[name-defined,misc]
    """What the committee says to the school, what the school answered, and what came of it."""

    __tablename__ = "committee_advices"
    NOUN = "advice"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True, info=TECHNICAL)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("committee_meetings.id"), index=True, info=TECHNICAL)
    state: Mapped[AdviceState] = mapped_column(Code(AdviceState), default=AdviceState.OPEN, info=INTERNAL)
    title: Mapped[str] = mapped_column(String(160), info=INTERNAL)
    text: Mapped[str] = mapped_column(Text, info=INTERNAL)
    given_on: Mapped[date] = mapped_column(info=INTERNAL)
    answer_before: Mapped[date | None] = mapped_column(info=INTERNAL)
    answer: Mapped[AdviceAnswer | None] = mapped_column(Code(AdviceAnswer), info=INTERNAL)
    answer_text: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    answered_on: Mapped[date | None] = mapped_column(info=INTERNAL)
    follow_up: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    closed_on: Mapped[date | None] = mapped_column(info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    reported_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    committee: Mapped[Committee] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
