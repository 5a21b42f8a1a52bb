"""A running server with a database of its own, and Debian's chromium to visit it with."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import WSGIRequestHandler, make_server

from matchmaker import create_app
from matchmaker.database import db, reading
from tests.conftest import settings_for
from tests.journeys.visitors import Town


class Quiet(WSGIRequestHandler):
    def log_request(self, *_args: object, **_kwargs: object) -> None:
        """Nothing: a test says what went wrong itself."""


@pytest.fixture
def live_app(migrated_database: Callable[[], str], tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The application behind a real server, forms protected as in production, and where it listens."""
    app = create_app(settings_for(migrated_database(), tmp_path))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    running.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def town(live_app: tuple[Flask, str], browser: Browser) -> Iterator[Town]:
    """Nieuwegein with its desk, Hogeschool Vechtland, and a browser for each person.

    The test itself only reads, so that it never holds up the server.
    """
    app, address = live_app
    with app.app_context():
        made = Town(app, address, browser)
        with reading():
            yield made
        made.leave()
        db.session.remove()
