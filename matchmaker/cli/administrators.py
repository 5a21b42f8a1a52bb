"""`administrators invite`: the first who runs the platform, or one when nobody who does can sign in."""

import click
from flask import Flask
from sqlalchemy.exc import NoResultFound

from matchmaker.accounts.mail_address import normal_form
from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.joining import LINK_DAYS, invite_administrator

REFUSED = {
    "already_here": "this person is an administrator already",
    "account_closed": "the account with this address is closed",
}


def register(app: Flask) -> None:
    group = click.Group("administrators", help="Who runs the platform.")

    @group.command("invite")
    @click.argument("address")
    @click.option("--name", required=True, help="How this person is called in letters and on pages.")
    def invite(address: str, name: str) -> None:
        """Send the person with this ADDRESS an invitation to run the platform; again makes the earlier one void."""
        with app.app_context():
            origin.set("command:administrators")
            invited = _invited_by_command(address, name)
            db.session.commit()
            click.echo(
                f"a letter to {invited} was queued; a worker sends it, and it can be answered for {LINK_DAYS} days"
            )

    app.cli.add_command(group)


def _invited_by_command(address: str, name: str) -> str:
    try:
        return invite_administrator(normal_form(address), name=name.strip()[:120]).account.email
    except InvalidValue as refused:
        raise click.ClickException(REFUSED[refused.reason]) from refused
    except ValueError as wrong:
        raise click.ClickException("no mail can reach this address") from wrong
    except NoResultFound as empty:
        raise click.ClickException("load the registers first: flask --app wsgi registers load") from empty
