import ast
import re
from pathlib import Path

from matchmaker import dutch, listings
from matchmaker.dutch import version
from matchmaker.dutch.version import READS_WORDS, analysis_version

PACKAGE = "matchmaker.dutch."
MAKE_WHAT_IS_STORED = (
    Path(dutch.__file__).with_name("terms.py"),
    Path(listings.__file__).with_name("search") / "terms.py",
)


def imported(file: Path) -> set[str]:
    """Names of the modules of the package that a file imports."""
    tree = ast.parse(file.read_text("utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {name.removeprefix(PACKAGE) for name in named if name.startswith(PACKAGE)}


def test_every_module_that_stored_terms_and_search_words_depend_on_is_counted():
    needed, waiting = {"terms"}, list(MAKE_WHAT_IS_STORED)
    while waiting:
        for name in imported(waiting.pop()) - needed:
            needed.add(name)
            waiting.append(Path(dutch.__file__).with_name(f"{name}.py"))
    assert needed == set(READS_WORDS)


def test_the_version_differs_when_other_modules_are_counted(monkeypatch):
    now = analysis_version.__wrapped__()
    assert re.fullmatch("[0-9a-f]{16}", now)
    monkeypatch.setattr(version, "READS_WORDS", READS_WORDS[1:])
    assert analysis_version.__wrapped__() != now
