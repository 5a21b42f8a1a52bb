"""What a server starts with does start, answers, adds its figures up, and stops without losing a request."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from config import ROOT, Settings

TOKEN = "een-lang-genoeg-geheim"
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
UNITS = sorted((ROOT / "deploy").glob("*.service"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = environment_of(tmp_path, url) | {"BIND": f"127.0.0.1:{port}"}
    process = subprocess.Popen(GUNICORN, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, umask=0o077)
    for _ in range(300):
        try:
            told(f"{url}/health/ready")
            break
        except OSError:
            time.sleep(0.2)
    yield url, process
    process.kill()
    process.wait()


def environment_of(folder: Path, url: str) -> dict[str, str]:
    """Of a server on an empty database of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/x.db",
        "FILES_FOLDER": str(folder / "files"),
        "PUBLIC_URL": url,
        "METRICS_TOKEN": TOKEN,
        "WEB_CONCURRENCY": "2",
    }
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(flask, cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


def told(url: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_it_answers_and_the_figures_of_its_processes_are_one(server: tuple[str, subprocess.Popen[bytes]]) -> None:
    url, _process = server
    for _ in range(20):
        told(f"{url}/health/live")
    counted = told(f"{url}/metrics", Authorization=f"Bearer {TOKEN}")
    found = re.search(r'matchmaker_answers_total\{endpoint="operation.live".*?\} (\d+)', counted)
    assert found and int(found[1]) == 20


def test_it_stops_without_losing_a_request(server: tuple[str, subprocess.Popen[bytes]]) -> None:
    """Asked to stop while many ask: who was let in is answered, who was not is refused, and it ends by itself."""
    url, process = server
    answers: list[str] = []
    refused: list[str] = []

    def ask() -> None:
        while True:
            try:
                answers.append(told(f"{url}/over")[:15])
            except OSError as away:
                refused.append(str(away))
                return

    people = [threading.Thread(target=ask) for _ in range(8)]
    for each in people:
        each.start()
    while len(answers) < 40:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    for each in people:
        each.join()
    assert process.wait(timeout=40) == 0
    assert set(answers) == {"<!doctype html>"}
    assert all("refused" in each for each in refused), refused


def test_who_comes_during_a_restart_waits_in_the_socket_and_is_answered(tmp_path: Path) -> None:
    """As `matchmaker-web.socket` hands it over: the old server stops, the new one starts, the socket stays."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as door:
        port = door.getsockname()[1]
        url = f"http://localhost:{port}"
        environment = environment_of(tmp_path, url)
        answers: list[str] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                answers.append(told(f"{url}/over")[:15])

        first = served_at(door, environment)
        told(f"{url}/health/ready")
        people = [threading.Thread(target=ask) for _ in range(4)]
        for each in people:
            each.start()
        while len(answers) < 20:
            time.sleep(0.01)
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=40) == 0
        before = len(answers)
        second = served_at(door, environment)
        while len(answers) < before + 20 and second.poll() is None:
            time.sleep(0.01)
        done.set()
        for each in people:
            each.join()
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=40) == 0
    assert set(answers) == {"<!doctype html>"}


def served_at(door: socket.socket, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A server that is given a socket the way systemd does: as file 3, with the number of the process that gets it."""
    start = f"exec env LISTEN_PID=$$ LISTEN_FDS=1 {shlex.join(GUNICORN)} 3<&{door.fileno()}"
    return subprocess.Popen(
        ["bash", "-c", start], cwd=ROOT, env=environment, pass_fds=[door.fileno()], stderr=subprocess.DEVNULL
    )


def test_nothing_is_open_when_the_product_was_read_in(tmp_path: Path) -> None:
    """Processes are split off after that: a thread would be missing in them, a connection shared."""
    look = (
        "import threading, wsgi; from matchmaker.database import db\n"
        "with wsgi.app.app_context(): pool = db.engine.pool\n"
        "print(threading.active_count(), pool.checkedin() + pool.checkedout())"
    )
    for url in (f"sqlite:///{tmp_path}/x.db", "postgresql://nobody@localhost:9/none"):
        environment = {**os.environ, "DATABASE_URL": url}
        said = subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=environment, check=True, capture_output=True)
        assert said.stdout.decode().split() == ["1", "0"]


def test_what_the_door_refuses_itself_says_https_to_browsers_too() -> None:
    look = "from serving.refusals import DEFENCES; print(dict(DEFENCES).get('Strict-Transport-Security'))"
    for url, said in (("https://loket.example", "max-age=31536000; includeSubDomains"), ("http://localhost", "None")):
        environment = {**os.environ, "PUBLIC_URL": url}
        found = subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=environment, check=True, capture_output=True)
        assert found.stdout.decode().strip() == said


BROKEN = {
    "two lengths": b"POST /over HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 40\r\n\r\nxxxxx",
    "a length and pieces": b"POST /over HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smokkel HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "pieces in an old version": b"POST /over HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n"
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "pieces by another name": b"POST /over HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a length that is no number": b"POST /over HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nxxxxx",
    "a space before the colon": b"GET /over HTTP/1.1\r\nHost : localhost\r\n\r\n",
}


