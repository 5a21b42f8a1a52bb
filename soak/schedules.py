"""Scheduled work runs once per period: four schedulers, clock jumps, and the nights the clock changes.

`python -m soak.schedules --days 2`: four processes go through the same nights of summer and winter time in steps of ten
minutes, each with jumps of its own, back and forth. Every run of a task is written down by who ran it.
"""

import multiprocessing
import os
import random
import sys
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import select

from matchmaker.clock import AMSTERDAM, pretending
from matchmaker.database import db
from matchmaker.jobs.models import PeriodicRun
from matchmaker.scheduled import Periodic
from matchmaker.worker import Worker
from soak.ground import Ground, asked, ground, tell

SCHEDULERS = 4
NIGHTS = ("2026-10-25", "2027-03-28")
STEP = timedelta(minutes=10)


def tasks(log: Path) -> list[Periodic]:
    """A task of each kind: every quarter of an hour, every hour, every day; each writes that it ran."""

    def noting(name: str) -> Periodic:
        def run(moment: datetime) -> None:
            with log.open("a") as out:
                out.write(f"{name} {task.period(moment)} {os.getpid()}\n")

        minutes, not_before = {"quarter": (15, time(0)), "hour": (60, time(1)), "day": (1440, time(2, 30))}[name]
        task = Periodic(f"soak_{name}", run, minutes, not_before)
        return task

    return [noting(name) for name in ("quarter", "hour", "day")]


def moments(days: int) -> list[datetime]:
    """Both nights and the days around them, every ten minutes."""
    found = []
    for night in NIGHTS:
        first = datetime.fromisoformat(f"{night}T00:00").replace(tzinfo=AMSTERDAM).astimezone(UTC)
        begin, end = first - timedelta(days=days // 2), first + timedelta(days=days - days // 2)
        found += [begin + STEP * number for number in range(int((end - begin) / STEP))]
    return found


def schedule(here: Ground, log: Path, days: int, number: int, gate: Barrier) -> None:
    """One scheduler. It begins each step with the others; now and then its clock jumps back and forth."""
    chance = random.Random(number)
    with here.app():
        worker = Worker()
        for moment in moments(days):
            gate.wait()
            jumps = [timedelta(0)]
            if chance.random() < 0.1:
                jumps = [timedelta(0), -timedelta(minutes=chance.choice([15, 60, 180])), timedelta(0)]
            for jump in jumps:
                with pretending(moment + jump):
                    for task in tasks(log):
                        worker._run_periodic(task)
                db.session.remove()


def run(here: Ground, days: int) -> bool:
    log = here.folder / "ran.txt"
    log.touch()
    starting = multiprocessing.get_context("fork")
    gate = starting.Barrier(SCHEDULERS)
    running = [starting.Process(target=schedule, args=(here, log, days, number, gate)) for number in range(SCHEDULERS)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    lines = [line.split() for line in log.read_text().splitlines()]
    ran = Counter((name, period) for name, period, _who in lines)
    due = {
        (task.name.removeprefix("soak_"), period)
        for moment in moments(days)
        for task in tasks(log)
        if (period := task.period(moment)) is not None
    }
    with here.app():
        claimed = len(list(db.session.scalars(select(PeriodicRun).where(PeriodicRun.task.like("soak_%")))))
    promises = {
        "every scheduler came to the end": all(each.exitcode == 0 for each in running),
        "each period ran once": set(ran.values()) == {1},
        "no period was passed over": due <= ran.keys(),
        "and each run was claimed": claimed == len(ran),
    }
    return tell(
        "schedules", promises, database=here.kind, schedulers=SCHEDULERS, periods=len(ran),
        shared_out=sorted(Counter(who for _name, _period, who in lines).values()),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, days=2)
    kept = True
    for kind in given.databases:
        with ground(kind) as here:
            kept &= run(here, given.days)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
