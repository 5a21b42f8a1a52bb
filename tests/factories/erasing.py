"""What a worker does with the erasures that were asked."""

from sqlalchemy import select

from matchmaker.database import db
from matchmaker.jobs.actions import finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.privacy.erasing import TASK, erase_by_job


def erase_asked() -> None:
    """Do every erasure that waits."""
    waiting = select(Job).where(Job.task == TASK, Job.state == JobState.WAITING).order_by(Job.id)
    for job in db.session.scalars(waiting).all():
        erase_by_job(job)
        finish_job(job, **job.result)
    db.session.flush()
