"""Commands: `flask --app wsgi <command>`. Each file here holds one group."""

from flask import Flask
from flask_migrate import Migrate
from flask_migrate.cli import db as migration_commands

from config import ROOT
from matchmaker.cli import (
    administrators,
    analysing,
    audit,
    backing_up,
    importing,
    mail,
    matching,
    recomputing,
    registers,
    rounds,
    second_step,
    secrets,
    seeding,
    suggesting,
    work,
)
from matchmaker.cli.busy import tell_when_busy
from matchmaker.database import db

migrate = Migrate(directory=str(ROOT / "migrations"), compare_type=True, render_as_batch=True)

GROUPS = (
    administrators,
    analysing,
    audit,
    backing_up,
    importing,
    mail,
    matching,
    recomputing,
    registers,
    rounds,
    second_step,
    secrets,
    seeding,
    suggesting,
    work,
)


def register(app: Flask) -> None:
    migrate.init_app(app, db)
    for group in GROUPS:
        group.register(app)
    tell_when_busy(app.cli)
    tell_when_busy(migration_commands)
