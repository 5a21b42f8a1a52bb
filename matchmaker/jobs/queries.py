"""Questions about background work."""

from collections.abc import Sequence

from sqlalchemy import func, select

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.jobs.models import Job, JobState


def jobs(*, state: JobState | None = None, limit: int, offset: int = 0) -> tuple[Sequence[Job], int]:
    """Jobs, newest first, and how many there are in all."""
    chosen = select(Job) if state is None else select(Job).where(Job.state == state)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    return db.session.scalars(chosen.order_by(Job.id.desc()).limit(limit).offset(offset)).all(), total


def jobs_by_state() -> dict[JobState, int]:
    """How many jobs are in each state."""
    return dict(db.session.execute(select(Job.state, func.count(Job.id)).group_by(Job.state)).all())


def stumbled_jobs() -> set[int]:
    """The numbers of the jobs that failed and are not given up: they are tried again."""
    unfinished = Job.state.in_([JobState.WAITING, JobState.RUNNING])
    return set(db.session.scalars(select(Job.id).where(unfinished, Job.error != "")))


def job_by_id(job_id: int) -> Job:
    """One job; raises NotFound."""
    found = db.session.get(Job, job_id)
    if found is None:
        raise NotFound()
    return found
