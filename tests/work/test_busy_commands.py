"""A command that finds the database locked says so in one line."""

import sqlite3
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from flask_migrate.cli import db as migration_commands
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from matchmaker import create_app, database
from matchmaker.cli.busy import tell_when_busy
from matchmaker.database import db
from tests.conftest import settings_for

SAID = "Error: Een ander programma houdt de database bezet. Probeer het zo nog eens."


def group(address: Path, statement: str) -> click.Group:
    """A group within a group, with one command that asks this of the database."""
    outer, inner = click.Group("outer"), click.Group("inner")
    outer.add_command(inner)

    @inner.command("write")
    def write() -> None:
        engine = create_engine(f"sqlite:///{address}", connect_args={"timeout": 0})
        with engine.begin() as connection:
            connection.execute(text(statement))

    tell_when_busy(outer)
    tell_when_busy(outer)
    return outer


def test_a_locked_database_ends_a_command_with_one_line(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    result = CliRunner().invoke(group(tmp_path / "busy.db", "CREATE TABLE x (y)"), ["inner", "write"])
    other.close()
    assert (result.exit_code, result.output) == (1, f"{SAID}\n")


def test_so_does_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    app = create_app(settings_for(f"sqlite:///{tmp_path}/busy.db", tmp_path))
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN EXCLUSIVE")
    result = CliRunner().invoke(migration_commands, ["upgrade"], obj=ScriptInfo(create_app=lambda: app))
    other.close()
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, SAID)
    with app.app_context():
        db.engine.dispose()


def test_any_other_fault_of_the_database_is_shown_whole(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="no such column"):
        CliRunner().invoke(group(tmp_path / "new.db", "SELECT z"), ["inner", "write"], catch_exceptions=False)


def test_every_command_of_the_product_says_so(app: Flask) -> None:
    silent, groups = [], [app.cli, migration_commands]
    while groups:
        for command in groups.pop().commands.values():
            if isinstance(command, click.Group):
                groups.append(command)
            elif not hasattr(command.callback, "tells_when_busy"):
                silent.append(command.name)
    assert silent == []
