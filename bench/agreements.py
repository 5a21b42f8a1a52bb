"""How long many agreements take: `python -m bench.agreements [number]`, on a SQLite database of its own.

Queues them as the button for a whole list does; the job draws up, freezes and makes each, and commits after it.
Reports the queueing, the making, and the median and slowest of them.
"""

import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade

from config import Settings
from matchmaker import create_app
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.agreements.drawing_up import make_documents, queue_making
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import LearningGoal, Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Kind, OrganisationKind, Sector

NUMBER = 500


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/bench.db", files_folder=Path(folder) / "files"))
        with app.app_context():
            upgrade()
            school, coordinator = _school()
            placements = _approved(school, number)
            measure(placements, school, Actor(Part.COORDINATOR, coordinator))
            db.session.remove()
            db.engine.dispose()


def measure(placements: list[Placement], school: Organisation, by: Actor) -> None:
    began = time.perf_counter()
    job = queue_making(placements, by=by, organisation=school)
    db.session.commit()
    queued = last = time.perf_counter()
    pieces: list[float] = []
    for _ in make_documents(job, render_agreement):
        db.session.commit()
        pieces.append(time.perf_counter() - last)
        last = time.perf_counter()
    made = len(placements) - len(job.result["failed"])
    print(f"{made} agreements: queued in {1000 * (queued - began):.0f} ms, made in {last - queued:.1f} s")
    print(f"one of them: median {1000 * statistics.median(pieces):.0f} ms, slowest {1000 * max(pieces):.0f} ms")


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
