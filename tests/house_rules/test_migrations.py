"""The migrations go up, down and up again, and give exactly the models; on the database under test."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from config import ROOT
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.listings.search.text_index import TEXT_INDEX
from tests.conftest import settings_for


def test_migrations_go_up_down_and_up_and_equal_the_models(new_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        upgrade()
        tables = set(inspect(db.engine).get_table_names())
        modelled = {name for name in tables if not name.startswith(TEXT_INDEX)}
        assert modelled == set(db.metadata.tables) | {"alembic_version"}
        downgrade(revision="base")
        db.session.remove()
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert set(inspect(db.engine).get_table_names()) == tables
        check()
        db.session.remove()
        db.engine.dispose()


def test_several_that_migrate_at_once_take_turns(new_database: Callable[[], str], tmp_path: Path) -> None:
    url = new_database()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    environment = {**os.environ, "DATABASE_URL": url, "FILES_FOLDER": str(tmp_path)}
    several = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=300)[1].decode() for each in several]
    assert [each.returncode for each in several] == [0, 0, 0], said
    app = create_app(settings_for(url, tmp_path))
    with app.app_context():
        check()
        db.session.remove()
        db.engine.dispose()
