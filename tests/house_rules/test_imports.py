"""The import contracts hold: who may know whom."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_import_contracts_hold() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_pages_use_nothing_of_the_database_but_the_commit() -> None:
    loose = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "matchmaker" / "web").rglob("*.py"))
        if path.name != "errors.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "db.session." in line and "db.session.commit()" not in line
    ]
    assert loose == []
