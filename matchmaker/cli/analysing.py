"""`listings analyse` makes the terms of every listing anew that an earlier version of the analysis made."""

import click
from flask import Flask
from flask.cli import AppGroup

from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.listings.analysis import outdated_terms, renew_terms
from matchmaker.listings.search.text_index import index_outdated, renew_vocabulary


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

    @group.command("reindex")
    def reindex() -> None:
        """Make the words anew that listings are found by, where an earlier version of the analysis made them."""
        origin.set("command:reindex")
        done = 0
        while made := index_outdated():
            db.session.commit()
            done += made
            click.echo(f"{done} gedaan", err=True)
        words = renew_vocabulary()
        db.session.commit()
        click.echo(f"{done} teksten opnieuw ontleed om op te zoeken, {words} woorden bekend.")

    app.cli.add_command(group)
