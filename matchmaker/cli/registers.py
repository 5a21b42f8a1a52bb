"""`registers load`: municipalities, schools, their mail domains and competences into the database."""

import click
from flask import Flask
from flask.cli import AppGroup

from matchmaker.competences.loading import load_competences
from matchmaker.database import db
from matchmaker.organisations.registers import load_registers


def register(app: Flask) -> None:
    group = AppGroup("registers", help="The registers the product ships with.")

    @group.command("load")
    def load() -> None:
        """Bring the organisations up to date with the registers; safe to repeat."""
        counts, competences = load_registers(), load_competences()
        db.session.commit()
        click.echo(
            f"{counts.municipalities} municipalities, {counts.institutions} institutions, {counts.domains} domains; "
            f"{counts.changed} new or changed; {competences} new competences"
        )

    app.cli.add_command(group)
