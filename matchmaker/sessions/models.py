"""A session of a match, what was said of it, its materials, and the series it belongs to."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.matches.models import Match
from matchmaker.sessions.states import Action, State, next_state
from matchmaker.vocabulary import SIDES_OF_THE_DESK, Party

HIDDEN_DAYS = 7
"""So long an answer stays hidden from the other side when that side gives none."""


class WhyNot(StrEnum):
    """Why a session did not take place."""

    SPEAKER = "speaker_could_not_come"
    SCHOOL = "school_could_not"
    TOO_FEW = "too_few_students"
    TRAVEL = "travel"
    OTHER = "other"


class Fit(StrEnum):
    """The first question: to the school whether it suited the lessons, to the municipality whether it was prepared."""

    WELL = "well"
    PARTLY = "partly"
    NOT = "not"


class Again(StrEnum):
    """The second question: would you do this again?"""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class SessionSeries(db.Model):  # type: ignore[name-defined,misc]
    """The same need on several dates. Each date is a need and a match of its own, shown together."""

    __tablename__ = "session_series"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)


class Session(db.Model):  # type: ignore[name-defined,misc]
    """What belongs to one lecture or visit beside its date. `told_at` is when someone said what came of it."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id", ondelete="CASCADE"), unique=True, info=TECHNICAL)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("session_series.id"), index=True, info=TECHNICAL)
    state: Mapped[State] = mapped_column(Code(State), default=State.EXPECTED, info=INTERNAL)
    students: Mapped[int | None] = mapped_column(info=INTERNAL)
    why_not: Mapped[WhyNot | None] = mapped_column(Code(WhyNot), info=INTERNAL)
    why_not_note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    asked_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    told_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    match: Mapped[Match] = relationship()
    events: Mapped[list["SessionEvent"]] = relationship(
        back_populates="session", order_by="SessionEvent.at, SessionEvent.id", cascade="all, delete-orphan"
    )
    views: Mapped[list["SessionView"]] = relationship(
        back_populates="session", order_by="SessionView.id", cascade="all, delete-orphan"
    )

    def move(self, action: Action, *, by: Account | None, as_party: Party, **values: Any) -> "SessionEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        event = SessionEvent(
            action=action,
            state_before=before,
            state_after=self.state,
            actor_id=by.id if by else None,
            party=as_party,
            values=values,
        )
        self.events.append(event)
        return event

    def view_of(self, side: Party) -> "SessionView | None":
        """What a side said."""
        return next((view for view in self.views if view.side is side), None)

    @property
    def shows_all(self) -> bool:
        """Whether each side reads what the other said: both have, or seven days have passed."""
        both = {view.side for view in self.views} == set(SIDES_OF_THE_DESK)
        return both or self.is_old

    @property
    def is_old(self) -> bool:
        """Whether the days are over in which each side can still answer unseen."""
        return self.told_at is not None and self.told_at + timedelta(days=HIDDEN_DAYS) <= now()


class SessionEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step of a session."""

    __tablename__ = "session_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[Action] = mapped_column(Code(Action), info=LOGGED)
    state_before: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    state_after: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    party: Mapped[Party] = mapped_column(Code(Party), info=LOGGED)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    session: Mapped[Session] = relationship(back_populates="events")


class SessionView(db.Model):  # type: ignore[name-defined,misc]
    """The two answers of one side, and a few words for the other."""

    __tablename__ = "session_views"
    __table_args__ = (UniqueConstraint("session_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    side: Mapped[Party] = mapped_column(Code(Party), info=INTERNAL)
    fit: Mapped[Fit] = mapped_column(Code(Fit), info=INTERNAL)
    again: Mapped[Again] = mapped_column(Code(Again), info=INTERNAL)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    given_at: Mapped[datetime] = mapped_column(Moment, default=now, info=INTERNAL)

    session: Mapped[Session] = relationship(back_populates="views")


class SessionMaterial(db.Model):  # type: ignore[name-defined,misc]
    """A file that goes with a session: slides, a reader, a case. `side` is who put it there."""

    __tablename__ = "session_materials"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True, info=TECHNICAL)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True, info=TECHNICAL)
    side: Mapped[Party] = mapped_column(Code(Party), info=INTERNAL)
    added_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)

    session: Mapped[Session] = relationship()
    file: Mapped[StoredFile] = relationship()
