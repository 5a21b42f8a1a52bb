"""What people of the trade know by heart: how work and studies are spoken of, and which goes with which.

Plain texts, to be read and corrected without reading code: `work.txt`, `studies.txt`, `priors.txt` and `kinds.txt`.
Each says at its top what its lines mean. Nothing in them was counted from postings: it is public knowledge, written
down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Study:
    """A detailed field of study: how it is named, what words belong to it, and the work a named study points to."""

    isced: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    work: Mapping[str, int]


@cache
def work_clues() -> Mapping[str, Mapping[str, int]]:
    """Field of work (W01 to W25) to its words and phrases, each with a strength of 1 to 5."""
    found: dict[str, dict[str, int]] = {}
    for code, strength, cell in _sections("work"):
        clues = found.setdefault(code, {})
        for phrase in _listed(cell):
            clues.setdefault(phrase, int(strength))
    return found


@cache
def studies() -> Mapping[str, Study]:
    """ISCED-F detailed field (four digits) to what is known of it."""
    rows: dict[str, dict[str, str]] = {}
    for isced, name, cell in _sections("studies"):
        rows.setdefault(isced, {})[name] = cell
    return {
        isced: Study(
            isced=isced,
            names=_listed(row.get("names", "")),
            words=_listed(row.get("words", "")),
            work=_numbered(row.get("work", "")),
        )
        for isced, row in rows.items()
    }


@cache
def usual_studies() -> Mapping[str, Mapping[str, int]]:
    """Field of work to the fields of study that usually go there, best first, each with a strength of 1 to 9."""
    return {name: numbers for names, numbers in _priors() for name in names if _is_work(name)}


@cache
def usual_work() -> Mapping[str, Mapping[str, int]]:
    """Kind of posting to the fields of work it is most often about."""
    return {name: numbers for names, numbers in _priors() for name in names if not _is_work(name)}


@cache
def own_words() -> Mapping[str, tuple[str, ...]]:
    """Kind of posting to the words such a posting has whatever it is about."""
    rows = (line.partition(":") for line in _lines("kinds"))
    return {kind: _listed(cell) for kinds, _, cell in rows for kind in kinds.split()}


def _is_work(name: str) -> bool:
    return name.startswith("W") and name[1:].isdigit()


def _priors() -> Iterator[tuple[list[str], dict[str, int]]]:
    for line in _lines("priors"):
        names, _, cell = line.partition(":")
        yield names.split(), _numbered(cell)


def _sections(name: str) -> Iterator[tuple[str, str, str]]:
    """(section, name of the line, rest of the line) for a text with [sections]."""
    section = ""
    for line in _lines(name):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        key, _, cell = line.partition(":")
        yield section, key, cell


def _lines(name: str) -> Iterator[str]:
    for line in (_HERE / f"{name}.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(",") if part.strip()))


def _numbered(cell: str) -> dict[str, int]:
    pairs = (part.split() for part in _listed(cell))
    return {code: int(strength) for code, strength in pairs}
