"""Making a backup and restoring one."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from matchmaker.backups import postgresql, sqlite
from matchmaker.backups.archive import BackupUnusable, Manifest, decrypt, encrypt, is_encrypted, pack, to_disk, unpack
from matchmaker.clock import now
from matchmaker.private import make_folder


def make_backup(out: Path, *, engine: Engine, files: Path, recipient: str = "") -> Manifest:
    """Database and files as they stand now, in `out`; encrypted when there is a recipient (`age1...`).

    Others may go on writing: the database is read as it was at one moment, and the bytes of a file stay for a day after
    its row went. Nothing stands at `out` until all of it does. Raises BackupUnusable when `out` exists.
    """
    if out.exists():
        raise BackupUnusable(f"{out.name} exists; a backup throws nothing away")
    with _beside(out) as folder:
        work = Path(folder)
        (work / "database").mkdir()
        manifest = Manifest(dialect=engine.dialect.name, revision="", made_at=now().isoformat())
        database = sqlite if engine.dialect.name == "sqlite" else postgresql
        database.dump(engine, work / "database", manifest)
        keys = database.kept_files(work / "database")
        pack(work / "database", manifest, _present(keys, files, manifest), work / "plain")
        if recipient:
            encrypt(work / "plain", work / "sealed", recipient)
        whole = work / ("sealed" if recipient else "plain")
        to_disk(whole)
        os.link(whole, out)
        to_disk(out.parent)
    return manifest


def restore_backup(
    path: Path,
    *,
    engine: Engine,
    files: Path,
    identity: Path | None = None,
    migrations: Path,
    make_schema: Callable[[str], None],
) -> Manifest:
    """Put a backup into an empty database and the folder of files.

    Everything is checked before the first row is written. `migrations` holds the revisions this version knows;
    `make_schema` makes the schema of one in the empty database; bringing it to the newest is up to the caller.
    Raises BackupUnusable.
    """
    if not path.is_file():
        raise BackupUnusable(f"{path.name} is no file")
    make_folder(files)
    with _beside(files / "restore") as folder:
        work = Path(folder)
        plain = path
        if is_encrypted(path):
            plain = work / "plain"
            decrypt(path, plain, identity)
        (work / "content").mkdir()
        manifest = unpack(plain, work / "content")
        if manifest.dialect != engine.dialect.name:
            raise BackupUnusable(f"made from {manifest.dialect}; it cannot go into {engine.dialect.name}")
        if manifest.revision not in {each.revision for each in ScriptDirectory(str(migrations)).walk_revisions()}:
            raise BackupUnusable(
                f"made by a newer version of the product: revision {manifest.revision} is unknown here"
            )
        if engine.dialect.name == "sqlite":
            sqlite.load(engine, work / "content", manifest)
        else:
            postgresql.load(engine, work / "content", manifest, make_schema=make_schema)
        for content in sorted((work / "content").glob("files/*")):
            place = files / content.name[:2] / content.name
            make_folder(place.parent)
            content.replace(place)
    return manifest


def _present(keys: list[str], files: Path, manifest: Manifest) -> Iterator[tuple[str, Path]]:
    """The files of these keys; those whose bytes are gone are named in the manifest."""
    for key in keys:
        path = files / key[:2] / key
        if path.is_file():
            yield key, path
        else:
            manifest.lost.append(key)


def _beside(out: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for the work, for this user only, on the disk of the result, gone afterwards."""
    return tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent)
