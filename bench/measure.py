"""Work done in turn and warm, timed in CPU seconds of this process, and told as ratios."""

import json
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Work = Callable[[], object]


def timed(work: Work) -> float:
    """CPU seconds of all threads of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def in_turn(works: Mapping[str, Work], *, turns: int, warm: int = 1) -> dict[str, list[float]]:
    """Seconds of each work, one after the other in every turn, after `warm` turns that do not count."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(warm + turns):
        for name, work in works.items():
            seconds = timed(work)
            if turn >= warm:
                found[name].append(seconds)
    return found


def ratios(of: list[float], to: list[float]) -> dict[str, float]:
    """`of` divided by `to` in the same turn: the median of all turns, and the least and greatest."""
    each = [one / other for one, other in zip(of, to, strict=True)]
    return {"median": statistics.median(each), "least": min(each), "greatest": max(each)}


def milliseconds(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)


def card(*packages: str) -> dict[str, str]:
    """On what this was measured. A package that is not installed is named as missing."""
    return {"python": platform.python_version(), "machine": _processor()} | {each: _version(each) for each in packages}


def write(path: str, result: dict[str, Any]) -> None:
    if path:
        Path(path).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.machine()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
