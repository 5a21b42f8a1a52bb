"""`backup FILE`, `restore FILE` and `backup-key FILE`."""

import os
from pathlib import Path

import click
import pyrage
from flask import Flask, current_app
from flask_migrate import upgrade

from matchmaker.backups.actions import make_backup, restore_backup
from matchmaker.backups.archive import BackupUnusable, Manifest
from matchmaker.database import db


def register(app: Flask) -> None:
    @app.cli.command("backup")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def backup(file: Path) -> None:
        """Write database and files into FILE. The product may go on running."""
        settings = current_app.extensions["settings"]
        try:
            made = make_backup(file, engine=db.engine, files=settings.files_folder, recipient=settings.backup_key)
        except (BackupUnusable, OSError) as refused:
            raise click.ClickException(str(refused)) from refused
        sealed = "encrypted" if settings.backup_key else "NOT encrypted: set BACKUP_KEY"
        click.echo(f"{file.name}: {_content(made)}, {file.stat().st_size:,} bytes, {sealed}.")
        if made.lost:
            click.echo(f"{len(made.lost)} files had no bytes any more: {', '.join(made.lost[:5])}", err=True)

    @app.cli.command("restore")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--identity", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Secret age key.")
    def restore(file: Path, identity: Path | None) -> None:
        """Put FILE into an empty database and the folder of files, and bring it to this version."""
        settings = current_app.extensions["settings"]
        try:
            found = restore_backup(
                file,
                engine=db.engine,
                files=settings.files_folder,
                identity=identity,
                make_schema=lambda revision: upgrade(revision=revision),
            )
        except (BackupUnusable, OSError) as refused:
            raise click.ClickException(str(refused)) from refused
        upgrade()
        click.echo(f"Restored what {file.name} held on {found.made_at}: {_content(found)}.")

    @app.cli.command("backup-key")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def backup_key(file: Path) -> None:
        """Make a key: the secret half goes into FILE, the public half is for BACKUP_KEY."""
        identity = pyrage.x25519.Identity.generate()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as refused:
            raise click.ClickException(f"{file.name} exists") from refused
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(f"# public key: {identity.to_public()}\n{identity}\n")
        click.echo(f"BACKUP_KEY={identity.to_public()}")
        click.echo(f"Keep {file.name} away from this server: without it no backup can be read.", err=True)


def _content(manifest: Manifest) -> str:
    files = sum(name.startswith("files/") for name in manifest.members)
    return f"{sum(manifest.rows.values()):,} rows in {len(manifest.rows)} tables, {files:,} files"
