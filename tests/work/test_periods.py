"""Periodic work that fails: the rest goes on, it is tried again after a while, and an administrator sees it."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask

from matchmaker import worker
from matchmaker.audit.actions import origin
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import PeriodicRun
from matchmaker.jobs.periods import FIRST_PAUSE, LONGEST_PAUSE, claim_period, fail_period, failing_runs
from matchmaker.jobs.queries import job_by_id
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, LetterStatus, Topic
from matchmaker.scheduled import HANDLERS, Periodic
from matchmaker.worker import Worker
from tests.factories import people

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Runs:
    """A task that fails until it is mended, and one after it; each with the moments it ran."""

    def __init__(self) -> None:
        self.broken = True
        self.tried: list[datetime] = []
        self.other: list[datetime] = []

    def fail(self, moment: datetime) -> None:
        self.tried.append(moment)
        people.account(email=f"{len(self.tried)}@half.example")
        db.session.flush()
        if self.broken:
            raise ValueError("Noor de Vries is de laatste")

    def tasks(self) -> tuple[Periodic, ...]:
        return Periodic("failing", self.fail, 1440), Periodic("other", self.other.append, 15)


@pytest.fixture
def runs(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    found = Runs()
    monkeypatch.setattr(worker, "PERIODIC", found.tasks())
    with time_machine.travel(NOON, tick=False):
        yield found


def turn(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        Worker().do_all_due()


def a_letter() -> int:
    made = queue_letter("account_unused", topic=Topic.ACCOUNT, to=people.account(), path="/inloggen",
                        goes_on="2027-01-01")  # fmt: skip
    assert made is not None
    db.session.flush()
    return made.id


def test_letters_jobs_and_other_work_go_on(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setitem(HANDLERS, "count", lambda job: done.append(job.id))
    job, letter = enqueue("count", by=None).id, a_letter()
    db.session.commit()
    Worker().do_all_due()
    assert (runs.other, done) == ([NOON], [job])
    assert db.session.get_one(Letter, letter).status is LetterStatus.SENT
    assert [each.task for each in failing_runs()] == ["failing"]


def test_it_is_left_for_a_while_each_time_longer_and_leaves_nothing_half_done(runs: Runs) -> None:
    for minutes in (0, 1, 4, 6, 8, 15, 17, 30, 36, 50, 76, 120):
        turn(NOON + timedelta(minutes=minutes))
    assert [(each - NOON) // timedelta(minutes=1) for each in runs.tried] == [0, 6, 17, 50, 120]
    run = db.session.query(PeriodicRun).filter_by(task="failing").one()
    assert run.attempts == 5 and run.run_after == runs.tried[-1] + LONGEST_PAUSE
    assert db.session.execute(db.text("SELECT count(*) FROM accounts WHERE email LIKE '%half.example'")).scalar() == 0


def test_once_it_goes_well_it_rests_until_its_next_period_and_nothing_is_told(runs: Runs) -> None:
    turn(NOON)
    runs.broken = False
    for minutes in (6, 7, 120):
        turn(NOON + timedelta(minutes=minutes))
    assert len(runs.tried) == 2 and failing_runs() == []
    turn(NOON + timedelta(days=1))
    assert len(runs.tried) == 3


def test_a_next_period_tells_of_itself_alone(runs: Runs) -> None:
    turn(NOON)
    runs.broken = False
    turn(NOON + timedelta(days=1))
    assert failing_runs() == []


def test_of_several_workers_one_tries_again(committed_app: Flask) -> None:
    claimed = claim_period("failing", "2026-11-24")
    assert claimed is not None
    db.session.rollback()
    fail_period("failing", "2026-11-24", claimed=claimed, error="ValueError")
    db.session.commit()
    won: list[bool] = []
    barrier = Barrier(4)

    def work() -> None:
        with committed_app.app_context():
            barrier.wait()
            taken = claim_period("failing", "2026-11-24")
            won.append(taken is not None)
            db.session.commit()

    with time_machine.travel(now() + FIRST_PAUSE + timedelta(seconds=1)):
        threads = [Thread(target=work) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert sorted(won) == [False, False, False, True]


def test_what_another_did_well_meanwhile_is_not_called_failed(committed_app: Flask) -> None:
    claimed = claim_period("failing", "2026-11-24")
    assert claimed is not None
    db.session.rollback()
    assert claim_period("failing", "2026-11-24") is not None
    db.session.commit()
    fail_period("failing", "2026-11-24", claimed=claimed, error="ValueError")
    db.session.commit()
    assert failing_runs() == [] and claim_period("failing", "2026-11-24") is None


def test_work_that_kept_a_part_before_it_failed_is_tried_again_too(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_moment: datetime) -> None:
        db.session.commit()
        raise ValueError

    monkeypatch.setattr(worker, "PERIODIC", (Periodic("half", half, 1440),))
    turn(NOON)
    run = db.session.query(PeriodicRun).one()
    assert (run.failed_at, run.run_after) == (NOON, NOON + FIRST_PAUSE)


def test_what_is_kept_of_a_failure_names_nobody(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(NOON)
    lost = Periodic("lost", lambda _moment: job_by_id(0), 1440)
    monkeypatch.setattr(worker, "PERIODIC", (lost,))
    turn(NOON)
    errors = {each.task: each.error.rstrip("0123456789") for each in failing_runs()}
    assert errors == {"failing": "ValueError in worker.py:", "lost": "NotFound in jobs/queries.py:"}


def test_each_piece_of_work_has_its_own_origin_and_a_letter_that_of_its_change(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: dict[str, str] = {}

    def note(name: str) -> None:
        seen[name] = origin.get()

    before = origin.get()
    monkeypatch.setattr(worker, "PERIODIC", (Periodic("noting", lambda _moment: note("periodic"), 15),))
    monkeypatch.setitem(HANDLERS, "note", lambda _job: note("job"))
    job, letter = enqueue("note", by=None).id, a_letter()
    db.session.get_one(Letter, letter).origin = "abcdef12"
    db.session.commit()
    with caplog.at_level(logging.INFO):
        caplog.handler.addFilter(lambda record: not note(record.name))
        Worker().do_all_due()
    assert seen == {"periodic": "periodic:noting", "job": f"job:{job}", "matchmaker.delivery": "abcdef12"}
    assert origin.get() == before
