"""A database that stays busy, is away or was never made stops a command with one line."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

UNDEFINED_TABLE = "42P01"
"""What PostgreSQL calls it."""


def tell_when_busy(commands: click.Group) -> None:
    """Let every command of a group, and of the groups in it, end with one line when its database cannot be used."""
    for command in _each(commands):
        if command.callback is not None and not hasattr(command.callback, "tells_when_busy"):
            command.callback = _telling(command.callback)


def _telling(do: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(do)
    def done(*arguments: Any, **options: Any) -> Any:
        try:
            return do(*arguments, **options)
        except (OperationalError, ProgrammingError) as error:
            said = _said_of(error)
            if not said:
                raise
            raise click.ClickException(said) from error

    done.tells_when_busy = True  # type: ignore[attr-defined]
    return done


def _said_of(error: DBAPIError) -> str:
    """What a person hears of it; empty when it is none of these."""
    kind, state = getattr(error.orig, "sqlite_errorname", ""), getattr(error.orig, "sqlstate", "")
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Een ander programma houdt de database bezet. Probeer het zo nog eens."
    if state == UNDEFINED_TABLE or str(error.orig).startswith("no such table"):
        return "De database is leeg of niet bijgewerkt. Geef eerst: flask --app wsgi db upgrade"
    if kind == "SQLITE_CANTOPEN" or (not kind and state is None):
        return "De database is niet te bereiken. Klopt DATABASE_URL, en staat de database aan?"
    return ""


def _each(commands: click.Group) -> Iterator[click.Command]:
    for command in commands.commands.values():
        if isinstance(command, click.Group):
            yield from _each(command)
        else:
            yield command
