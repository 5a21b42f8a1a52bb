"""Queueing, claiming and finishing work."""

import os
import socket
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidMove
from matchmaker.jobs.models import Job, JobState

LEASE = timedelta(minutes=5)
ATTEMPTS = 3
MOST_TURNS = 20
"""So often a worker takes up a job, those included at which it died. More than ATTEMPTS: a long job goes on where the
last one ended."""


def enqueue(
    task: str, *, by: Identified | None, organisation_id: int | None = None, total: int = 0, **values: Any
) -> Job:
    """Queue work in the transaction of the change."""
    job = Job(
        task=task, values=values, total=total, created_by_id=by.id if by else None, organisation_id=organisation_id
    )
    db.session.add(job)
    db.session.flush()
    return job


def claim_job() -> Job | None:
    """Take the oldest waiting job, or one whose worker died. Two workers never take the same one.

    A job at which one worker after another died is not taken again: it is shown as failed.
    """
    moment = now()
    free = or_(
        (Job.state == JobState.WAITING) & (Job.run_after <= moment),
        (Job.state == JobState.RUNNING) & (Job.lease_until < moment),
    )
    job_id = db.session.scalar(
        select(Job.id).where(free).order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
    )
    if job_id is None:
        return None
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, free)
        .values(state=JobState.RUNNING, lease_until=moment + LEASE, attempts=Job.attempts + 1)
    )
    if not taken.rowcount:
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    if job.attempts <= MOST_TURNS:
        return job
    fail_job(job, "the worker ended each time at this job")
    return claim_job()


def report_progress(job: Job, done: int) -> None:
    """Say how far it is, and keep the lease."""
    job.done = done
    job.lease_until = now() + LEASE


def take_job(job: Job) -> None:
    """Do this job here and now; no worker takes it unless its lease runs out."""
    job.state, job.attempts, job.lease_until = JobState.RUNNING, job.attempts + 1, now() + LEASE
    job.values = {**job.values, "taken_by": [socket.gethostname(), os.getpid(), job.attempts]}
    db.session.flush()


def runs_elsewhere(job: Job) -> bool:
    """Whether another process is at it: its lease still runs, and it was not taken here by a process that is gone."""
    if job.state is not JobState.RUNNING or job.lease_until is None or job.lease_until < now():
        return False
    machine, process, attempt = job.values.get("taken_by", ("", 0, 0))
    if (machine, attempt) != (socket.gethostname(), job.attempts):
        return True
    return process != os.getpid() and _is_alive(process)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def advance(job: Job, *, since: int, done: int) -> None:
    """Say how far it is, unless another process went on with the same job since: then raises InvalidMove.

    In the transaction of the work itself, so that of two who do the same piece only one keeps it.
    """
    moved = db.session.execute(
        update(Job).where(Job.id == job.id, Job.done == since).values(done=done, lease_until=now() + LEASE)
    )
    if not moved.rowcount:
        raise InvalidMove(state="running", action="advance")
    db.session.refresh(job)


def finish_job(job: Job, **result: Any) -> None:
    """The work is done."""
    job.state, job.result, job.finished_at, job.lease_until = JobState.DONE, result, now(), None
    job.error = ""


def fail_job(job: Job, error: str) -> None:
    """Try again later, at most three times; after that an administrator sees it."""
    job.error, job.lease_until = error[:4000], None
    if job.attempts < ATTEMPTS:
        job.state, job.run_after = JobState.WAITING, now() + timedelta(seconds=10 * 4**job.attempts)
    else:
        job.state, job.finished_at = JobState.FAILED, now()


def try_job_again(job: Job, *, by: Identified) -> None:
    """Let a failed job run once more, from the start. Raises InvalidMove for any other."""
    if job.state is not JobState.FAILED:
        raise InvalidMove(state=job.state.value, action="try_again")
    job.state, job.attempts, job.error, job.finished_at = JobState.WAITING, 0, "", None
    job.run_after = now()
    db.session.flush()
    record("try_job_again", about=job, by=by)
