"""`mail receive` takes one mail from a pipe, `mail fetch` empties the mailbox."""

import sys

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from matchmaker.receiving import fetch_mail
from matchmaker.receiving import receive as receive_mail
from matchmaker.replies.actions import MOST_BYTES

TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and offers it again."""


def register(app: Flask) -> None:
    group = click.Group("mail", help="Answers by mail.")

    @group.command("receive")
    def receive() -> None:
        """Take one mail from standard input. Ends with 75 when the database is away."""
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        size = len(raw)
        while more := sys.stdin.buffer.read(1024 * 1024):
            size += len(more)
        try:
            with app.app_context():
                receive_mail(raw, size=size)
        except OperationalError:
            sys.exit(TRY_LATER)

    @group.command("fetch")
    def fetch() -> None:
        """Take what is new in the mailbox."""
        with app.app_context():
            click.echo(f"{fetch_mail()} new")

    app.cli.add_command(group)
