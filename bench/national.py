"""The seeded national database that figures are measured on: DATABASE_URL when it is set, else one in `build/bench`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from config import ROOT, Settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.demo.load import load_demo
from matchmaker.listings.models import Listing
from matchmaker.seed.load import load_seed

OFFERS, NEEDS = 100_000, 20_000


FOLDER = ROOT / "build" / "bench"


def demo_url() -> str:
    """The address of a database with the demo; made when it is not there yet."""
    url = f"sqlite:///{FOLDER}/demo.db"
    if not (FOLDER / "demo.db").exists():
        app = create_app(Settings(database_url=url, files_folder=FOLDER / "demo-files", demo=True))
        with app.app_context():
            upgrade()
            load_demo()
            db.session.commit()
    return url


@contextmanager
def national_app(*, offers: int = OFFERS, needs: int = NEEDS, folder: Path = FOLDER) -> Iterator[Flask]:
    """The application on a database with so many offers and needs; made, seeded and kept when it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/{offers}-{needs}.db"
    app = create_app(Settings(database_url=url, files_folder=folder / "files", demo=False))
    with app.app_context():
        upgrade()
        if db.session.scalar(select(func.count()).select_from(Listing)) == 0:
            load_seed(offers=offers, needs=needs, seed=1, say=lambda done, total: None)
            db.session.commit()
        db.session.remove()
        yield app
        db.session.remove()
