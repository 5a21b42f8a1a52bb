"""Work for later."""

from datetime import datetime, time, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask

from matchmaker.clock import AMSTERDAM, now
from matchmaker.database import db
from matchmaker.jobs.actions import MOST_TURNS, claim_job, enqueue, fail_job, report_progress
from matchmaker.jobs.models import Job, JobState
from matchmaker.jobs.periods import claim_period
from matchmaker.scheduled import HANDLERS, Periodic
from matchmaker.worker import Worker


def test_two_workers_never_take_the_same_job(committed_app: Flask) -> None:
    for _ in range(20):
        enqueue("count", by=None)
    db.session.commit()
    taken: list[int] = []
    barrier = Barrier(4)

    def work() -> None:
        with committed_app.app_context():
            barrier.wait()
            while True:
                job = claim_job()
                number = job.id if job else None
                db.session.commit()
                if number is None:
                    return
                taken.append(number)

    threads = [Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 20


def test_a_job_of_a_dead_worker_is_taken_over_after_its_lease(app: Flask) -> None:
    enqueue("count", by=None)
    first = claim_job()
    assert first is not None and claim_job() is None
    with time_machine.travel(now() + timedelta(minutes=6)):
        again = claim_job()
    assert again is not None and again.id == first.id and again.attempts == 2


def test_progress_keeps_the_lease(app: Flask) -> None:
    enqueue("count", by=None, total=10)
    job = claim_job()
    assert job is not None
    with time_machine.travel(now() + timedelta(minutes=4)):
        report_progress(job, 5)
        db.session.flush()
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert claim_job() is None


def test_a_job_that_keeps_failing_stops_after_three_tries_and_says_why(app: Flask) -> None:
    enqueue("count", by=None)
    for attempt in range(3):
        with time_machine.travel(now() + timedelta(hours=attempt)):
            job = claim_job()
            assert job is not None
            fail_job(job, "de schijf is vol")
            db.session.flush()
    assert (job.state, job.error) == (JobState.FAILED, "de schijf is vol")


def test_a_job_at_which_every_worker_dies_is_given_up_and_the_next_one_goes_on(app: Flask) -> None:
    fatal = enqueue("fatal", by=None)
    for turn in range(MOST_TURNS):
        with time_machine.travel(now() + timedelta(minutes=6 * turn)):
            assert claim_job() is fatal
    other = enqueue("count", by=None)
    with time_machine.travel(now() + timedelta(minutes=6 * MOST_TURNS)):
        assert claim_job() is other
        assert claim_job() is None
    assert fatal.state is JobState.FAILED and "worker" in fatal.error


def test_a_job_that_fails_leaves_nothing_half_done(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(job: Job) -> None:
        enqueue("leftover", by=None)
        raise ValueError("stuk")

    monkeypatch.setitem(HANDLERS, "half", half)
    enqueue("half", by=None)
    db.session.commit()
    Worker().do_all_due()
    assert [job.task for job in db.session.query(Job)] == ["half"]
    assert "ValueError in worker.py" in db.session.query(Job).one().error


def test_a_period_is_claimed_once(app: Flask) -> None:
    assert claim_period("digest", "2026-11-24") is not None
    assert claim_period("digest", "2026-11-24") is None
    assert claim_period("digest", "2026-11-25")


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_daily_task_has_one_period_on_the_nights_the_clock_changes(day: str) -> None:
    task = Periodic("t", lambda _m: None, 1440, time(0, 30))
    start = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=AMSTERDAM)
    end = start + timedelta(days=1)
    moment, periods = start.astimezone(now().tzinfo), set()
    while moment < end.astimezone(now().tzinfo):
        periods.add(task.period(moment))
        moment += timedelta(minutes=10)
    assert periods == {None, day}


def test_an_hourly_task_has_25_periods_on_the_long_day_and_23_on_the_short() -> None:
    task = Periodic("t", lambda _m: None, 60)
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25)):
        start = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=AMSTERDAM).astimezone(now().tzinfo)
        end = (datetime.fromisoformat(f"{day}T00:00") + timedelta(days=1)).replace(tzinfo=AMSTERDAM)
        moment, periods = start, set()
        while moment < end.astimezone(now().tzinfo):
            periods.add(task.period(moment))
            moment += timedelta(minutes=10)
        assert len(periods) == hours
