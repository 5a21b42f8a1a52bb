"""A restart behind the proxy of `deploy/Caddyfile`, while many ask it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from config import ROOT
from serving.worker import LINGER_SECONDS, SILENT_SECONDS
from tests.serving.visitors import free_port, started, wait_for

CADDY = shutil.which("caddy")
PEOPLE = 12
with_caddy = pytest.mark.skipif(CADDY is None, reason="DID NOT RUN: caddy is not installed (apt-get install caddy)")


@contextmanager
def proxy(folder: Path, to: int) -> Iterator[int]:
    """The example, without TLS and on a free port."""
    port = free_port()
    example = (ROOT / "deploy" / "Caddyfile").read_text().partition("# Without the s")[0]
    example = example.replace("loket.example {", f"http://127.0.0.1:{port} {{")
    example = example.replace("127.0.0.1:8000", f"127.0.0.1:{to}").replace("\tservers {", "\tadmin off\n\tservers {")
    (folder / "Caddyfile").write_text(example)
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
    wait_for(port)
    yield port
    process.terminate()
    process.wait()


class Visitor(threading.Thread):
    """Asks on one connection with the proxy, by GET or POST, and counts what it hears."""

    def __init__(self, port: int, number: int, done: threading.Event) -> None:
        super().__init__()
        self.line, self.done = HTTPConnection("127.0.0.1", port, timeout=30), done
        self.pause = 0.1 * (number % 3)
        self.asked = ("POST", "/size", b"x" * 100) if number % 2 else ("GET", "/", b"")
        self.heard: Counter[tuple[str, int]] = Counter()

    def run(self) -> None:
        while not self.done.is_set():
            self.line.request(*self.asked)
            answer = self.line.getresponse()
            assert answer.read() in (b"ja", b"100") or answer.status != 200
            self.heard[self.asked[0], answer.status] += 1
            time.sleep(self.pause)
        self.line.close()


def heard_during_a_restart(folder: Path, port: int, door: socket.socket | None = None) -> Counter[tuple[str, int]]:
    server, done = started(port, door), threading.Event()
    with proxy(folder, port) as public:
        people = [Visitor(public, number, done) for number in range(PEOPLE)]
        for each in people:
            each.start()
        time.sleep(1)
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=15) == 0
        time.sleep(1)
        server = started(port, door)
        time.sleep(2)
        done.set()
        for each in people:
            each.join()
        server.terminate()
        assert server.wait(timeout=15) == 0
    return sum((each.heard for each in people), Counter())


@with_caddy
def test_with_the_socket_of_systemd_everyone_is_answered(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as door:
        heard = heard_during_a_restart(tmp_path, door.getsockname()[1], door)
    assert heard.keys() == {("GET", 200), ("POST", 200)}, heard


@with_caddy
def test_without_it_who_reads_is_answered_and_nothing_sent_is_cut_off(tmp_path: Path) -> None:
    """An older Caddy cannot send a body once it was refused a connection: nothing of those came to the pages."""
    heard = heard_during_a_restart(tmp_path, free_port())
    assert heard.keys() - {("POST", 502)} == {("GET", 200), ("POST", 200)}, heard
    wrong = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    causes = [line["msg"].rpartition(": ")[2] for line in wrong if line.get("logger") == "http.log.error"]
    assert causes == ["invalid Read on closed Body"] * heard["POST", 502]


def test_the_proxy_lets_go_of_a_kept_connection_before_the_pages_do() -> None:
    kept = re.search(r"^\t*keepalive (\d+)s$", (ROOT / "deploy" / "Caddyfile").read_text(), re.M)
    assert kept and int(kept[1]) < LINGER_SECONDS < SILENT_SECONDS
