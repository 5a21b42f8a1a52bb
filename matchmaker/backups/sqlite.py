"""A SQLite database as one file, as it stood at one moment, while others go on writing."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from matchmaker.backups.archive import BackupUnusable, Manifest, to_disk
from matchmaker.private import make_folder, new_file

NAME = "database.sqlite"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and plays into whatever database comes there."""


def dump(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Copy the database into `folder`, with its number of rows in the manifest."""
    if not Path(str(engine.url.database)).is_file():
        raise BackupUnusable(f"there is no database at {engine.url.database}")
    with engine.connect() as connection, closing(sqlite3.connect(folder / NAME)) as copy:
        connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
        copy.execute("PRAGMA journal_mode=DELETE")
        _check(copy)
        manifest.rows = rows(copy)
        manifest.revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def kept_files(folder: Path) -> list[str]:
    """The keys of the files this copy knows."""
    with closing(sqlite3.connect(folder / NAME)) as copy:
        return [key for (key,) in copy.execute("SELECT key FROM files ORDER BY id")]


def load(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Put the copy where the engine looks, and look again what stands there.

    Raises BackupUnusable when there is a database already, or what one left behind.
    """
    place = Path(str(engine.url.database))
    if found := _in_the_way(place):
        raise BackupUnusable(f"in the way: {', '.join(found)}; move away first, a restore throws nothing away")
    _compare(folder / NAME, manifest)
    engine.dispose()
    _put(folder / NAME, place)
    _compare(place, manifest)


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Tables and their number of rows, without those of the text index."""
    names = connection.execute("SELECT name FROM pragma_table_list WHERE type='table' AND schema='main'").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # nosec B608  # names from the database itself
        for (name,) in sorted(names)
        if not name.startswith("sqlite_")
    }


def _in_the_way(place: Path) -> list[str]:
    """Names of what has to be moved away before a database can come here."""
    database = [place.name] if place.exists() and place.stat().st_size else []
    return database + [place.name + each for each in BESIDE if place.with_name(place.name + each).exists()]


def _put(copy: Path, place: Path) -> None:
    """Nothing stands at the place until all of it does, and nothing that came there meanwhile is written over."""
    make_folder(place.parent)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=place.parent) as folder:
        whole = Path(folder) / NAME
        with copy.open("rb") as content, new_file(whole) as out:
            shutil.copyfileobj(content, out)
        to_disk(whole)
        if place.exists() and not place.stat().st_size:
            place.unlink()
        os.link(whole, place)
    to_disk(place.parent)


def _compare(database: Path, manifest: Manifest) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            _check(connection)
            found = rows(connection)
    except sqlite3.DatabaseError as broken:
        raise BackupUnusable(f"{database.name} is damaged: {broken}") from broken
    if found != manifest.rows:
        raise BackupUnusable(f"{database.name}: the number of rows is not what was written")


def _check(connection: sqlite3.Connection) -> None:
    said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BackupUnusable(f"the database is damaged: {said}")