def test_a_request_whose_end_is_not_clear_is_refused_and_nothing_behind_it_is_read(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    """No request can be hidden behind another one. Nor is TRACE answered."""
    port = int(server[0].rpartition(":")[2])
    broken = BROKEN | {"trace": b"TRACE /over HTTP/1.1\r\nHost: localhost\r\n\r\n"}
    said = {}
    for what, raw in broken.items():
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := line.recv(65536):
                answer += piece
        said[what] = (int(answer.split(b" ", 2)[1]), answer.count(b"HTTP/1."))
    assert {what: found for what, found in said.items() if not 400 <= found[0] <= 501 or found[1] != 1} == {}


def test_the_container_holds_what_is_needed_to_run_and_no_more() -> None:
    container = (ROOT / "deploy" / "Containerfile").read_text()
    removed = re.search(r"&& rm -rf (\.venv [^\n]+)$", container, re.M)
    assert removed and {".venv", "node_modules", "tests", "bench", ".git", ".ci"} <= set(removed[1].split())
    assert container.index(removed[0]) < container.index("COPY --from=build /app /app")
    assert "\nUSER matchmaker\n" in container and "PRODUCTION=1" in container


def test_no_file_to_deploy_brings_a_secret_of_its_own() -> None:
    """Each is asked for at the start, or is empty and switches its part off."""
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    secrets = re.findall(
        r"^ *(?:environment: \{.*)?([A-Z_]*(?:SECRET|PASSWORD|TOKEN|KEY)[A-Z_]*): (.+)$", compose, re.M
    )
    assert {name for name, _value in secrets} >= {"SECRET_KEY", "METRICS_TOKEN", "BACKUP_KEY"}
    assert [each for each in secrets if not re.match(r'"?\$\{[A-Z_]+(:\?.+|:-)?\}', each[1])] == []
    assert "${POSTGRES_PASSWORD:?" in compose


def test_the_example_of_a_proxy_is_one_that_caddy_takes(tmp_path: Path) -> None:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("DID NOT RUN: caddy is not installed (apt-get install caddy)")
    command = [program, "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"]
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    judged = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert judged.returncode == 0, judged.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_is_there(path: Path) -> None:
    start = next(line for line in path.read_text().splitlines() if line.startswith("ExecStart="))
    program, *words = shlex.split(start.removeprefix("ExecStart="))
    assert program.startswith("/opt/matchmaker/.venv/bin/")
    assert Path(sys.executable).with_name(Path(program).name).exists()
    files = [ROOT / word for word in words if word.startswith("deploy/")]
    assert all(file.exists() for file in files)


def test_what_a_unit_writes_is_for_its_user_alone() -> None:
    assert len(UNITS) == 2
    assert all("\nUMask=0077\n" in unit.read_text() for unit in UNITS)


def test_compiled_loops_are_kept_where_nothing_else_can_be_written() -> None:
    for unit in UNITS:
        said = unit.read_text()
        assert "\nEnvironment=NUMBA_CACHE_DIR=/var/cache/matchmaker\n" in said
        assert "\nCacheDirectory=matchmaker\n" in said
    assert " NUMBA_CACHE_DIR=/tmp/numba" in (ROOT / "deploy" / "Containerfile").read_text()
    assert 'tmpfs: ["/tmp"]' in (ROOT / "deploy" / "compose.yaml").read_text()


def test_every_setting_named_in_the_files_exists() -> None:
    known = {name.upper() for name in Settings.__dataclass_fields__}
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    block = compose.partition("environment: &settings")[2].partition("volumes:")[0]
    named = set(re.findall(r"^    ([A-Z_]+):", block, re.M))
    assert named and named <= known
    container = re.findall(
        r"\b([A-Z_]+)=", re.search(r"^ENV (.*)$", (ROOT / "deploy/Containerfile").read_text(), re.M)[1]
    )  # type: ignore[index]
    assert set(container) <= known | {"PATH", "PYTHONUNBUFFERED", "FLASK_APP", "NUMBA_CACHE_DIR"}


SAID_ELSEWHERE = {"PRODUCTION", "LOG_JSON", "FILES_FOLDER"}
"""By the container file."""
WITHOUT_IN_PRODUCTION = {"DEMO", "LIMITS", "OUTGOING_LOOPBACK", "SECOND_STEP"}
"""Settings that production refuses to have another way than by default."""
CHOSEN = {"TRUSTED_PROXIES": "1"}
"""Where the compose file has a default of its own: there is a proxy in front."""


def test_the_compose_file_passes_every_setting_on_with_its_own_default() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    passed = re.findall(r"^    ([A-Z_]+): (?:\$\{\1:([-?])(.*)\}|\S.*)$", compose, re.M)
    own = {each.name.upper(): each.default for each in fields(Settings)}
    assert {name for name, _, _ in passed} == own.keys() - SAID_ELSEWHERE - WITHOUT_IN_PRODUCTION
    given = {name: default for name, kind, default in passed if kind == "-"}
    assert given == {name: CHOSEN.get(name, in_the_environment(own[name])) for name in given}


def in_the_environment(default: object) -> str:
    if isinstance(default, bool):
        return str(int(default))
    return "" if default == () else str(default)
