"""Figure 11: pages of a coordinator with 2,000 students and 300 places: `python -m bench.placements --help`.

A made-up school in an SQLite database of its own. Each page is asked for in turn, warm, by a client in this process, so
the figure is the time of the server alone; the slowest of all turns stands beside the median.
"""

import argparse
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from bench.measure import card, write
from config import Settings
from matchmaker import create_app
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.accounts.passwords import hash_password
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.organisations.models import Faculty, Membership, Organisation, Programme
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import Contact, Signal
from matchmaker.placements.states import ENDED, PlacementState
from matchmaker.vocabulary import Kind, OrganisationKind, Role, Sector

STUDENTS, PLACES, PROGRAMMES, MUNICIPALITIES = 2_000, 300, 40, 30
TURNS = 20
PASSWORD = "een lang wachtwoord"
PATHS = (
    "/plaatsingen/", "/plaatsingen/?pagina=30", "/plaatsingen/?stand=signalen", "/plaatsingen/?stand=te-laat",
    "/plaatsingen/?q=nummer19", "/plaatsingen/?q=student+water+gemeente", "/plaatsingen/?opleiding=3",
    "/plaatsingen/500",
)  # fmt: skip


def fill() -> Account:
    """The school, its students at their places, and the coordinator."""
    school = _organisation(OrganisationKind.INSTITUTION, "school", Sector.HBO)
    towns = [_organisation(OrganisationKind.MUNICIPALITY, f"gemeente-{each}", None) for each in range(MUNICIPALITIES)]
    faculty = Faculty(organisation=school, name="Faculteit")
    programmes = [Programme(faculty=faculty, name=f"Opleiding {each}", levels=[]) for each in range(PROGRAMMES)]
    coordinator = _account("coordinator")
    db.session.add_all([*programmes, Membership(account=coordinator, organisation=school, role=Role.COORDINATOR)])
    supervisors = [_account(f"begeleider {each}") for each in range(PLACES)]
    for number in range(STUDENTS):
        db.session.add(_placement(number, school, towns, programmes, coordinator, supervisors))
    db.session.commit()
    return coordinator


def _placement(
    number: int,
    school: Organisation,
    towns: list[Organisation],
    programmes: list[Programme],
    coordinator: Account,
    supervisors: list[Account],
) -> Placement:
    state = list(PlacementState)[number % len(PlacementState)]
    made = Placement(
        kind=Kind.GRADUATION,
        programme=programmes[number % PROGRAMMES],
        institution=school,
        municipality=towns[number % MUNICIPALITIES],
        title=f"Plek {number % PLACES} over water en wonen",
        state=state,
        first_day=today() - timedelta(days=60),
        last_day=today() + timedelta(days=60),
        interim_on=today() + timedelta(days=2),
        due_at=None if state in ENDED else now() + timedelta(hours=number - STUDENTS // 2),
        ended_at=now() if state in ENDED else None,
        people=[
            PlacementPerson(part=Part.STUDENT, account=_account(f"Student Nummer{number}")),
            PlacementPerson(part=Part.COORDINATOR, account=coordinator),
            PlacementPerson(part=Part.SUPERVISOR, account=supervisors[number % PLACES]),
            PlacementPerson(part=Part.SCHOOL_SUPERVISOR, name=f"Docent {number % 50}", address="docent@bench.example"),
        ],
    )
    if state is PlacementState.RUNNING:
        made.contacts = [Contact(planned_on=today() + timedelta(days=3))]
        if number % 4 == 0:
            made.signals = [
                Signal(
                    side=PlacementSide.STUDENT,
                    part=Part.STUDENT,
                    to_side=PlacementSide.SCHOOL,
                    text="Kunt u mij bellen?",
                    due_at=now(),
                )
            ]
    return made


def _account(name: str) -> Account:
    address = f"{name.lower().replace(' ', '.')}@bench.example"
    return Account(email=address, display_name=name, status=AccountStatus.ACTIVE, password_hash=_HASH)


def _organisation(kind: OrganisationKind, name: str, sector: Sector | None) -> Organisation:
    return Organisation(kind=kind, code=name, slug=name, name=name.replace("-", " ").capitalize(), sector=sector)


_HASH = hash_password(PASSWORD)


def measure(app: Flask, coordinator: str) -> list[dict[str, Any]]:
    """Milliseconds of each page."""
    client = app.test_client()
    assert client.post("/inloggen", data={"email": coordinator, "password": PASSWORD}).status_code == 302
    rows = []
    for path in PATHS:
        taken = []
        for turn in range(TURNS + 1):
            began = time.perf_counter()
            status = client.get(path).status_code
            if turn:
                taken.append(1000 * (time.perf_counter() - began))
            assert status == 200, f"{path} answers {status}"
        rows.append({"path": path, "milliseconds": statistics.median(taken), "slowest": max(taken)})
        print("11 placements: {path} {milliseconds:.0f} ms, slowest {slowest:.0f} ms".format(**rows[-1]), flush=True)
    return rows


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--json", default="")
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/placements.db"
        app = create_app(Settings(database_url=url, files_folder=Path(folder) / "files", demo=False))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            coordinator = fill().email
            db.session.remove()
        rows = measure(app, coordinator)
    write(asked.json, {"card": card("sqlalchemy", "flask"), "rows": rows})


if __name__ == "__main__":
    main()
