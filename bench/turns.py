"""Many who write to SQLite at once: the product's short tries beside the waiting of SQLite itself, in turn.

`python -m bench.turns --turns 5`: four processes with two threads each write a line, hold the turn for 4 ms and wait
for 5 ms on average, for some seconds. The peer is the same product with SQLite's own busy handler (`busy_timeout`),
that asks every 100 ms after the first third of a second. Told by the clock: waiting takes no CPU.
"""

import argparse
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.measure import card, write
from config import Settings
from matchmaker import create_app, database
from matchmaker.database import db

PROCESSES, THREADS, HELD, BETWEEN = 4, 2, 0.004, 0.01
KINDS = ("product", "sqlite")


def write_lines(kind: str, folder: str, seconds: float, found: Any) -> None:
    """One process; puts the seconds each of its lines waited."""
    if kind == "sqlite":
        database.TRY_MILLISECONDS = database.BUSY_SECONDS * 1000
    app, waits = create_app(settings(folder)), list[float]()
    until = time.monotonic() + seconds

    def go() -> None:
        with app.app_context():
            while time.monotonic() < until:
                asked = time.monotonic()
                db.session.execute(text("INSERT INTO turns VALUES (1)"))
                waits.append(time.monotonic() - asked)
                time.sleep(HELD)
                db.session.commit()
                time.sleep(random.random() * BETWEEN)

    threads = [threading.Thread(target=go) for _ in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    found.put(waits)


def settings(folder: str) -> Settings:
    return Settings(database_url=f"sqlite:///{folder}/turns.db", files_folder=Path(folder) / "files")


@contextmanager
def empty_table() -> Any:
    with tempfile.TemporaryDirectory(prefix="matchmaker-turns-") as folder:
        with create_app(settings(folder)).app_context():
            db.session.execute(text("CREATE TABLE turns (number INTEGER)"))
            db.session.commit()
            db.engine.dispose()
        yield folder


def one_turn(kind: str, seconds: float) -> dict[str, float]:
    with empty_table() as folder:
        context = multiprocessing.get_context("spawn")
        found = context.Queue()
        people = [context.Process(target=write_lines, args=(kind, folder, seconds, found)) for _ in range(PROCESSES)]
        for each in people:
            each.start()
        waits = sorted(1000 * wait for _ in people for wait in found.get())
        for each in people:
            each.join()
    at = [waits[int(share * (len(waits) - 1))] for share in (0.5, 0.99, 1)]
    return {"lines": len(waits), "median_ms": at[0], "p99_ms": at[1], "longest_ms": at[2]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--json", default="")
    given = parser.parse_args()
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for _ in range(given.turns):
        for kind in KINDS:
            found[kind].append(one_turn(kind, given.seconds))
    told = {
        kind: {what: statistics.median(each[what] for each in found[kind]) for what in found[kind][0]} for kind in KINDS
    }
    for kind, figures in told.items():
        print(f"{kind}: " + ", ".join(f"{what} {value:.0f}" for what, value in figures.items()))
    lines = [one["lines"] / other["lines"] for one, other in zip(found["product"], found["sqlite"], strict=True)]
    print(f"lines, product to sqlite: {statistics.median(lines):.2f}x (worst turn {min(lines):.2f}x)")
    write(given.json, {"card": card("sqlalchemy"), "turns": found})
    return 0


if __name__ == "__main__":
    sys.exit(main())
