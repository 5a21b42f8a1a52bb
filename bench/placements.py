"""Figure 11: pages of a coordinator with 2,000 students and 300 places, and what fits a student: `--help` for more.

A made-up school (`bench/campus.py`) in an SQLite database of its own. Each page is asked for in turn, warm, by a client
in this process, so the figure is the time of the server alone: CPU and by the clock, and the slowest turn of each.
After the pages the round is held: 2,000 students with ten wishes, its certificate, and the placements it leads to.
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

from bench.campus import PASSWORD, fill
from bench.measure import card, write
from config import Settings
from matchmaker import create_app
from matchmaker.clock import today
from matchmaker.cohorts.actions import begin_run
from matchmaker.cohorts.giving import give, solve
from matchmaker.cohorts.models import CohortRound, CohortStudent
from matchmaker.cohorts.opening import begin_opening, open_placements
from matchmaker.database import db

TURNS = 15
ROUND = "/school/rondes/1"
OF_COORDINATOR = (
    "/plaatsingen/", "/plaatsingen/?pagina=30", "/plaatsingen/?stand=signalen", "/plaatsingen/?stand=te-laat",
    "/plaatsingen/?q=nummer19", "/plaatsingen/?q=student+water+gemeente", "/plaatsingen/?opleiding=3",
    "/plaatsingen/500", "/school/studenten", "/school/studenten?pagina=40", "/school/studenten?stand=zoekt-nog",
    "/school/studenten?q=nummer19", "/school/rondes", ROUND, f"{ROUND}/plekken",
)  # fmt: skip
OF_STUDENT = ("/student/", "/student/?soort=work_placement", "/student/reacties", "/student/rondes/1")
OF_OFFICER = ("/gemeente/studenten", "/gemeente/rondes")


def measure(app: Flask, address: str, paths: tuple[str, ...], *, turns: int) -> list[dict[str, Any]]:
    """Milliseconds of each page for one person."""
    client = app.test_client()
    assert client.post("/inloggen", data={"email": address, "password": PASSWORD}).status_code == 302
    rows = []
    for path in paths:
        clock, cpu = [], []
        for turn in range(turns + 1):
            began, began_cpu = time.perf_counter(), time.process_time()
            status = client.get(path).status_code
            if turn:
                clock.append(1000 * (time.perf_counter() - began))
                cpu.append(1000 * (time.process_time() - began_cpu))
            assert status == 200, f"{path} answers {status}"
        median = {"cpu": statistics.median(cpu), "clock": statistics.median(clock)}
        rows.append({"path": path, **median, "slowest_cpu": max(cpu), "slowest": max(clock)})
        said = "11 {path}: CPU {cpu:.0f} ms, slowest {slowest_cpu:.0f}; clock {clock:.0f} ms, slowest {slowest:.0f}"
        print(said.format(**rows[-1]), flush=True)
    return rows


def hold() -> dict[str, float]:
    """CPU seconds of solving the round alone, of giving it in the database, and of opening the placements."""
    cohort = db.session.get_one(CohortRound, 1)
    taken = {"solve": _seconds(lambda: _solve(cohort))}
    cohort.wishes_until = today() - timedelta(days=1)
    begin_run(cohort, by=cohort.created_by)
    taken["give"] = _seconds(lambda: (give(cohort), db.session.commit()))
    taken["placed"] = cohort.placed
    job = begin_opening(cohort, by=cohort.created_by)
    taken["open"] = _seconds(lambda: [db.session.commit() for _ in open_placements(job)])
    print("11 round: solved with its certificate in {solve:.2f} s of CPU, {placed} places given in {give:.1f} s, "
          "their placements opened in {open:.1f} s".format(**taken), flush=True)  # fmt: skip
    return taken


def _solve(cohort: CohortRound) -> None:
    wishes = {
        each.reference: [wish.offer.reference for wish in each.wishes]
        for each in db.session.query(CohortStudent).filter_by(round_id=cohort.id)
    }
    places = {each.offer.reference: each.places for each in cohort.places}
    took = _seconds(lambda: solve(wishes, places, seed=cohort.seed))
    print(f"11 round: {len(wishes)} students, {sum(map(len, wishes.values()))} wishes; the loops alone {took:.2f} s")


def _seconds(work: Any) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--json", default="")
    told.add_argument("--turns", type=int, default=TURNS)
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/placements.db"
        app = create_app(Settings(database_url=url, files_folder=Path(folder) / "files", second_step=False))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            here = fill()
            readers = {
                here.students[7].email: OF_STUDENT,
                here.officer.email: OF_OFFICER,
                here.coordinator.email: OF_COORDINATOR,
            }
            db.session.remove()
        rows = [row for who, paths in readers.items() for row in measure(app, who, paths, turns=asked.turns)]
        with app.app_context():
            held = hold()
    write(asked.json, {"card": card("sqlalchemy", "flask", "numpy"), "rows": rows, "round": held})


if __name__ == "__main__":
    main()
