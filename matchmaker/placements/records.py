"""What is written down along the way: checklist, contact moments, notes, days, signals, evaluations, what follows."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, and_
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import AGREED, AGREED_TEXT, INTERNAL, PLACED, PLACED_TEXT, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.consents.models import Consent
from matchmaker.database import Code, Moment, db
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part, PlacementSide


class CheckKind(StrEnum):
    """What has to be ready before the first day. Of a VOG only that it was seen, and when."""

    VOG = "vog"
    CONFIDENTIALITY = "confidentiality"
    ACCOUNT = "account"
    DESK = "desk"
    BUDDY = "buddy"
    OTHER = "other"


class StandardCheck(db.Model):  # type: ignore[name-defined,misc]
    """Something a municipality wants ready before every placement, beside what everyone checks."""

    __tablename__ = "standard_checks"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(160), info=PUBLIC)


class ChecklistItem(db.Model):  # type: ignore[name-defined,misc]
    """One thing to have ready. `needed` None: nobody has said yet whether it applies."""

    __tablename__ = "checklist_items"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    kind: Mapped[CheckKind] = mapped_column(Code(CheckKind), info=PLACED)
    title: Mapped[str] = mapped_column(String(160), default="", info=PLACED)
    needed: Mapped[bool | None] = mapped_column(info=PLACED)
    done_on: Mapped[date | None] = mapped_column(info=PLACED)

    placement: Mapped[Placement] = relationship(
        backref=backref("checklist", order_by="ChecklistItem.id", cascade="all, delete-orphan")
    )

    @property
    def is_settled(self) -> bool:
        """Done, or not needed here."""
        return self.needed is False or self.done_on is not None


class Contact(db.Model):  # type: ignore[name-defined,misc]
    """A talk between student, school and municipality: planned, and held when `held_on` says so."""

    __tablename__ = "placement_contacts"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    planned_on: Mapped[date] = mapped_column(index=True, info=PLACED)
    at_workplace: Mapped[bool] = mapped_column(default=False, info=PLACED)
    about: Mapped[str] = mapped_column(String(200), default="", info=PLACED_TEXT)
    held_on: Mapped[date | None] = mapped_column(info=PLACED)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)

    placement: Mapped[Placement] = relationship(
        backref=backref("contacts", order_by="Contact.planned_on, Contact.id", cascade="all, delete-orphan")
    )


class Note(db.Model):  # type: ignore[name-defined,misc]
    """What someone wrote down: for all sides, or for their own side alone."""

    __tablename__ = "placement_notes"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement_contacts.id", ondelete="SET NULL"), info=TECHNICAL
    )
    side: Mapped[PlacementSide] = mapped_column(Code(PlacementSide), info=PLACED)
    shared: Mapped[bool] = mapped_column(default=True, info=PLACED)
    text: Mapped[str] = mapped_column(Text, info=PLACED_TEXT)
    writer: Mapped[str] = mapped_column(String(120), info=PLACED_TEXT)
    part: Mapped[Part] = mapped_column(Code(Part), info=PLACED)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=PLACED)

    placement: Mapped[Placement] = relationship(
        backref=backref("notes", order_by="Note.at, Note.id", cascade="all, delete-orphan")
    )


class DayWorked(db.Model):  # type: ignore[name-defined,misc]
    """A day the student was there; `minutes` where the programme counts hours. The supervisor confirms."""

    __tablename__ = "placement_days"
    __table_args__ = (UniqueConstraint("placement_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), info=TECHNICAL)
    day: Mapped[date] = mapped_column(info=PLACED)
    minutes: Mapped[int | None] = mapped_column(info=PLACED)
    what: Mapped[str] = mapped_column(String(300), default="", info=PLACED_TEXT)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=PLACED)

    placement: Mapped[Placement] = relationship(
        backref=backref("days_worked", order_by="DayWorked.day", cascade="all, delete-orphan")
    )


class Signal(db.Model):  # type: ignore[name-defined,misc]
    """It does not go well: from one side to another that can help, who answers."""

    __tablename__ = "placement_signals"
    __table_args__ = (Index("ix_placement_signals_answered_at_due_at", "answered_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), index=True, info=TECHNICAL
    )
    side: Mapped[PlacementSide] = mapped_column(Code(PlacementSide), info=PLACED)
    part: Mapped[Part] = mapped_column(Code(Part), info=PLACED)
    to_side: Mapped[PlacementSide] = mapped_column(Code(PlacementSide), info=PLACED)
    text: Mapped[str] = mapped_column(Text, info=PLACED_TEXT)
    raised_at: Mapped[datetime] = mapped_column(Moment, default=now, info=PLACED)
    due_at: Mapped[datetime] = mapped_column(Moment, info=INTERNAL)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, info=INTERNAL)
    answer: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, info=PLACED)
    answered_by: Mapped[str] = mapped_column(String(120), default="", info=PLACED_TEXT)

    placement: Mapped[Placement] = relationship(
        backref=backref("signals", order_by="Signal.raised_at, Signal.id", cascade="all, delete-orphan")
    )


class EvaluationMoment(StrEnum):
    INTERIM = "interim"
    FINAL = "final"


class Evaluation(db.Model):  # type: ignore[name-defined,misc]
    """What one side finds at one moment. Nobody else reads it until all have given theirs, or the term has passed.

    `levels` holds the level seen per learning goal: `{"12": 3}`. `read_in_by` put it here from a file.
    """

    __tablename__ = "evaluations"
    __table_args__ = (UniqueConstraint("placement_id", "moment", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), info=TECHNICAL)
    moment: Mapped[EvaluationMoment] = mapped_column(Code(EvaluationMoment), info=PLACED)
    side: Mapped[PlacementSide] = mapped_column(Code(PlacementSide), info=PLACED)
    part: Mapped[Part] = mapped_column(Code(Part), info=PLACED)
    good: Mapped[str] = mapped_column(Text, info=PLACED_TEXT)
    better: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    enough: Mapped[bool | None] = mapped_column(info=PLACED)
    levels: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PLACED)
    given_at: Mapped[datetime] = mapped_column(Moment, default=now, info=PLACED)
    given_by: Mapped[str] = mapped_column(String(120), info=PLACED_TEXT)
    read_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)

    read_in_by: Mapped[Account | None] = relationship()
    placement: Mapped[Placement] = relationship(
        backref=backref("evaluations", order_by="Evaluation.given_at, Evaluation.id", cascade="all, delete-orphan")
    )


class EvaluationReply(db.Model):  # type: ignore[name-defined,misc]
    """Whether the student agrees with what was found; a no has a reason."""

    __tablename__ = "evaluation_replies"
    __table_args__ = (UniqueConstraint("placement_id", "moment"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"), info=TECHNICAL)
    moment: Mapped[EvaluationMoment] = mapped_column(Code(EvaluationMoment), info=PLACED)
    agrees: Mapped[bool] = mapped_column(info=PLACED)
    reason: Mapped[str] = mapped_column(Text, default="", info=PLACED_TEXT)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=PLACED)

    placement: Mapped[Placement] = relationship(
        backref=backref("evaluation_replies", order_by="EvaluationReply.id", cascade="all, delete-orphan")
    )


class FollowOn(db.Model):  # type: ignore[name-defined,misc]
    """The student lets the municipality keep an eye on them, until a day and no longer than they want."""

    __tablename__ = "follow_ons"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), unique=True, info=TECHNICAL
    )
    until: Mapped[date] = mapped_column(index=True, info=AGREED)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"), index=True, info=TECHNICAL)

    consent: Mapped[Consent | None] = relationship()
    placement: Mapped[Placement] = relationship(
        backref=backref("follow_on", uselist=False, cascade="all, delete-orphan")
    )

    @hybrid_method
    def stands_on(self, day: date) -> bool:
        """Whether the student still lets them on this day."""
        return self.until >= day and self.consent is not None and self.consent.stands

    @stands_on.inplace.expression
    @classmethod
    def _stands_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.until >= day, cls.consent.has(Consent.stands))


class Product(db.Model):  # type: ignore[name-defined,misc]
    """What the student made, described by them, and whether others may find it. The municipality decides to show it."""

    __tablename__ = "placement_products"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), unique=True, info=TECHNICAL
    )
    title: Mapped[str] = mapped_column(String(160), info=AGREED_TEXT)
    summary: Mapped[str] = mapped_column(Text, info=AGREED_TEXT)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"), index=True, info=TECHNICAL)
    shown_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)

    consent: Mapped[Consent | None] = relationship()
    placement: Mapped[Placement] = relationship(backref=backref("product", uselist=False, cascade="all, delete-orphan"))

    @property
    def may_be_found(self) -> bool:
        """Whether the student still lets others find it."""
        return self.consent is not None and self.consent.stands
