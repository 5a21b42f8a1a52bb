"""The worker: letters, jobs and periodic work, in turn, until told to stop. Several may run at once."""

import logging
import signal
import smtplib
import threading
import traceback
from pathlib import Path
from types import FrameType

from matchmaker.audit.actions import coming_from
from matchmaker.clock import now
from matchmaker.database import db, empty_journal
from matchmaker.delivery import send_due
from matchmaker.jobs.actions import claim_job, fail_job, finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.jobs.periods import claim_period, fail_period
from matchmaker.scheduled import ERASE_ACCOUNT, HANDLERS, PERIODIC, Periodic

logger = logging.getLogger(__name__)
LONGEST_PAUSE = 60.0
_OURS = Path(__file__).parent


class Worker:
    """One worker process. Everything it does is claimed in the database first, so workers never double up."""

    def __init__(self, *, pause: float = 1.0) -> None:
        self.pause = pause
        self.stopping = threading.Event()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what was begun is finished first. A missing database is waited for."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        pause = self.pause
        while not self.stopping.is_set():
            try:
                busy = self.do_all_due()
                pause = self.pause
            except Exception:
                logger.exception("the worker stumbled; it tries again")
                db.session.rollback()
                busy, pause = False, min(pause * 2, LONGEST_PAUSE)
            db.session.remove()
            if not busy:
                self.stopping.wait(pause)

    def do_all_due(self) -> bool:
        """One turn; True when there was something to do."""
        busy = False
        for task in PERIODIC:
            busy = self._run_periodic(task) or busy
        busy = self._run_job() or busy
        return self._send_letters() or busy

    def _send_letters(self) -> bool:
        try:
            return send_due() > 0
        except (smtplib.SMTPException, OSError) as away:
            db.session.rollback()
            logger.warning("the mail server is away: %s", type(away).__name__)
            return False

    def _run_periodic(self, task: Periodic) -> bool:
        moment = now()
        period = task.period(moment)
        claimed = claim_period(task.name, period) if period is not None else None
        if period is None or claimed is None:
            db.session.rollback()
            return False
        with coming_from(f"periodic:{task.name}"):
            try:
                task.run(moment)
                db.session.commit()
            except Exception as failure:
                db.session.rollback()
                logger.exception("periodic work failed: %s", task.name)
                fail_period(task.name, period, claimed=claimed, error=kind_and_place(failure))
                db.session.commit()
        return True

    def _run_job(self) -> bool:
        job = claim_job()
        db.session.commit()
        if job is None:
            return False
        erases = job.task == ERASE_ACCOUNT
        with coming_from(f"job:{job.id}"):
            self._do(job, job.id)
        if erases:
            empty_journal()
        return True

    def _do(self, job: Job, job_id: int) -> None:
        try:
            HANDLERS[job.task](job)
            if job.state is JobState.RUNNING:
                finish_job(job, **job.result)
            db.session.commit()
        except Exception as failure:
            db.session.rollback()
            logger.exception("job %s failed", job_id)
            failed = db.session.get(Job, job_id)
            if failed is not None:
                fail_job(failed, kind_and_place(failure))
                db.session.commit()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping.set()


def kind_and_place(failure: Exception) -> str:
    """What kind of failure it is and where in our code it arose. What it says itself is left out: it may name
    someone."""
    places = [(Path(each.filename), each.lineno) for each in traceback.extract_tb(failure.__traceback__)]
    ours = [f"{path.relative_to(_OURS)}:{line}" for path, line in places if path.is_relative_to(_OURS)]
    return f"{type(failure).__name__} in {ours[-1]}"
