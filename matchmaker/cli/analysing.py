"""`listings analyse` makes the terms of every listing anew that an earlier version of the analysis made."""

import click
from flask import Flask
from flask.cli import AppGroup

from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.listings.analysis import outdated_terms, renew_terms


def register(app: Flask) -> None:
    group = AppGroup("listings", help="Keep what is stored beside offers and needs.")

    @group.command("analyse")
    def analyse() -> None:
        """Make terms anew that an earlier version of the analysis made. Stopped half way it goes on where it was."""
        origin.set("command:analyse")
        waiting, done = outdated_terms(), 0
        db.session.rollback()
        while made := renew_terms():
            db.session.commit()
            done += made
            click.echo(f"{done} van {max(waiting, done)}", err=True)
        click.echo(f"{done} teksten opnieuw ontleed.")

    app.cli.add_command(group)
