"""Commands: `flask --app wsgi <command>`."""

from flask import Flask
from flask_migrate import Migrate

from config import ROOT
from matchmaker.database import db

migrate = Migrate(directory=str(ROOT / "migrations"), compare_type=True, render_as_batch=True)


def register(app: Flask) -> None:
    migrate.init_app(app, db)
