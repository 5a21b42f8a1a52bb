"""A backup taken while others write is whole, and comes back as it was; what is no backup is refused before a row is
written."""

import gzip
import io
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from config import ROOT
from matchmaker import create_app
from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.backups.archive import BackupUnusable, Manifest
from matchmaker.database import db
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from tests.conftest import settings_for
from tests.factories import people

MIGRATIONS = ROOT / "migrations"


def schema(revision: str) -> None:
    upgrade(revision=revision)


def filled(app: Flask) -> None:
    """A person whose name is all that could go wrong in a file of text, and a file."""
    people.account(display_name="Tab\tregel\nstreep\\ \\N 'é' \u2028")
    keep(b"inhoud \x00\xff", name="verslag.pdf", media_type="application/pdf", organisation_id=None, by=None)
    db.session.commit()


def back_up(app: Flask, out: Path, **options: str) -> Manifest:
    return make_backup(out, engine=db.engine, files=app.extensions["settings"].files_folder, **options)


def restored(
    path: Path, new_database: Callable[[], str], folder: Path, identity: Path | None = None
) -> tuple[Flask, Manifest]:
    app = create_app(settings_for(new_database(), folder))
    with app.app_context():
        files = app.extensions["settings"].files_folder
        found = restore_backup(
            path, engine=db.engine, files=files, identity=identity, migrations=MIGRATIONS, make_schema=schema
        )
        upgrade()
    return app, found


def rows(app: Flask) -> dict[str, list[str]]:
    with app.app_context():
        found = {
            table.name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{table.name}"'))))  # noqa: S608
            for table in db.metadata.sorted_tables
        }
        db.session.remove()
    return found


def test_all_comes_back(committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]) -> None:
    filled(committed_app)
    made = back_up(committed_app, tmp_path / "b")
    again, found = restored(tmp_path / "b", new_database, tmp_path / "again")
    assert rows(again) == rows(committed_app)
    assert found.rows == made.rows and made.rows["accounts"] == 1 and not made.lost
    with again.app_context():
        assert read(db.session.query(StoredFile).one()) == b"inhoud \x00\xff"
        before = db.session.query(StoredFile).one().id
        row = keep(b"x", name="x", media_type="text/plain", organisation_id=None, by=None)
        assert row.id > before
        db.session.rollback()
        db.engine.dispose()


