"""Versions of the weights and of the crosswalk, and changes of the crosswalk that were not wanted.

A version is never changed; a new one replaces it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import INTERNAL, PUBLIC, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class Subject(StrEnum):
    WEIGHTS = "weights"
    CROSSWALK = "crosswalk"


class CatalogueVersion(db.Model):  # type: ignore[name-defined,misc]
    """One published version. `values` is what the engine's own JSON reader takes."""

    __tablename__ = "catalogue_versions"
    __table_args__ = (UniqueConstraint("subject", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    subject: Mapped[Subject] = mapped_column(Code(Subject), info=PUBLIC)
    version: Mapped[str] = mapped_column(String(20), info=PUBLIC)
    values: Mapped[dict[str, Any]] = mapped_column(info=PUBLIC)
    why: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    current: Mapped[bool] = mapped_column(default=False, info=PUBLIC)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)


class CrosswalkDismissal(db.Model):  # type: ignore[name-defined,misc]
    """A change of the crosswalk that the matches suggested and an administrator did not want.

    `decided` is how many matches spoke then; the same change is not proposed again before there are twice as many.
    """

    __tablename__ = "crosswalk_dismissals"
    __table_args__ = (Index("ix_crosswalk_dismissals_work_field_study_field", "work_field", "study_field"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    work_field: Mapped[str] = mapped_column(String(3), info=PUBLIC)
    study_field: Mapped[str] = mapped_column(String(4), info=PUBLIC)
    strength: Mapped[int] = mapped_column(info=PUBLIC)
    decided: Mapped[int] = mapped_column(info=INTERNAL)
    why: Mapped[str] = mapped_column(Text, default="", info=INTERNAL)
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    dismissed_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
