"""`audit verify` walks the chain over the log."""

import sys

import click
from flask import Flask
from sqlalchemy import text

from matchmaker.audit.verifying import Verdict, verify
from matchmaker.database import db, reading


def register(app: Flask) -> None:
    group = click.Group("audit", help="The log and its chain.")

    @group.command("verify")
    def verify_chain() -> None:
        """Say whether the log is whole. Ends with 1 when something was altered, removed or slipped in."""
        with app.app_context():
            found = verify_at_one_moment()
        click.echo(
            f"{found.links} links, {found.erased} with an erased person, {found.anchors} anchors, "
            f"{found.before} events from before the chain"
        )
        if found.unchecked:
            click.echo(f"{found.unchecked} links were made with a key that is gone: none is missing, and that is all")
        tell_faults(found)
        sys.exit(1 if found.wrong else 0)

    app.cli.add_command(group)


def tell_faults(found: Verdict) -> None:
    """Each fault on a line, and what it may be when a row of links is strange."""
    for fault in found.wrong:
        click.echo(fault, err=True)
    if found.strange > 1:
        click.echo("was SECRET_KEY replaced? Name what it was before in SECRET_KEYS_BEFORE and look again", err=True)


def verify_at_one_moment() -> Verdict:
    """Walk the chain as it stands now, while others go on writing. Begins a transaction of its own."""
    db.session.rollback()
    with reading():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        found = verify()
        db.session.rollback()
    return found
