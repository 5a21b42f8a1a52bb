"""`second-step take-away`: for an administrator of the platform who lost everything and has no colleague to ask."""

import click
from flask import Flask

from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.factors.actions import take_away


def register(app: Flask) -> None:
    group = click.Group("second-step", help="The second step of signing in.")

    @group.command("take-away")
    @click.argument("address")
    def take_away_command(address: str) -> None:
        """End app, passkeys and codes of the account with this ADDRESS, and send a letter to begin again."""
        with app.app_context():
            origin.set("command:second-step")
            account = account_by_email(address)
            if account is None or not account.is_active:
                raise click.ClickException("no active account has this address")
            take_away(account, by=None)
            db.session.commit()
            click.echo("taken away; a letter was queued")

    app.cli.add_command(group)
