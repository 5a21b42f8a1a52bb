"""The demo, served for real, and a real browser to look at it."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from matchmaker.demo.accounts import DEMO_PASSWORD, write_accounts


@dataclass(frozen=True)
class Site:
    """The running demo: where it is, who may sign in (role to e-mail), and the application behind it."""

    url: str
    accounts: dict[str, str]
    password: str
    app: Flask


@pytest.fixture(scope="session")
def site(demo_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demo_app.app_context():
        rows = write_accounts(tmp_path_factory.mktemp("accounts"))
    server: BaseWSGIServer = make_server("127.0.0.1", 0, demo_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(
        url=f"http://127.0.0.1:{server.server_port}",
        accounts={row["role"]: row["email"] for row in rows},
        password=DEMO_PASSWORD,
        app=demo_app,
    )
    server.shutdown()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def pages_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages seen are kept, for a checker to read: PAGES_FOLDER, else a folder that goes away."""
    folder = Path(os.environ.get("PAGES_FOLDER") or tmp_path_factory.mktemp("pages"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
