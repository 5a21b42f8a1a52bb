"""A SQLite database as one file, as it stood at one moment, while others go on writing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from matchmaker.backups.archive import BackupUnusable, Manifest

NAME = "database.sqlite"


def dump(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Copy the database into `folder`, with its number of rows in the manifest."""
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
    """Put the copy where the engine looks. Raises BackupUnusable when there is a database already."""
    place = Path(str(engine.url.database))
    if place.exists() and place.stat().st_size:
        raise BackupUnusable(f"{place.name} exists; move it away first, a restore throws nothing away")
    with closing(sqlite3.connect(folder / NAME)) as copy:
        _check(copy)
        if rows(copy) != manifest.rows:
            raise BackupUnusable("the number of rows is not what was written")
    engine.dispose()
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / NAME, place)


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Tables and their number of rows, without those of the text index."""
    names = connection.execute("SELECT name FROM pragma_table_list WHERE type='table' AND schema='main'").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # nosec B608  # names from the database itself
        for (name,) in sorted(names)
        if not name.startswith("sqlite_")
    }


def _check(connection: sqlite3.Connection) -> None:
    said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BackupUnusable(f"the database is damaged: {said}")
