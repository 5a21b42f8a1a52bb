"""Application: one student, one offer, and every step between them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.applications.states import ENDED, Action, State, next_state
from matchmaker.classification import APPLICATION, APPLICATION_TEXT, INTERNAL, LOGGED, PUBLIC, TECHNICAL
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Desk, Organisation, Programme
from matchmaker.vocabulary import Level, Party, Refusal


class Application(db.Model):  # type: ignore[name-defined,misc]
    """A student answers an offer. What it shares was copied from the profile when it was made; nothing more is shown.

    `blind` and `without_talk` are the rules of the day it was made. Who it is of is forgotten four weeks after it ended
    without a place (`student_id` empty); that there was an answer stays as a counted fact. `placed_at` is when a
    placement was made of it.
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index("ix_applications_municipality_id_state_due_at", "municipality_id", "state", "due_at"),
        Index("ix_applications_institution_id_state", "institution_id", "state"),
        Index(
            "uq_applications_running",
            "offer_id",
            "student_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    offer_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=APPLICATION)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True, info=INTERNAL)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=INTERNAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    state: Mapped[State] = mapped_column(Code(State), info=APPLICATION)
    level: Mapped[Level] = mapped_column(Code(Level), info=INTERNAL)
    motivation: Mapped[str] = mapped_column(Text, default="", info=APPLICATION_TEXT)
    workplace_needs: Mapped[str] = mapped_column(Text, default="", info=APPLICATION_TEXT)
    starts_on: Mapped[date | None] = mapped_column(info=APPLICATION)
    ends_on: Mapped[date | None] = mapped_column(info=APPLICATION)
    hours_min: Mapped[int | None] = mapped_column(info=APPLICATION)
    hours_max: Mapped[int | None] = mapped_column(info=APPLICATION)
    blind: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    without_talk: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=APPLICATION)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    first_answered_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    due_at: Mapped[datetime | None] = mapped_column(Moment, index=True, info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, index=True, info=INTERNAL)
    placed_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    refusal: Mapped[Refusal | None] = mapped_column(Code(Refusal), info=INTERNAL)
    refusal_note: Mapped[str] = mapped_column(Text, default="", info=APPLICATION_TEXT)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    offer: Mapped[Offer] = relationship()
    student: Mapped[Account | None] = relationship()
    programme: Mapped[Programme] = relationship()
    institution: Mapped[Organisation] = relationship(foreign_keys=[institution_id])
    municipality: Mapped[Organisation] = relationship(foreign_keys=[municipality_id])
    files: Mapped[list["ApplicationFile"]] = relationship(
        order_by="ApplicationFile.file_id", cascade="all, delete-orphan", passive_deletes=True
    )
    events: Mapped[list["ApplicationEvent"]] = relationship(
        back_populates="application",
        order_by="ApplicationEvent.at, ApplicationEvent.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def desk(self) -> Desk | None:
        """The desk that answers for the municipality now."""
        return self.municipality.desk

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_late(self) -> bool:
        """Whether the turn of whoever is next has ended without a step."""
        return self.due_at is not None and self.due_at < now()

    @property
    def shows_name(self) -> bool:
        """Whether the municipality knows who it is: at once, or from the talk or the offer of a place on."""
        return not self.blind or self.state in (State.TALK, State.OFFERED, State.ACCEPTED, State.CALLED_OFF)

    def move(
        self, action: Action, *, by: Account | None, as_party: Party, note: str = "", **values: Any
    ) -> "ApplicationEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        if self.has_ended:
            self.ended_at, self.due_at = now(), None
        event = ApplicationEvent(
            action=action,
            state_before=before,
            state_after=self.state,
            actor_id=by.id if by else None,
            party=as_party,
            note=note,
            values=values,
        )
        self.events.append(event)
        return event


class ApplicationEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step in an application, as the student may see it; `values` are codes for the sentence."""

    __tablename__ = "application_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[Action] = mapped_column(Code(Action), info=LOGGED)
    state_before: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    state_after: Mapped[State] = mapped_column(Code(State), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    party: Mapped[Party] = mapped_column(Code(Party), info=LOGGED)
    note: Mapped[str] = mapped_column(Text, default="", info=APPLICATION_TEXT)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    application: Mapped[Application] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()


class ApplicationFile(db.Model):  # type: ignore[name-defined,misc]
    """A file a student sent along."""

    __tablename__ = "application_files"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, index=True, info=APPLICATION)

    file: Mapped[StoredFile] = relationship()
