"""Who asks on and on while a server stops, and that server: as deployed, before an application that answers at once."""

import contextlib
import os
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException

from config import ROOT

SERVER = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "error"]
SERVER += ["tests.serving.small_app:app"]


def started(port: int, door: socket.socket | None = None) -> subprocess.Popen[bytes]:
    """Two processes, as they are deployed; with a door it is given that one the way systemd does."""
    environment = {**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2"}
    start = f"exec {shlex.join(SERVER)}"
    if door is not None:
        start = f"exec env LISTEN_PID=$$ LISTEN_FDS=1 {shlex.join(SERVER)} 3<&{door.fileno()}"
    kept = [door.fileno()] if door is not None else []
    server = subprocess.Popen(["bash", "-c", start], cwd=ROOT, env=environment, pass_fds=kept)
    wait_for(port)
    return server


def wait_for(port: int) -> None:
    """Until someone is let in at this port."""
    for _ in range(200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.05)
    raise AssertionError("did not start")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Visitor(threading.Thread):
    """Asks on and on, by GET or POST, on new connections or on one that is kept, until nobody lets them in."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__()
        self.port, self.kept, self.pause = port, number % 4 >= 2, 0.3 * (number % 3 == 2)
        self.asked = ("POST", "/size", b"x" * 100) if number % 2 else ("GET", "/", b"")
        self.found: Counter[str] = Counter()

    def run(self) -> None:
        while self.found["refused"] == 0:
            line = HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                line.connect()
            except OSError as refused:
                self.found["refused" if isinstance(refused, ConnectionRefusedError) else repr(refused)] += 1
                continue
            with contextlib.closing(line):
                self.ask_on(line)

    def ask_on(self, line: HTTPConnection) -> None:
        goes_on = True
        while goes_on:
            try:
                line.request(*self.asked)
                answer = line.getresponse()
                whole = answer.read() in (b"ja", b"100") or answer.status in (429, 503)
            except (OSError, HTTPException) as cut:
                self.found[f"cut off: {cut!r}"] += 1
                return
            self.found["answered" if whole else "not whole"] += 1
            goes_on = self.kept and not answer.will_close
            time.sleep(self.pause)
