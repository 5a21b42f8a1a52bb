"""What a run of the tests leaves out is there under that name, so that nothing is left out by mistake."""

from pathlib import Path

from tests.selection import LONG, PURE


def test_what_is_left_out_exists() -> None:
    assert [path for path in (*LONG, *PURE) if not Path(path).exists()] == []


def test_nothing_is_named_twice() -> None:
    assert len(set(LONG)) == len(LONG) and len(set(PURE)) == len(PURE)
