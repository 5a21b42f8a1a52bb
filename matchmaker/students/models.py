"""What a student looks for, and what a programme asks of a placement."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Account
from matchmaker.classification import INTERNAL, SETTING, STUDENT_DATA, STUDENT_TEXT, TECHNICAL, WHO
from matchmaker.clock import now, today
from matchmaker.database import Code, Moment, db
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.vocabulary import Level


class StudentProfile(db.Model):  # type: ignore[name-defined,misc]
    """Programme, level and wishes of one student, and nothing more. Empty wishes mean *all*.

    `stated_at` is when someone said to be 16 or older; without it the profile is only an invitation into a programme.
    Of who is under 18 the month of turning 18 is known (`adult_from`, its first day), and forgotten when it has passed.
    With `alert` a letter tells which fitting offers came online after `told_until`.
    """

    __tablename__ = "student_profiles"

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True, info=WHO)
    institution_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True, info=STUDENT_DATA)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), index=True, info=STUDENT_DATA)
    level: Mapped[Level | None] = mapped_column(Code(Level), info=STUDENT_DATA)
    work_fields: Mapped[list[str]] = mapped_column(default=list, info=STUDENT_DATA)
    starts_on: Mapped[date | None] = mapped_column(info=STUDENT_DATA)
    ends_on: Mapped[date | None] = mapped_column(info=STUDENT_DATA)
    place: Mapped[str] = mapped_column(String(120), default="", info=STUDENT_DATA)
    latitude: Mapped[float | None] = mapped_column(info=STUDENT_DATA)
    longitude: Mapped[float | None] = mapped_column(info=STUDENT_DATA)
    max_distance_km: Mapped[int | None] = mapped_column(info=STUDENT_DATA)
    hours_min: Mapped[int | None] = mapped_column(info=STUDENT_DATA)
    hours_max: Mapped[int | None] = mapped_column(info=STUDENT_DATA)
    workplace_needs: Mapped[str] = mapped_column(Text, default="", info=STUDENT_TEXT)
    stated_at: Mapped[datetime | None] = mapped_column(Moment, info=STUDENT_DATA)
    adult_from: Mapped[date | None] = mapped_column(index=True, info=STUDENT_DATA)
    alert: Mapped[bool] = mapped_column(default=False, info=SETTING)
    told_until: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    account: Mapped[Account] = relationship()
    institution: Mapped[Organisation] = relationship()
    programme: Mapped[Programme | None] = relationship()

    @property
    def is_complete(self) -> bool:
        """Whether this student can be shown places and apply: old enough by their word, in a programme, at a level."""
        return self.stated_at is not None and self.programme_id is not None and self.level is not None

    @property
    def is_minor(self) -> bool:
        """Whether a parent has to sign; in the month someone turns 18 it still is so until the month has passed."""
        if self.adult_from is None:
            return False
        here = today()
        return (here.year, here.month) <= (self.adult_from.year, self.adult_from.month)


class TimeKept(StrEnum):
    """What a programme wants kept of the time a student works; without one nothing."""

    HOURS = "hours"
    DAYS = "days"


class ProgrammeRules(db.Model):  # type: ignore[name-defined,misc]
    """What a programme asks of its placements. Without a row every answer is no."""

    __tablename__ = "programme_rules"

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True, info=TECHNICAL
    )
    no_cv: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    no_talk: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    school_approves: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    blind_until_talk: Mapped[bool] = mapped_column(default=False, info=INTERNAL)
    time_kept: Mapped[TimeKept | None] = mapped_column(Code(TimeKept), info=INTERNAL)
    version: Mapped[int] = mapped_column(default=1, info=TECHNICAL)

    __mapper_args__ = {"version_id_col": version}

    programme: Mapped[Programme] = relationship()
