"""`backup FILE`, `restore FILE` and `backup-key FILE`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pyrage
from flask import Flask, current_app
from flask_migrate import upgrade

from config import ROOT
from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.backups.archive import BackupUnusable, Manifest
from matchmaker.database import db
from matchmaker.private import new_file

TO_MAKE = click.Path(path_type=Path, dir_okay=False)
TO_READ = click.Path(path_type=Path, dir_okay=False, exists=True)


def register(app: Flask) -> None:
    app.cli.command("backup")(click.argument("file", type=TO_MAKE)(_backup))
    keyed = click.option("--identity", type=TO_READ, help="The file with the secret age key.")(_restore)
    app.cli.command("restore")(click.argument("file", type=TO_READ)(keyed))
    app.cli.command("backup-key")(click.argument("file", type=TO_MAKE)(_backup_key))


def _backup(file: Path) -> None:
    """Write database and files into FILE. The product may go on running."""
    settings = current_app.extensions["settings"]
    with _refusing():
        made = make_backup(file, engine=db.engine, files=settings.files_folder, recipient=settings.backup_key)
    sealed = "encrypted" if settings.backup_key else "NOT encrypted: set BACKUP_KEY"
    click.echo(f"{file.name}: {_content(made)}, {file.stat().st_size:,} bytes, {sealed}.")
    if made.lost:
        click.echo(f"{len(made.lost)} files had no bytes any more: {', '.join(made.lost[:5])}", err=True)


def _restore(file: Path, identity: Path | None) -> None:
    """Put FILE into an empty database and the folder of files, and bring it to this version."""
    with _refusing():
        found = restore_backup(
            file,
            engine=db.engine,
            files=current_app.extensions["settings"].files_folder,
            identity=identity,
            migrations=ROOT / "migrations",
            make_schema=lambda revision: upgrade(revision=revision),
        )
    upgrade()
    click.echo(f"Restored what {file.name} held on {found.made_at}: {_content(found)}.")


def _backup_key(file: Path) -> None:
    """Make a key: the secret half goes into FILE, the public half is for BACKUP_KEY."""
    identity = pyrage.x25519.Identity.generate()
    with _refusing(), new_file(file) as out:
        out.write(f"# public key: {identity.to_public()}\n{identity}\n".encode())
    click.echo(f"BACKUP_KEY={identity.to_public()}")
    click.echo(f"Keep {file.name} away from this server: without it no backup can be read.", err=True)


@contextmanager
def _refusing() -> Iterator[None]:
    """What cannot be done ends the command with one line."""
    try:
        yield
    except (BackupUnusable, OSError) as refused:
        raise click.ClickException(str(refused)) from refused


def _content(manifest: Manifest) -> str:
    files = sum(name.startswith("files/") for name in manifest.members)
    return f"{sum(manifest.rows.values()):,} rows in {len(manifest.rows)} tables, {files:,} files"
