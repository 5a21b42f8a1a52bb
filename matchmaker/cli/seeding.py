"""`seed --offers N --needs M`: a made-up national load to measure with."""

import sys

import click
from flask import Flask

from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.errors import NotAllowed
from matchmaker.seed.load import load_seed, must_be_for_trial

REFUSED = {
    "production": "Dit is een echte omgeving: proefgegevens horen hier niet.",
    "postings": "Er staan al advertenties in deze database. Met --add komen de nieuwe erbij.",
}


def register(app: Flask) -> None:
    @app.cli.command("seed")
    @click.option("--offers", default=100_000, show_default=True, type=click.IntRange(0, 2_000_000))
    @click.option("--needs", default=20_000, show_default=True, type=click.IntRange(0, 2_000_000))
    @click.option("--seed", "number", default=1, show_default=True, help="The same number gives the same postings.")
    @click.option("--add", is_flag=True, help="Also where there are postings already.")
    def seed(offers: int, needs: int, number: int, add: bool) -> None:
        """Write open offers and needs of every municipality and school, made up, to measure with."""
        origin.set("command:seed")
        try:
            must_be_for_trial(app.extensions["settings"], add=add)
        except NotAllowed as refused:
            raise click.ClickException(REFUSED[refused.values["reason"]]) from refused
        load_seed(offers=offers, needs=needs, seed=number, say=_say)
        db.session.commit()
        click.echo(f"{offers} keer aanbod en {needs} vragen geschreven.")


def _say(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} van {total}", err=True, nl=done == total)
    elif done == total or done % 20_000 == 0:
        click.echo(f"{done} van {total}", err=True)
