"""Each revision goes down and up with data, is killed half way, and is run again; on both databases.

`python -m soak.migrations_killed`: the demo is loaded; then revision by revision down to the first and up again. Each
step is started in a process of its own that is killed after a random part of the time the step takes, some times in a
row, and is then run to its end. After it the database is sound and has as many rows as when nobody killed anything.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time

from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from config import ROOT
from matchmaker.database import db
from matchmaker.demo.load import load_demo
from soak.ground import Ground, asked, ground, tell

Rows = dict[str, int]


def revisions() -> list[str]:
    """From the first to the newest."""
    found = ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
    return [each.revision for each in found][::-1]


def step(here: Ground, to: str, *, up: bool) -> None:
    """In a process of its own: one revision. Says nothing."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1), os.dup2(quiet, 2)
    with here.app():
        (upgrade if up else downgrade)(revision=to)


def start(here: Ground, to: str, *, up: bool) -> multiprocessing.Process:
    made = multiprocessing.get_context("fork").Process(target=step, args=(here, to), kwargs={"up": up})
    made.start()
    return made


def state(here: Ground) -> tuple[str, Rows]:
    """The revision and the rows of every table."""
    with here.app():
        names = [name for name in inspect(db.engine).get_table_names() if not name.startswith("listing_text")]
        rows = {name: db.session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
        at = db.session.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in rows else ""
    return str(at or ""), rows


def is_sound(here: Ground) -> bool:
    """SQLite: its own checks, and every key points somewhere. PostgreSQL keeps its keys by itself."""
    if here.kind != "sqlite":
        return True
    connection = sqlite3.connect(here.url.removeprefix("sqlite:///"))
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    return whole and not lost


def walk(here: Ground, steps: list[tuple[str, bool]]) -> list[tuple[float, Rows]]:
    """Every step with nobody killing: how long it took, and the rows after it."""
    found = []
    for to, up in steps:
        begun = time.monotonic()
        running = start(here, to, up=up)
        running.join()
        if running.exitcode:
            raise RuntimeError(f"{'up' if up else 'down'} to {to} failed")
        found.append((time.monotonic() - begun, state(here)[1]))
    return found


def run(kind: str, kills: int) -> bool:
    known = revisions()
    steps = [(each, False) for each in known[-2::-1]] + [(each, True) for each in known[1:]]
    chance, killed, half_way, wrong = random.Random(1), 0, 0, list[str]()
    with ground(kind) as here:
        with here.app(demo=True):
            load_demo()
            db.session.commit()
        expected = walk(here.copy("undisturbed"), steps)
        for (to, up), (seconds, rows) in zip(steps, expected, strict=True):
            for _ in range(kills):
                running = start(here, to, up=up)
                running.join(chance.uniform(0.3, 1.0) * seconds)
                if running.is_alive() and running.pid:
                    os.kill(running.pid, signal.SIGKILL)
                    killed += 1
                running.join()
                half_way += state(here)[0] != to
                if state(here)[0] == to:
                    break
            if state(here)[0] != to:
                running = start(here, to, up=up)
                running.join()
            at, found = state(here)
            if at != to or not is_sound(here):
                wrong.append(f"{'up' if up else 'down'} to {to}: at {at}")
            if differs := {name for name in rows.keys() | found if rows.get(name) != found.get(name)}:
                wrong.append(f"{'up' if up else 'down'} to {to}: other rows in {sorted(differs)}")
    print("\n".join(wrong), file=sys.stderr, flush=True)
    promises = {"run again after every kill": not wrong, "killed half way": half_way > 0}
    return tell(
        "migrations_killed", promises, database=kind, revisions=len(known), steps=len(steps), kills=killed,
        begun_again=half_way, wrong=len(wrong),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, kills=2)
    kept = True
    for kind in given.databases:
        kept &= run(kind, given.kills)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
