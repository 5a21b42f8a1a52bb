"""`make demo`: database, registers, demo content, a worker and a server; prints the accounts.

Running it again keeps the data. Stop with Ctrl-C.
"""

import os
import signal
import socket
import subprocess  # nosec B404  # starts our own two programs
import sys
from pathlib import Path

from flask_migrate import upgrade

from config import ROOT, ConfigurationError, read_settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.demo.accounts import print_accounts, write_accounts
from matchmaker.demo.load import load_demo


def main() -> int:
    port = os.environ.get("PORT", "5000")
    if not (port.isdigit() and 1 <= int(port) <= 65535):
        print(f"PORT must be a number between 1 and 65535, not {port!r}", file=sys.stderr)
        return 2
    if not _is_free(int(port)):
        print(f"Port {port} is in use. Choose another one: PORT=5001 make demo", file=sys.stderr)
        return 2
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("LIMITS", "0")
    os.environ.setdefault("SECOND_STEP", "0")
    os.environ.setdefault("REPLY_TO", "antwoord@matchmaker.example")
    os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    try:
        app = create_app(read_settings())
        with app.app_context():
            upgrade()
            load_demo()
            accounts = write_accounts(Path(app.instance_path))
            db.session.remove()
            db.engine.dispose()
    except ConfigurationError as wrong:
        print(f"Cannot start: {wrong}", file=sys.stderr)
        return 2
    print_accounts(accounts, port=port)
    return _serve(port)


def _serve(port: str) -> int:
    """The server and the worker, until one of them stops or someone says stop."""
    python = sys.executable
    worker = subprocess.Popen([python, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT)  # noqa: S603  # nosec B603  # fixed words
    server = subprocess.Popen(  # noqa: S603  # nosec B603  # fixed words
        [python, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--graceful-timeout", "3", "--log-level", "warning", "wsgi:app"],
        cwd=ROOT,
    )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(timeout=15)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
