"""The application under test, on a real database: SQLite, or PostgreSQL with TEST_DATABASE=postgresql.

Each test runs in a transaction that is rolled back. A test marked `committed` gets a database of its own.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, appcontext_pushed
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, event, make_url, text

from config import Settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.demo.load import load_demo
from matchmaker.files.actions import use_folder
from matchmaker.keys import use_keys
from tests.factories.client import Client
from tests.factories.event_watch import watching_events
from tests.factories.rollback import rolled_back

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
"""The same examples on every run, however busy the machine. `--hypothesis-profile=default` looks for new ones."""


@appcontext_pushed.connect
def keep_files_and_keys_of_this_app(sender: Flask, **_values: object) -> None:
    """Several applications live in one process of tests, which has one folder of files and one set of keys."""
    if settings := sender.extensions.get("settings"):
        use_folder(settings.files_folder)
        use_keys(settings.secret_key, settings.secret_keys_before)


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def on_postgresql() -> bool:
    return os.environ.get("TEST_DATABASE") == "postgresql"


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes an empty database and returns its address."""
    folder = tmp_path_factory.mktemp("database")
    return lambda: _made(folder)


@pytest.fixture(scope="session")
def migrated_database(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes a database as the migrations leave it and returns its address: a copy of one that they made."""
    first, folder = new_database(), tmp_path_factory.mktemp("migrated")
    app = create_app(settings_for(first, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return lambda: _made(folder, copy_of=first)


def _made(folder: Path, copy_of: str = "") -> str:
    if not on_postgresql():
        path = folder / f"{uuid.uuid4().hex}.db"
        if copy_of:
            shutil.copyfile(copy_of.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    server, name = os.environ["TEST_POSTGRESQL"], f"test_{WORKER}_{uuid.uuid4().hex[:12]}"
    template = f'TEMPLATE "{make_url(copy_of).database}"' if copy_of else ""
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" {template}'))
    engine.dispose()
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def settings_for(url: str, folder: Path, **changes: object) -> Settings:
    """Settings of a test. The second step is not asked, so that a test of something else need not take it."""
    values = {"second_step": False, **changes}
    return Settings(database_url=url, files_folder=folder, demo=False, **values)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def migrated_app(migrated_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application per worker, its database made by the migrations."""
    app = create_app(settings_for(migrated_database(), tmp_path_factory.mktemp("files")))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application; whatever the test writes is rolled back."""
    with rolled_back(migrated_app), migrated_app.app_context(), watching_events():
        yield migrated_app


@pytest.fixture
def committed_app(migrated_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """An application with a database of its own, for what must really commit."""
    app = create_app(settings_for(migrated_database(), tmp_path))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def demo_app(migrated_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo, loaded once per worker. Who changes it rolls that back."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(database_url=migrated_database(), files_folder=folder / "files", demo=True, second_step=False)
    app = create_app(settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        load_demo()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, one per worker: its driver allows no second one beside it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("DID NOT RUN: chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield made
        made.close()


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser nobody is signed in with. `client.sign_in(account)` changes that."""
    app.test_client_class = Client
    browser: FlaskClient = app.test_client()
    assert isinstance(browser, Client)
    return browser


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], "QueryCount"]:
    """`with count_queries() as queries: ...; queries.number` says how often the database was asked."""
    return lambda: QueryCount(db.engines[None])


class QueryCount:
    """Counts SELECT, INSERT, UPDATE and DELETE on a connection or engine; not the start of a transaction."""

    def __init__(self, bind: object) -> None:
        self.bind, self.statements = bind, list[str]()

    @property
    def number(self) -> int:
        return len(self.statements)

    def _note(self, _c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            self.statements.append(statement)

    def __enter__(self) -> "QueryCount":
        event.listen(self.bind, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.bind, "before_cursor_execute", self._note)
