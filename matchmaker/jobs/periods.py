"""Claiming periodic work: once per period, and again after a pause when it failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.jobs.models import PeriodicRun

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 200


def claim_period(task: str, period: str) -> datetime | None:
    """The moment of the claim, for the one scheduler that may run this task for this period; None for any other.

    The claim and the work are one transaction: undone together, so that what failed can be claimed again.
    """
    moment, found = now(), _run_of(task, period)
    if found is not None:
        return moment if _take_again(found, moment) else None
    return moment if _is_first(PeriodicRun(task=task, period=period, at=moment)) else None


def fail_period(task: str, period: str, *, claimed: datetime, error: str) -> None:
    """Note that the work failed, and leave it for a while: longer each time. Nothing when another did it meanwhile."""
    run = _run_of(task, period)
    if run is None:
        run = PeriodicRun(task=task, period=period, at=claimed, attempts=0)
        _put_failure(run, error)
        _is_first(run)
    elif run.at == claimed or run.failed_at is not None:
        _put_failure(run, error)
    db.session.flush()


def failing_runs() -> Sequence[PeriodicRun]:
    """Periodic work of which the newest period failed, the last failure first."""
    newest = select(func.max(PeriodicRun.id)).group_by(PeriodicRun.task)
    failing = select(PeriodicRun).where(PeriodicRun.id.in_(newest), PeriodicRun.failed_at.is_not(None))
    return db.session.scalars(failing.order_by(PeriodicRun.failed_at.desc(), PeriodicRun.id)).all()


def _run_of(task: str, period: str) -> PeriodicRun | None:
    """The claim on a period as it stands in the database."""
    chosen = select(PeriodicRun).where(PeriodicRun.task == task, PeriodicRun.period == period)
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def _take_again(run: PeriodicRun, moment: datetime) -> bool:
    if run.run_after is None:
        return False
    chosen = select(PeriodicRun).where(PeriodicRun.id == run.id, PeriodicRun.run_after <= moment)
    free = db.session.scalar(chosen.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    if free is None:
        return False
    free.at, free.failed_at, free.run_after, free.error = moment, None, None, ""
    db.session.flush()
    return True


def _is_first(run: PeriodicRun) -> bool:
    """Whether nobody else has the period: the unique key lets one win."""
    try:
        with db.session.begin_nested():
            db.session.add(run)
    except IntegrityError:
        return False
    return True


def _put_failure(run: PeriodicRun, error: str) -> None:
    run.failed_at, run.error = now(), error[:LONGEST_ERROR]
    run.run_after = run.failed_at + min(FIRST_PAUSE * 2**run.attempts, LONGEST_PAUSE)
    run.attempts += 1
