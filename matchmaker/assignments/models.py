"""A group assignment with its groups, milestones, result and what the municipality decides about it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.assignments.states import ENDED, AssignmentAction, AssignmentState, next_state
from matchmaker.classification import INTERNAL, LOGGED, REQUEST_TEXT, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db
from matchmaker.files.models import StoredFile
from matchmaker.matches.models import Match
from matchmaker.vocabulary import Party


class Decision(StrEnum):
    """What the municipality does with the result."""

    ADOPTED = "adopted"
    IN_PART = "in_part"
    LOOKED_INTO = "looked_into"
    NOT_USED = "not_used"


class StopReason(StrEnum):
    """Why an assignment ends early."""

    TOO_FEW_STUDENTS = "too_few_students"
    QUESTION_CHANGED = "question_changed"
    NO_SUPERVISION = "no_supervision"
    OTHER = "other"


class Assignment(db.Model):  # type: ignore[name-defined,misc]
    """What two sides do together after a match about a group assignment. It holds no names of students.

    `result` is the summary as the school hands it in; the work itself is in `files`, or at `result_url`.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), unique=True, info=TECHNICAL)
    state: Mapped[AssignmentState] = mapped_column(
        Code(AssignmentState), default=AssignmentState.PLANNING, info=INTERNAL
    )
    presentation_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    presentation_minutes: Mapped[int] = mapped_column(default=60, info=INTERNAL)
    presentation_place: Mapped[str] = mapped_column(String(300), default="", info=INTERNAL)
    result: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    result_url: Mapped[str] = mapped_column(String(500), default="", info=REQUEST_TEXT)
    decision: Mapped[Decision | None] = mapped_column(Code(Decision), info=INTERNAL)
    decision_note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    stopped_because: Mapped[StopReason | None] = mapped_column(Code(StopReason), info=INTERNAL)
    due_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    match: Mapped[Match] = relationship()
    groups: Mapped[list["AssignmentGroup"]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan", order_by="AssignmentGroup.name, AssignmentGroup.id"
    )
    files: Mapped[list["AssignmentFile"]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan", order_by="AssignmentFile.id"
    )
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan", order_by="Milestone.day, Milestone.id"
    )
    events: Mapped[list["AssignmentEvent"]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan", order_by="AssignmentEvent.at, AssignmentEvent.id"
    )

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def students(self) -> int:
        """How many students work on it, over all groups."""
        return sum(group.students for group in self.groups)

    @hybrid_property
    def is_late(self) -> bool:
        """Whether the turn of whoever is next has ended without a step."""
        return self.due_at is not None and self.due_at < now()

    @is_late.inplace.expression
    @classmethod
    def _is_late(cls) -> ColumnElement[bool]:
        return and_(cls.due_at.is_not(None), cls.due_at < now())

    def move(
        self, action: AssignmentAction, *, by: Account | None, as_party: Party, note: str = "", **values: Any
    ) -> "AssignmentEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        if self.has_ended:
            self.due_at = None
        event = AssignmentEvent(
            action=action, state_before=before, state_after=self.state, actor_id=by.id if by else None,
            party=as_party, note=note, values=values,
        )  # fmt: skip
        self.events.append(event)
        return event


class AssignmentGroup(db.Model):  # type: ignore[name-defined,misc]
    """One group of students, by its number of students and what it takes on."""

    __tablename__ = "assignment_groups"
    __table_args__ = (CheckConstraint("students BETWEEN 1 AND 60", name="students_within"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    name: Mapped[str] = mapped_column(String(120), info=INTERNAL)
    students: Mapped[int] = mapped_column(info=INTERNAL)
    topic: Mapped[str] = mapped_column(String(300), default="", info=REQUEST_TEXT)

    assignment: Mapped[Assignment] = relationship(back_populates="groups")


class Milestone(db.Model):  # type: ignore[name-defined,misc]
    """A day by which something is there."""

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    title: Mapped[str] = mapped_column(String(160), info=REQUEST_TEXT)
    day: Mapped[date] = mapped_column(info=INTERNAL)
    reached_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    reached_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)

    assignment: Mapped[Assignment] = relationship(back_populates="milestones")


class AssignmentFile(db.Model):  # type: ignore[name-defined,misc]
    """A file the school handed in with the result."""

    __tablename__ = "assignment_files"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True, info=TECHNICAL)
    added_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)

    assignment: Mapped[Assignment] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class AssignmentEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step, as both sides may see it; `values` are codes and numbers for the sentence."""

    __tablename__ = "assignment_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[AssignmentAction] = mapped_column(Code(AssignmentAction), info=LOGGED)
    state_before: Mapped[AssignmentState] = mapped_column(Code(AssignmentState), info=LOGGED)
    state_after: Mapped[AssignmentState] = mapped_column(Code(AssignmentState), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    party: Mapped[Party] = mapped_column(Code(Party), info=LOGGED)
    note: Mapped[str] = mapped_column(Text, default="", info=REQUEST_TEXT)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    assignment: Mapped[Assignment] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()
