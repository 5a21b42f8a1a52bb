"""A restore on SQLite gives what the backup holds: nothing that another database left at the place comes into it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from config import ROOT
from matchmaker.backups import sqlite
from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.backups.archive import BackupUnusable
from matchmaker.database import db
from tests.factories import people

WRITES_AND_IS_KILLED = """
import os, signal, wsgi
from tests.factories import people
from matchmaker.database import db
with wsgi.app.app_context():
    for name in ("een", "twee"):
        people.account(email=f"{name}@later.example")
    db.session.commit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As an operator gives it, in a process of its own, where the machine lets everyone read what is made."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/mm.db", "FILES_FOLDER": f"{folder}/files"}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, umask=0o022
    )


def flask(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return command(folder, "-m", "flask", "--app", "wsgi", *words)


def test_what_a_killed_writer_left_is_named_and_once_it_is_away_the_backup_comes_back(
    committed_app: Flask, tmp_path: Path
) -> None:
    people.account()
    db.session.commit()
    made = back_up(tmp_path / "b")
    restore(tmp_path / "b", tmp_path / "mm.db")
    assert command(tmp_path, "-c", WRITES_AND_IS_KILLED).returncode == -signal.SIGKILL
    (tmp_path / "mm.db").rename(tmp_path / "mm.old")
    refused = flask(tmp_path, "restore", f"{tmp_path}/b")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Error: in the way: mm.db-wal, mm.db-shm; move away first, a restore throws nothing away\n"
    )
    assert not (tmp_path / "mm.db").exists()
    for each in ("-wal", "-shm"):
        (tmp_path / f"mm.db{each}").rename(tmp_path / f"mm.old{each}")
    done = flask(tmp_path, "restore", f"{tmp_path}/b")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "mm.db")) as database:
        assert sqlite.rows(database) == made.rows
    with closing(sqlite3.connect(tmp_path / "mm.old")) as database:
        assert sqlite.rows(database)["accounts"] == 3


def back_up(out: Path) -> sqlite.Manifest:
    return make_backup(out, engine=db.engine, files=out.parent / "files")


def restore(path: Path, place: Path) -> None:
    engine = create_engine(f"sqlite:///{place}")
    restore_backup(
        path, engine=engine, files=place.parent / "files", migrations=ROOT / "migrations", make_schema=lambda _: None
    )


@pytest.mark.parametrize("beside", sqlite.BESIDE)
def test_each_file_that_would_be_played_in_is_refused(committed_app: Flask, tmp_path: Path, beside: str) -> None:
    back_up(tmp_path / "b")
    (tmp_path / f"new.db{beside}").touch()
    with pytest.raises(BackupUnusable, match=f"in the way: new.db{beside};"):
        restore(tmp_path / "b", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_what_is_played_in_by_one_that_still_runs_is_noticed(
    committed_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its log comes to lie beside the place after that was looked at: what stands there is counted again."""
    back_up(tmp_path / "b")
    people.account()
    db.session.commit()
    log = Path(f"{db.engine.url.database}-wal")
    link = os.link

    def meanwhile(source: Path, place: Path) -> None:
        link(source, place)
        shutil.copyfile(log, f"{place}-wal")

    monkeypatch.setattr(os, "link", meanwhile)
    with pytest.raises(BackupUnusable, match="new.db"):
        restore(tmp_path / "b", tmp_path / "new.db")


def test_a_command_that_ends_leaves_one_file_that_nobody_else_reads(tmp_path: Path) -> None:
    """So that a database can be moved by its name; what lies beside one has its rights."""
    for words in (("db", "upgrade"), ("registers", "load"), ("backup", f"{tmp_path}/b")):
        done = flask(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    assert {each.name: oct(each.stat().st_mode & 0o777) for each in tmp_path.iterdir()} == {
        "mm.db": "0o600", "b": "0o600", "files": "0o700",
    }  # fmt: skip


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_written(
    committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    db.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    db.session.commit()
    back_up(tmp_path / "b")
    with pytest.raises(BackupUnusable, match="newer version of the product: revision 9999"):
        restore(tmp_path / "b", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_backup_of_no_database_is_refused_and_makes_none(tmp_path: Path) -> None:
    said = flask(tmp_path, "backup", f"{tmp_path}/b")
    assert (said.returncode, said.stderr) == (1, f"Error: there is no database at {tmp_path}/mm.db\n")
    assert not (tmp_path / "mm.db").exists()


def test_a_database_that_is_away_stops_a_command_with_one_line(tmp_path: Path) -> None:
    said = flask(tmp_path, "audit", "verify")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "Error: De database is leeg of niet bijgewerkt. Geef eerst: flask --app wsgi db upgrade\n"
