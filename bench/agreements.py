"""How long many agreements take: `python -m bench.agreements [number]`, on a SQLite database of its own.

Queues them as the button for a whole list does; the job draws up, freezes and makes each, and commits after it. Half
way the process that makes them is killed (SIGKILL) and another goes on. Reports the queueing, the making, the median
and slowest of them, how many were there at the kill, and whether each was made once: one agreement, one file, one hash.
"""

import multiprocessing
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from config import Settings
from matchmaker import create_app
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.agreements.drawing_up import make_documents, queue_making
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.states import AgreementState
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.files.models import StoredFile
from matchmaker.jobs.models import Job
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import LearningGoal, Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Kind, OrganisationKind, Sector

NUMBER = 500


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder, _app(Path(folder)).app_context():
        upgrade()
        school, coordinator = _school()
        placements = _approved(school, number)
        began = time.perf_counter()
        job = queue_making(placements, by=Actor(Part.COORDINATOR, coordinator), organisation=school)
        db.session.commit()
        queued, job_id = time.perf_counter() - began, job.id
        db.session.remove()
        db.engine.dispose()
        print(f"{number} agreements: queued in {1000 * queued:.0f} ms")
        first = _made_until_killed(Path(folder), job_id, number // 2)
        second = _make(job_id)
        _report(first, second, number)
        db.session.remove()
        db.engine.dispose()


def _app(folder: Path) -> Flask:
    return create_app(Settings(database_url=f"sqlite:///{folder}/bench.db", files_folder=folder / "files"))


def _made_until_killed(folder: Path, job_id: int, until: int) -> list[float]:
    """Seconds per agreement in a process that is killed in the middle of its work, after it said `until`."""
    told = multiprocessing.get_context("spawn").Queue()
    maker = multiprocessing.get_context("spawn").Process(target=_make_elsewhere, args=(folder, job_id, told))
    maker.start()
    pieces = [told.get() for _ in range(until)]
    assert maker.pid is not None
    os.kill(maker.pid, signal.SIGKILL)
    maker.join()
    return pieces


def _make_elsewhere(folder: Path, job_id: int, told: "multiprocessing.Queue[float]") -> None:
    with _app(folder).app_context():
        for piece in _pieces(job_id):
            told.put(piece)


def _make(job_id: int) -> list[float]:
    return list(_pieces(job_id))


def _pieces(job_id: int) -> Iterator[float]:
    """Seconds of each piece of the job, from where it stands."""
    job = db.session.get(Job, job_id)
    assert job is not None
    last = time.perf_counter()
    for _ in make_documents(job, render_agreement):
        db.session.commit()
        yield time.perf_counter() - last
        last = time.perf_counter()


def _report(first: list[float], second: list[float], number: int) -> None:
    pieces = [*first, *second]
    print(f"made in {sum(pieces):.1f} s of work; killed after {len(first)}, {len(second) - 1} left to the next")
    print(f"one of them: median {1000 * statistics.median(pieces):.0f} ms, slowest {1000 * max(pieces):.0f} ms")
    rows = db.session.query(Agreement).all()
    hashes = {each.document_hash for each in rows if each.state is AgreementState.SIGNING}
    counts = {"agreements": len(rows), "files": db.session.query(StoredFile).count(), "hashes": len(hashes)}
    once = "each made once" if set(counts.values()) == {number} else "NOT each made once"
    print(f"{once}: {counts}")


def _school() -> tuple[Organisation, Account]:
    school = Organisation(
        kind=OrganisationKind.INSTITUTION, code="bench", name="Hogeschool Meting", slug="meting", sector=Sector.HBO
    )
    account = Account(email="meting@school.example", display_name="Meting", status=AccountStatus.ACTIVE)
    db.session.add_all([school, account])
    db.session.flush()
    return school, account


def _approved(school: Organisation, number: int) -> list[Placement]:
    town = Organisation(kind=OrganisationKind.MUNICIPALITY, code="GM9999", name="Meetstad", slug="meetstad")
    programme = Programme(
        faculty=Faculty(organisation=school, name="Meting"), name="Bestuurskunde", levels=["hbo_bachelor"]
    )
    db.session.add_all([town, programme])
    first = today() + timedelta(days=30)
    last = min(first + timedelta(days=120), date(first.year + (first.month > 7), 8, 31))
    made = [_placement(school, town, programme, place, first, last) for place in range(number)]
    db.session.add_all(made)
    db.session.commit()
    return made


def _placement(
    school: Organisation, town: Organisation, programme: Programme, place: int, first: date, last: date
) -> Placement:
    people = [
        PlacementPerson(part=Part.STUDENT, name=f"Student {place}", address=f"student{place}@school.example"),
        PlacementPerson(part=Part.SCHOOL_SUPERVISOR, name="Docent", address="docent@school.example"),
        PlacementPerson(part=Part.SUPERVISOR, name="Begeleider", address="begeleider@stad.example"),
    ]
    return Placement(
        kind=Kind.GRADUATION, institution=school, municipality=town, programme=programme, people=people,
        title=f"Opdracht {place}", state=PlacementState.APPROVED, approved_at=now(), first_day=first, last_day=last,
        hours_per_week=32, weekdays=["mon", "tue", "wed", "thu"], allowance=500, workplace="Stadhuis, Markt 1",
        assignment="Onderzoek hoe bewoners en gemeente samen een park kunnen onderhouden. " * 6,
        goals=[LearningGoal(text=f"Leerdoel {goal} in eigen woorden", position=goal) for goal in range(4)],
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
