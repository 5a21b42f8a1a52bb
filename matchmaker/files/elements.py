"""The elements of a part, one after the other: no entities, nothing fetched, nothing kept of what was read.

defusedxml guards the parser; its own handlers are called without a tree, so that a part takes its time and no more.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as given
from typing import Any
from xml.parsers.expat import ExpatError  # nosec B407  # the name of an error; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from matchmaker.errors import InvalidValue

MOST_IN_ONE = 8 * 1024 * 1024
"""Bytes of one tag with what is said in it; a picture written into a tag is as large."""
MOST_NAMES = 20_000
"""Of elements and attributes, and where they come from."""
LONGEST_ORIGIN = 200
_PIECE = 1024 * 1024
_START = 1024
_MARKS = b"\xef\xbb\xbf\xff\xfe"
_SPACE = b" \t\r\n"
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_LIKE_ASCII = {b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252"}

Started = Callable[[str, dict[str, str]], None]


def is_xml(inside: bytes) -> bool:
    start = inside[:_START].lstrip(_MARKS + _SPACE + b"\x00")
    return start.startswith(b"<") or (not start and any(sign in _SPACE for sign in inside[:_START]))


def is_plain(inside: bytes) -> bool:
    """Whether the letters of its names stand in it as ASCII, so that a search for bytes finds them."""
    start = inside[:_START].removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)
    if not start.startswith(b"<") or b"\x00" in start:
        return False
    if not start.startswith(b"<?xml"):
        return True
    declared, end, _ = start.partition(b"?>")
    return bool(end) and all(each.lower() in _LIKE_ASCII for each in _ENCODING.findall(declared))


def local(name: str) -> str:
    """The name of an element or attribute without where it comes from."""
    return name.rpartition("}")[2]


@dataclass(slots=True)
class _Held:
    """Text that is wanted, until its element ends."""

    then: Callable[[str], None]
    depth: int = 0
    pieces: list[str] = given(default_factory=list)


class Elements:
    """Reads one part; calls `started` with the name (`namespace}name`) and attributes of each element. Raises
    InvalidValue at `field` (`file_broken`, `file_too_full`)."""

    def __init__(self, started: Started, *, field: str) -> None:
        self._started, self._field = started, field
        self._held: list[_Held] = []
        self._expat: Any = XMLParser(target=object(), forbid_dtd=False).parser
        self._expat.ordered_attributes = False
        self._expat.DefaultHandlerExpand = None
        self._expat.StartElementHandler = started
        self._expat.StartDoctypeDeclHandler = self._doctype
        self._expat.StartNamespaceDeclHandler = self._namespace

    def read(self, inside: bytes) -> None:
        try:
            for start in range(0, len(inside), _PIECE):
                self._expat.Parse(inside[start : start + _PIECE], False)
                behind = start + _PIECE - self._expat.CurrentByteIndex
                if behind > MOST_IN_ONE or len(self._expat.intern) > MOST_NAMES:
                    raise InvalidValue(self._field, "file_too_full")
            self._expat.Parse(b"", True)
        except (ExpatError, DefusedXmlException, ValueError, LookupError) as error:
            if isinstance(error, InvalidValue):
                raise
            raise InvalidValue(self._field, "file_broken") from error

    def hold_text(self, then: Callable[[str], None]) -> None:
        """Call `then` with the text of the element that has just started, when it ends."""
        self._held.append(_Held(then))
        if len(self._held) > 1:
            return
        self._expat.StartElementHandler = self._start_inside
        self._expat.EndElementHandler = self._end_inside
        self._expat.CharacterDataHandler = self._text

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        self._held[-1].depth += 1
        self._started(name, attributes)

    def _text(self, text: str) -> None:
        self._held[-1].pieces.append(text)

    def _end_inside(self, _: str) -> None:
        held = self._held[-1]
        if held.depth:
            held.depth -= 1
            return
        self._held.pop()
        if self._held:
            self._held[-1].depth -= 1
        else:
            self._expat.StartElementHandler = self._started
            self._expat.EndElementHandler = self._expat.CharacterDataHandler = None
        held.then("".join(held.pieces))

    def _doctype(self, _name: str, _system: str | None, _public: str | None, declares: int) -> None:
        if declares:
            raise InvalidValue(self._field, "file_broken")

    def _namespace(self, _prefix: str | None, uri: str | None) -> None:
        """Names carry where they come from: a long one would be written out for every element."""
        if len(uri or "") > LONGEST_ORIGIN:
            raise InvalidValue(self._field, "file_broken")
