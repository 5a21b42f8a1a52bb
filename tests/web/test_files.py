"""Files leave by one function, shut in."""

import ast
from pathlib import Path

import pytest

from matchmaker.web.files import MEDIA, as_file, as_text, named
from matchmaker.web.security import SHUT_IN

WEB = Path("matchmaker/web")
ONLY_HERE = {"attachment", "Content-Disposition", "inline"}
SENDERS = {"send_file", "send_from_directory"}


@pytest.mark.parametrize("ending", MEDIA)
def test_a_file_says_what_it_is_and_can_run_and_load_nothing(ending: str) -> None:
    kept, read = as_file(b"x", "lijst", ending, cache="no-store"), as_text("x", ending)
    assert kept.headers["Content-Disposition"] == f"attachment; filename=lijst.{ending}"
    assert kept.headers["Cache-Control"] == "no-store" and "Content-Disposition" not in read.headers
    for answer in (kept, read):
        assert answer.headers["Content-Security-Policy"] == SHUT_IN
        assert answer.headers["Content-Type"] == MEDIA[ending]


def test_a_name_cannot_end_its_header_and_keeps_its_letters() -> None:
    header = named(b"x", 'a"; filename=b\r\n\u202e\u00e9.pdf', "application/pdf").headers["Content-Disposition"]
    assert "\n" not in header and "\r" not in header and "\u202e" not in header
    assert "filename*=UTF-8''a%22%3B%20filename%3Db%C3%A9.pdf" in header


def test_no_view_answers_a_file_by_itself() -> None:
    found = []
    for path in sorted(WEB.rglob("*.py")):
        if path == WEB / "files.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value.partition(";")[0] in ONLY_HERE:
                    found.append(f"{path}:{node.lineno} {node.value}")
            elif isinstance(node, ast.Name) and node.id in SENDERS:
                found.append(f"{path}:{node.lineno} {node.id}")
    assert found == []
