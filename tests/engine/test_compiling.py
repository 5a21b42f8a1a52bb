"""Compiled loops run where nothing can be kept on disk too, as in a container whose files cannot be written."""

import os
import subprocess
import sys

from config import ROOT

RUN = (
    "import logging; logging.basicConfig()\n"
    "from matchmaker.engine.index.selection import compiled\n"
    "from matchmaker.engine.rounds.compiling import loops\n"
    "print(compiled().name, loops(compiled=True).name)"
)
NOWHERE = {
    "HOME": "/proc/nowhere",
    "XDG_CACHE_HOME": "/proc/nowhere",
    "NUMBA_CACHE_LOCATOR_CLASSES": "UserWideCacheLocator",
}


def said(**environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=ROOT, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip(), done.stderr


def test_where_nothing_can_be_kept_loops_are_compiled_all_the_same() -> None:
    told, warned = said(**NOWHERE)
    assert told == "numba numba"
    assert warned.count("compiled loops are not kept") == 2


def test_where_they_can_be_kept_nothing_is_said(tmp_path: object) -> None:
    assert said(NUMBA_CACHE_DIR=str(tmp_path)) == (
        "numba numba",
        "",
    )
