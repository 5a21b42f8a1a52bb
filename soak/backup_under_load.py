"""Backups taken while others write are whole and come back; 100,000 rows within ten minutes, each way.

`python -m soak.backup_under_load --backups 20 --rows 100000`. Each writer adds a person and a file in one transaction,
over the network of the database, in a process of its own; so every backup holds as many of one as of the other.
"""

import subprocess
import sys
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, func, select, text

from config import ROOT
from matchmaker.accounts.models import Account
from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.database import db
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from matchmaker.seed.load import load_seed
from soak.ground import Ground, asked, ground, percentile, tell, with_database
from tests.factories import people

WRITERS = 2
PROMISED = 600.0
"""Seconds for the largest backup, and for bringing it back."""
CONTENT = b"y" * 5000


def write_on() -> None:
    """`python -c`: a writer, until it is ended."""
    while True:
        person = people.account(email=f"schrijver-{time.time_ns()}@test.example")
        keep(CONTENT, name="y", media_type="text/plain", organisation_id=None, by=person)
        db.session.commit()
        db.session.remove()
        time.sleep(0.02)


def writer(here: Ground) -> subprocess.Popen[bytes]:
    program = "from config import read_settings; from matchmaker import create_app; app = create_app(read_settings())\n"
    program += "with app.app_context():\n from soak.backup_under_load import write_on; write_on()"
    return subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=here.environment())


def empty_beside(here: Ground, number: int) -> Ground:
    """Another empty database of the same kind."""
    folder = here.folder / f"again-{number}"
    folder.mkdir()
    if here.kind == "sqlite":
        return Ground(f"sqlite:///{folder}/soak.db", folder)
    name = f"again_{number}"
    engine = create_engine(here.url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return Ground(with_database(here.url, name), folder)


def schema(revision: str) -> None:
    upgrade(revision=revision)


def whole_again(here: Ground, path: Path, number: int, expected: dict[str, int]) -> tuple[bool, float]:
    """Whether a backup comes back as it says it is, and how long that took."""
    again = empty_beside(here, number)
    with again.app() as app:
        begun = time.monotonic()
        files = app.extensions["settings"].files_folder
        found = restore_backup(
            path,
            engine=db.engine,
            files=files,
            migrations=ROOT / "migrations",
            make_schema=lambda revision: upgrade(revision=revision),
        )
        seconds = time.monotonic() - begun
        written = db.session.scalar(select(func.count(Account.id)).where(Account.email.like("schrijver-%")))
        stored = list(db.session.scalars(select(StoredFile)))
        same = found.rows == expected and len(stored) == written and all(read(each) == CONTENT for each in stored)
    return same, seconds


def rows_of(app: Flask) -> int:
    return sum(
        db.session.scalar(text(f'SELECT count(*) FROM "{table.name}"')) or 0 for table in db.metadata.sorted_tables
    )


def run(here: Ground, backups: int, rows: int) -> bool:
    with here.app() as app:
        load_seed(offers=max(rows // 6, 100), needs=max(rows // 30, 20), seed=1, say=lambda done, total: None)
        db.session.commit()
        files, total = app.extensions["settings"].files_folder, rows_of(app)
        db.session.remove()
        writers = [writer(here) for _ in range(WRITERS)]
        while not any(files.glob("*/*")):
            time.sleep(0.1)
        made, took = [], []
        for number in range(backups):
            begun = time.monotonic()
            manifest = make_backup(here.folder / f"backup-{number}", engine=db.engine, files=files)
            took.append(time.monotonic() - begun)
            made.append(manifest)
            db.session.remove()
        died = [each.poll() for each in writers if each.poll() is not None]
        for each in writers:
            each.kill()
            each.wait()
    whole, back = 0, []
    for number, manifest in enumerate(made):
        same, seconds = whole_again(here, here.folder / f"backup-{number}", number, manifest.rows)
        whole += same and not manifest.lost
        back.append(seconds)
    grew = sum(made[-1].rows.values()) - sum(made[0].rows.values())
    promises = {
        "every backup is whole": whole == backups,
        "made in ten minutes": max(took) < PROMISED,
        "restored in ten minutes": max(back) < PROMISED,
        "others wrote meanwhile": grew > 0 and not died,
    }
    return tell(
        "backup_under_load", promises, database=here.kind, backups=backups, whole=whole, rows=total,
        written_meanwhile=grew, slowest_backup_s=round(max(took), 1), slowest_restore_s=round(max(back), 1),
        p50_ms=percentile(took, 0.5),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, backups=20, rows=100_000)
    kept = True
    for kind in given.databases:
        with ground(kind) as here:
            kept &= run(here, given.backups, given.rows)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