def test_an_older_database_comes_back_as_this_version(
    committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    filled(committed_app)
    db.session.remove()
    downgrade(revision="0008")
    made = back_up(committed_app, tmp_path / "b")
    assert made.revision == "0008"
    again, _found = restored(tmp_path / "b", new_database, tmp_path / "again")
    with again.app_context():
        assert db.session.scalar(text("SELECT version_num FROM alembic_version")) > "0008"
        assert db.session.scalar(text("SELECT count(*) FROM accounts")) == 1
        db.session.remove()
        db.engine.dispose()


def test_taken_while_others_write_it_is_of_one_moment(
    committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    """Two rows always come together; in every backup there are as many of the one as of the other."""
    stop, written = threading.Event(), [0]

    def write() -> None:
        with committed_app.app_context():
            while not stop.is_set():
                account = people.account()
                keep(b"y" * 5000, name="y", media_type="text/plain", organisation_id=None, by=account)
                db.session.commit()
                written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not written[0]:
            pass
        made = [back_up(committed_app, tmp_path / str(number)) for number in range(3)]
    finally:
        stop.set()
        writer.join()
    assert written[0] > 3
    for number, manifest in enumerate(made):
        assert manifest.rows["accounts"] == manifest.rows["files"] > 0 and not manifest.lost
        again, _found = restored(tmp_path / str(number), new_database, tmp_path / f"again{number}")
        with again.app_context():
            for row in db.session.query(StoredFile):
                assert read(row) == b"y" * 5000
            db.session.remove()
            db.engine.dispose()


def test_encrypted_only_its_key_opens_it(committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]) -> None:
    filled(committed_app)
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# public key\n{identity}\n")
    (tmp_path / "other").write_text(f"{pyrage.x25519.Identity.generate()}\n")
    back_up(committed_app, tmp_path / "b", recipient=str(identity.to_public()))
    assert b"manifest" not in (tmp_path / "b").read_bytes()
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for wrong in (None, tmp_path / "other", tmp_path / "bytes"):
        with pytest.raises(BackupUnusable, match="key"):
            restored(tmp_path / "b", new_database, tmp_path / "again", wrong)
    again, _found = restored(tmp_path / "b", new_database, tmp_path / "again", tmp_path / "key")
    assert rows(again) == rows(committed_app)
    with again.app_context():
        db.engine.dispose()


def test_nothing_is_thrown_away(committed_app: Flask, tmp_path: Path) -> None:
    filled(committed_app)
    back_up(committed_app, tmp_path / "b")
    with pytest.raises(BackupUnusable, match="exists"):
        back_up(committed_app, tmp_path / "b")
    with pytest.raises(BackupUnusable, match="throws nothing away"):
        restore_backup(
            tmp_path / "b", engine=db.engine, files=tmp_path / "f", migrations=MIGRATIONS, make_schema=schema
        )
    assert db.session.query(StoredFile).count() == 1
    assert not list(tmp_path.glob(".backup-*"))


def test_lost_bytes_are_named(committed_app: Flask, tmp_path: Path) -> None:
    filled(committed_app)
    row = db.session.query(StoredFile).one()
    (committed_app.extensions["settings"].files_folder / row.key[:2] / row.key).unlink()
    assert back_up(committed_app, tmp_path / "b").lost == [row.key]


def changed(path: Path, change: Callable[[list[tuple[str, bytes]]], None]) -> None:
    """The same backup with other members."""
    with tarfile.open(path) as tar:
        members = [(each.name, tar.extractfile(each).read()) for each in tar]  # type: ignore[union-attr]
    change(members)
    path.unlink()
    with tarfile.open(path, "x:gz") as tar:
        for name, content in members:
            line = tarfile.TarInfo(name)
            line.size = len(content)
            tar.addfile(line, io.BytesIO(content))


def blank_the_first(members: list[tuple[str, bytes]]) -> None:
    """Of those that hold something; it stays as long as it was."""
    place = next(number for number, (_name, content) in enumerate(members) if content)
    members[place] = (members[place][0], bytes(len(members[place][1])))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda members: members.pop(), "manifest"),
        (lambda members: members.pop(0), "not what was written"),
        (lambda members: members.__setitem__(0, (members[0][0], members[0][1] + b"x")), "not what was written"),
        (lambda members: members.insert(0, ("../../elders", b"x")), "not of a backup"),
        (lambda members: members.insert(0, ("files/" + "0" * 40, b"x")), "not what was written"),
        (lambda members: members.__setitem__(-1, ("manifest.json", b'{"format": 99}')), "format 99"),
        (lambda members: members.__setitem__(-1, ("manifest.json", b"[")), "damaged"),
        (lambda members: members.__setitem__(-1, ("manifest.json", b'{"format": 1, "x": 2}')), "cannot be read"),
        (blank_the_first, "not what was written"),
    ],
)
def test_a_changed_backup_is_refused(
    committed_app: Flask,
    tmp_path: Path,
    new_database: Callable[[], str],
    change: Callable[[list[tuple[str, bytes]]], None],
    says: str,
) -> None:
    back_up(committed_app, tmp_path / "b")
    changed(tmp_path / "b", change)
    with pytest.raises(BackupUnusable, match=says):
        restored(tmp_path / "b", new_database, tmp_path / "again")


@pytest.mark.parametrize(
    "content",
    [b"", b"geen backup", gzip.compress(b"geen tar"), b"\x1f\x8b\x08\x00half"],
    ids=["nothing", "text", "packed text", "half of one"],
)
def test_what_is_no_backup_is_refused(
    content: bytes, tmp_path: Path, new_database: Callable[[], str], app: Flask
) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(BackupUnusable):
        restored(tmp_path / "b", new_database, tmp_path / "again")


def test_the_commands(committed_app: Flask, tmp_path: Path, new_database: Callable[[], str]) -> None:
    """Each in a process of its own, as an operator gives them."""
    filled(committed_app)
    settings = committed_app.extensions["settings"]

    def command(*words: str, url: str, files: Path, key: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"DATABASE_URL": url, "FILES_FOLDER": str(files), "BACKUP_KEY": key, "PATH": "/usr/bin:/bin"}
        program = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)

    made = command("backup-key", str(tmp_path / "key"), url=settings.database_url, files=settings.files_folder)
    key = made.stdout.strip().removeprefix("BACKUP_KEY=")
    done = command("backup", str(tmp_path / "b"), url=settings.database_url, files=settings.files_folder, key=key)
    assert done.returncode == 0 and "1 files" in done.stdout and ", encrypted" in done.stdout, done.stderr
    empty = new_database()
    refused = command("restore", str(tmp_path / "b"), url=empty, files=tmp_path / "r")
    assert refused.returncode == 1 and "--identity" in refused.stderr
    done = command("restore", str(tmp_path / "b"), "--identity", str(tmp_path / "key"), url=empty, files=tmp_path / "r")
    assert done.returncode == 0 and "1 files" in done.stdout, done.stderr
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
