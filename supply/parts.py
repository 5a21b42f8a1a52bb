"""Every part of others that a server runs or a browser gets, from the lock file and from the build."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-run.lock"
VENDOR = ROOT / "static" / "vendor" / "LICENSES.txt"
_PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.M)
_SHIPPED = re.compile(r"^(\S+) (\S+)\nUsed for: (.+)\nLicence: (.+)$", re.M)
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(( AND | OR | WITH )[A-Za-z0-9.+-]+)*")
_VAGUE = frozenset({"BSD", "UNKNOWN", "Dual License"})
CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
}
NOT_IN_METADATA = {"pyrage": "MIT"}
"""Read in the file LICENSE that is installed with it; its metadata names no licence."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A package with its version, what it is licensed under (SPDX, or BSD when it does not say which) and its use."""

    name: str
    version: str
    licence: str
    used_for: str = ""


def pinned() -> list[tuple[str, str]]:
    """(name, version) of every line of the lock file; a name may stand there twice, for two versions of Python."""
    return _PINNED.findall(LOCK.read_text(encoding="utf-8"))


def of_the_server() -> Iterator[Part]:
    """The Python packages a server runs, in order of name. Raises PackageNotFoundError when one is not installed."""
    versions: dict[str, list[str]] = {}
    for name, version in pinned():
        versions.setdefault(name, []).append(version)
    for name in sorted(versions):
        yield Part(name, ", ".join(versions[name]), _licence(name, distribution(name)))


def of_the_browser() -> list[Part]:
    """What the build puts in `static/vendor`, as it says itself."""
    found = _SHIPPED.findall(VENDOR.read_text(encoding="utf-8"))
    return sorted(Part(name, version, licence, use) for name, version, use, licence in found)


def _licence(name: str, package: Distribution) -> str:
    about = package.metadata
    for said in (about.get("License-Expression", ""), about.get("License", "")):
        if _EXPRESSION.fullmatch(said) and said not in _VAGUE:
            return said
    kinds = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License ::")]
    named = [CLASSIFIERS.get(kind, kind) for kind in kinds if kind != "OSI Approved"]
    return " OR ".join(named) or NOT_IN_METADATA.get(name, "unknown")
