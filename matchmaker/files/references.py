"""Where a document points to: inside itself, on a disk or in the house, or on the internet."""

import re
from urllib.parse import unquote

_NEAR = re.compile(r"(file:/*)?([a-z]:/|(?<=file://)/?[a-z0-9_-]+/|(?<=file:///)//[a-z0-9_-]+/)|//[a-z0-9_-]+/")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):")
_FETCHES_NOTHING = frozenset({
    "about", "cid", "data", "mailto", "private", "service", "slot", "urn", "vnd.sun.star.expand",
    "vnd.sun.star.graphicobject", "vnd.sun.star.help", "vnd.sun.star.package",
})  # fmt: skip
_RUNS = frozenset({"javascript", "macro", "vbscript", "vnd.libreoffice.command", "vnd.sun.star.script"})


def is_near(target: str) -> bool:
    """Whether it lies on a disk, or on a server whose name says nothing outside its own network, as a template does."""
    return _NEAR.match(_path(target)) is not None


def is_outward(target: str) -> bool:
    """Whether it lies on another server. What has no server in it lies beside or in the document."""
    path = _path(target)
    if _NEAR.match(path):
        return False
    scheme = _SCHEME.match(path)
    return path.startswith("//") or (scheme is not None and scheme[1] not in _FETCHES_NOTHING)


def is_command(target: str) -> bool:
    """Whether following it runs something."""
    scheme = _SCHEME.match(_path(target))
    return scheme is not None and scheme[1] in _RUNS


def _path(target: str) -> str:
    return re.sub(r"[\t\r\n]|^[\x00-\x20]+", "", unquote(target)).replace("\\", "/").lower()
