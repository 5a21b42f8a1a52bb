"""What we build on is pinned, named with its licence, and none of it is left unchecked without a reason."""

import json
import re
from collections.abc import Iterator

import pytest

from config import ROOT
from supply.licences import PAGE, forbidden, page
from supply.parts import Part, of_the_browser, of_the_server

LOCKS = sorted(ROOT.glob("requirements*.lock"))
CHECKED = ("matchmaker", "migrations", "deploy", "serving", "supply")
SECURITY = re.compile(r"#\s*(noqa: [A-Z0-9, ]*\bS\d+|nosec\b)")
EXPLAINED = re.compile(r"(#\s*(noqa: [A-Z0-9, ]+|nosec [B0-9, ]+)\s*)+(#|-)\s*\w{2,}")
ALL_OF_A_LINE = re.compile(r"#\s*(nosec\s*($|#)|noqa\s*($|#))")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_its_digests(lock: object) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    pins = [block for block in blocks if not block.startswith("#") and block.strip()]
    assert len(pins) > 20
    assert [block.split()[0] for block in pins if "==" not in block or "--hash=sha256:" not in block] == []


def test_every_npm_package_is_pinned_with_its_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    kept = {path: each for path, each in packages.items() if path}
    assert len(kept) > 20
    assert [path for path, each in kept.items() if not each.get("integrity", "").startswith("sha512-")] == []


def test_every_installation_asks_for_the_digests() -> None:
    """No file that builds or deploys installs a Python package past the lock files."""
    files = (ROOT / "Makefile", ROOT / "deploy/Containerfile", ROOT / ".ci/run")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert len(lines) >= 4
    assert [line for line in lines if "--require-hashes" not in line] == []


def test_the_lists_of_parts_are_made_at_every_submission() -> None:
    """And dangerous calls looked for, and the page of licences held: `make audit`."""
    assert "\nmake audit\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    audit = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\naudit: ")[2].partition("\n\n")[0]
    for part in ("bandit", "supply.licences --check", "supply.sbom build/sbom"):
        assert part in audit, part


def test_the_page_of_licences_names_what_is_shipped_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_nothing_is_shipped_under_a_licence_that_was_not_allowed() -> None:
    assert forbidden([*of_the_server(), *of_the_browser()]) == []
    strange = [Part("x", "1", licence) for licence in ("unknown", "AGPL-3.0-only", "MIT AND SSPL-1.0")]
    assert forbidden(strange) == strange


def test_every_exception_to_a_rule_of_security_says_why() -> None:
    bare = []
    for path, number, line in _exceptions():
        if not EXPLAINED.search(line) or ALL_OF_A_LINE.search(line):
            bare.append(f"{path}:{number}: {line.strip()}")
    assert len(list(_exceptions())) > 20
    assert bare == []


def _exceptions() -> Iterator[tuple[str, int, str]]:
    files = [path for folder in CHECKED for path in (ROOT / folder).rglob("*.py")]
    for path in [ROOT / "config.py", ROOT / "wsgi.py", *files]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if SECURITY.search(line):
                yield str(path.relative_to(ROOT)), number, line
