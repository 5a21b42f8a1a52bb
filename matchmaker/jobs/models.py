"""Background work with its progress, and which periodic work has run."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.classification import INTERNAL, TECHNICAL, WHO
from matchmaker.clock import now
from matchmaker.database import Code, Moment, db


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(db.Model):  # type: ignore[name-defined,misc]
    """One piece of work. `lease_until` lets another worker take over when this one died."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_after", "state", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    task: Mapped[str] = mapped_column(String(60), info=TECHNICAL)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    state: Mapped[JobState] = mapped_column(Code(JobState), default=JobState.WAITING, info=TECHNICAL)
    done: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    total: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict, info=INTERNAL)
    error: Mapped[str] = mapped_column(Text, default="", info=TECHNICAL)
    attempts: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), info=INTERNAL)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), info=WHO)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    run_after: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    lease_until: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    finished_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)


class PeriodicRun(db.Model):  # type: ignore[name-defined,misc]
    """A claim on (task, period): the unique key lets one scheduler win. `failed_at` until a next try goes well."""

    __tablename__ = "periodic_runs"
    __table_args__ = (UniqueConstraint("task", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=TECHNICAL)
    task: Mapped[str] = mapped_column(String(60), info=TECHNICAL)
    period: Mapped[str] = mapped_column(String(20), info=TECHNICAL)
    at: Mapped[datetime] = mapped_column(Moment, default=now, info=TECHNICAL)
    failed_at: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
    error: Mapped[str] = mapped_column(String(200), default="", info=TECHNICAL)
    attempts: Mapped[int] = mapped_column(default=0, info=TECHNICAL)
    run_after: Mapped[datetime | None] = mapped_column(Moment, info=TECHNICAL)
