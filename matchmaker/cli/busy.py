"""A database that stays busy stops a command with one line."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import OperationalError


def tell_when_busy(commands: click.Group) -> None:
    """Let every command of a group, and of the groups in it, end with one line when SQLite stays locked."""
    for command in _each(commands):
        if command.callback is not None and not hasattr(command.callback, "tells_when_busy"):
            command.callback = _telling(command.callback)


def _telling(do: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(do)
    def done(*arguments: Any, **options: Any) -> Any:
        try:
            return do(*arguments, **options)
        except OperationalError as error:
            if not getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
            raise click.ClickException(
                "Een ander programma houdt de database bezet. Probeer het zo nog eens."
            ) from error

    done.tells_when_busy = True  # type: ignore[attr-defined]
    return done


def _each(commands: click.Group) -> Iterator[click.Command]:
    for command in commands.commands.values():
        if isinstance(command, click.Group):
            yield from _each(command)
        else:
            yield command
