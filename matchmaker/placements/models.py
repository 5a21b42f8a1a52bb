"""Placement: a student, a programme and a municipality, what they arranged, and every step of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, LOGGED, PLACED, PLACED_CONTACT, PLACED_TEXT, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.competences.models import Competence
from matchmaker.database import Code, Moment, db
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.placements.parts import SIDE_OF, Part, PlacementSide
from matchmaker.placements.states import ENDED, PlacementAction, PlacementState, next_state
from matchmaker.vocabulary import Kind, Level, Mode, Sector


class Presence(StrEnum):
    """What a programme wants written down of the days at work."""

    NOTHING = "nothing"
    DAYS = "days"
    HOURS = "hours"


class EndReason(StrEnum):
    """Why a placement ended before its time."""

    HEALTH = "health"
    STUDY = "study_stopped"
    NO_FIT = "work_did_not_fit"
    NO_SUPERVISION = "no_supervision"
    COOPERATION = "cooperation"
    OTHER_PLACE = "other_place"
    NO_APPROVAL = "not_approved"
    PERSONAL = "personal"
    OTHER = "other"


class Placement(db.Model):  # type: ignore[name-defined,misc]
    """One student at one municipality for one programme. It begins from an agreed match or an accepted application.

    What is arranged stands in the columns from `assignment` to `crebo`, and in `goals`; `in_english` asks for an
    agreement in English beside the Dutch. `minor_until` is the first day of the month in which the student turns 18:
    nothing more is known of an age, and it goes when that month is over.
    """

    __tablename__ = "placements"
    __table_args__ = (
        Index("ix_placements_institution_id_state_due_at", "institution_id", "state", "due_at"),
        Index("ix_placements_municipality_id_state_due_at", "municipality_id", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    kind: Mapped[Kind] = mapped_column(Code(Kind), info=PUBLIC)
    level: Mapped[Level | None] = mapped_column(Code(Level), info=PLACED)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), index=True, info=TECHNICAL)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"), index=True, info=TECHNICAL)
    application_id: Mapped[int | None] = mapped_column(index=True, info=TECHNICAL)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True, index=True, info=TECHNICAL)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True, info=PLACED)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=PLACED)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=PLACED)
    state: Mapped[PlacementState] = mapped_column(Code(PlacementState), default=PlacementState.ARRANGING, info=INTERNAL)
    title: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    minor_until: Mapped[date | None] = mapped_column(info=PLACED)

    assignment: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    hours_per_week: Mapped[int | None] = mapped_column(info=PLACED)
    weekdays: Mapped[list[str]] = mapped_column(default=list, info=PLACED)
    first_day: Mapped[date | None] = mapped_column(index=True, info=PLACED)
    last_day: Mapped[date | None] = mapped_column(info=PLACED)
    allowance: Mapped[int | None] = mapped_column(info=PLACED)
    workplace: Mapped[str] = mapped_column(String(300), default="", info=PLACED)
    mode: Mapped[Mode | None] = mapped_column(Code(Mode), info=PLACED)
    crebo: Mapped[str] = mapped_column(String(5), default="", info=PLACED)
    in_english: Mapped[bool] = mapped_column(default=False, info=PLACED)
    presence: Mapped[Presence] = mapped_column(Code(Presence), default=Presence.NOTHING, info=PLACED)
    interim_on: Mapped[date | None] = mapped_column(info=PLACED)

    approved_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    signed_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    started_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, index=True, info=INTERNAL)
    ended_because: Mapped[EndReason | None] = mapped_column(Code(EndReason), info=PLACED)
    ended_note: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    due_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    forgotten_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    offer: Mapped[Offer | None] = relationship(foreign_keys=[offer_id])
    programme: Mapped[Programme] = relationship()
    institution: Mapped[Organisation] = relationship(foreign_keys=[institution_id])
    municipality: Mapped[Organisation] = relationship(foreign_keys=[municipality_id])
    people: Mapped[list["PlacementPerson"]] = relationship(
        back_populates="placement", order_by="PlacementPerson.id", cascade="all, delete-orphan"
    )
    goals: Mapped[list["LearningGoal"]] = relationship(
        back_populates="placement", order_by="LearningGoal.position, LearningGoal.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["PlacementEvent"]] = relationship(
        back_populates="placement", order_by="PlacementEvent.at, PlacementEvent.id", cascade="all, delete-orphan"
    )

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_mbo(self) -> bool:
        """Whether the rules of mbo apply: practice agreement, recognition, three contact moments."""
        return self.institution.sector is Sector.MBO

    @hybrid_property
    def is_late(self) -> bool:
        """Whether the turn of whoever is next has ended without a step."""
        return self.due_at is not None and self.due_at < now()

    @is_late.inplace.expression
    @classmethod
    def _is_late(cls) -> ColumnElement[bool]:
        return and_(cls.due_at.is_not(None), cls.due_at < now())

    def person(self, part: Part) -> "PlacementPerson | None":
        """Who has this part now."""
        return next((each for each in self.people if each.part is part), None)

    @property
    def student(self) -> "PlacementPerson":
        found = self.person(Part.STUDENT)
        assert found is not None
        return found

    @property
    def supervisor(self) -> "PlacementPerson | None":
        """Who guides the student at work: the practice trainer when there is one."""
        return self.person(Part.PRACTICE_TRAINER) or self.person(Part.SUPERVISOR)

    def is_minor_on(self, day: date) -> bool:
        """Whether a parent has to sign too; in the month someone turns 18 it counts as yes."""
        return self.minor_until is not None and day.replace(day=1) <= self.minor_until

    @classmethod
    def minors_on(cls, day: date) -> ColumnElement[bool]:
        """The same as a condition of a question."""
        return cls.minor_until >= day.replace(day=1)

    def move(
        self, action: PlacementAction, *, by: Account | None, part: Part, note: str = "", **values: Any
    ) -> "PlacementEvent":
        """Take one step: the only place that assigns a state. Raises InvalidMove when the table has no such step."""
        before = self.state
        self.state = next_state(before, action)
        if self.has_ended:
            self.ended_at, self.due_at = now(), None
        event = PlacementEvent(
            action=action,
            state_before=before,
            state_after=self.state,
            actor_id=by.id if by else None,
            part=part,
            note=note,
            values=values,
        )
        self.events.append(event)
        return event


class PlacementPerson(db.Model):  # type: ignore[name-defined,misc]
    """Someone with a part in a placement. Who has no account has a name and an address here, and acts from a link."""

    __tablename__ = "placement_people"
    __table_args__ = (UniqueConstraint("placement_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), info=TECHNICAL)
    part: Mapped[Part] = mapped_column(Code(Part), info=PLACED)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True, info=WHO)
    name: Mapped[str] = mapped_column(String(120), default="", info=PLACED_CONTACT)
    address: Mapped[str] = mapped_column(String(254), default="", info=PLACED_CONTACT)
    language: Mapped[str] = mapped_column(String(2), default="nl", info=PLACED_CONTACT)

    placement: Mapped[Placement] = relationship(back_populates="people")
    account: Mapped[Account | None] = relationship()

    @property
    def side(self) -> PlacementSide:
        return SIDE_OF[self.part]

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


class PlacementEvent(db.Model):  # type: ignore[name-defined,misc]
    """One dated step in a placement, as every side may see it."""

    __tablename__ = "placement_events"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=LOGGED)
    action: Mapped[PlacementAction] = mapped_column(Code(PlacementAction), info=LOGGED)
    state_before: Mapped[PlacementState] = mapped_column(Code(PlacementState), info=LOGGED)
    state_after: Mapped[PlacementState] = mapped_column(Code(PlacementState), info=LOGGED)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=LOGGED)
    part: Mapped[Part] = mapped_column(Code(Part), info=LOGGED)
    note: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=LOGGED)

    placement: Mapped[Placement] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()


class LearningGoal(db.Model):  # type: ignore[name-defined,misc]
    """What the student wants to be able to do: in free words, or a competence with the level to reach."""

    __tablename__ = "learning_goals"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    position: Mapped[int] = mapped_column(default=0, info=PLACED)
    text: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    competence_id: Mapped[int | None] = mapped_column(ForeignKey("competences.id"), info=PLACED)
    level: Mapped[int | None] = mapped_column(info=PLACED)

    placement: Mapped[Placement] = relationship(back_populates="goals")
    competence: Mapped[Competence | None] = relationship()


class Recognition(db.Model):  # type: ignore[name-defined,misc]
    """A municipality may train mbo students for one qualification, until a day."""

    __tablename__ = "recognitions"
    __table_args__ = (UniqueConstraint("municipality_id", "crebo", "company_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), info=PUBLIC)
    crebo: Mapped[str] = mapped_column(String(5), info=PUBLIC)
    company_id: Mapped[str] = mapped_column(String(20), info=PUBLIC)
    valid_until: Mapped[date] = mapped_column(info=PUBLIC)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    municipality: Mapped[Organisation] = relationship()
