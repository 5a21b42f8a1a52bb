"""The build of the front end is swapped in whole: pages that are served meanwhile find every file they name."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).with_name("node")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sources of the front end in a folder of their own."""
    for name in ("assets", "templates", "static/css", "static/js", "static/img"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("node_modules", "matchmaker"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def build(site: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([NODE, "assets/build.mjs"], cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def named(site: Path) -> set[str]:
    """What the manifest names."""
    return set(json.loads((site / "static/vendor/manifest.json").read_text()).values())


def missing(site: Path) -> set[str]:
    """What the manifest names and is not there."""
    return {name for name in named(site) if not (site / "static/vendor" / name).is_file()}


def test_while_a_build_runs_no_file_is_missing_and_the_old_ones_stay_for_open_pages(site: Path) -> None:
    assert build(site).wait(60) == 0
    first = named(site)
    (site / "static/vendor/site.0000000000.css").write_text("of long ago")
    (site / "static/js/zz_more.js").write_text("document.title;\n")
    running, looks = build(site), 0
    while running.poll() is None:
        assert missing(site) == set()
        assert (site / "static/vendor/icons.json").is_file()
        looks += 1
        time.sleep(0.002)
    assert running.returncode == 0
    assert looks > 10
    second = named(site)
    assert second - first
    left = {str(path.relative_to(site / "static/vendor")) for path in (site / "static/vendor").rglob("*.*")}
    assert first | second <= left
    assert "site.0000000000.css" not in left
    assert [path.name for path in (site / "static").iterdir() if path.name.startswith(".")] == []


def test_a_build_that_fails_leaves_what_was_there(site: Path) -> None:
    assert build(site).wait(60) == 0
    before = named(site)
    (site / "assets/icons.txt").write_text("no-such-icon")
    assert build(site).wait(60) != 0
    assert named(site) == before
    assert missing(site) == set()
    assert [path.name for path in (site / "static").iterdir() if path.name.startswith(".")] == []
