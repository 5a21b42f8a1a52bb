"""Whether a part of a packed document is a program, or brings one: macros, controls, objects, what lies elsewhere.

Names and types are those of Office Open XML (ECMA-376) and OpenDocument 1.3. Office finds a program by its type and not
by its name, so both are looked at.
"""

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError  # nosec B405  # names of types; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from matchmaker.errors import InvalidValue

_PROGRAMS = frozenset({
    ".bat", ".class", ".cmd", ".com", ".cpl", ".dll", ".docm", ".dotm", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk",
    ".msi", ".potm", ".ppam", ".ppsm", ".pptm", ".ps1", ".py", ".reg", ".scr", ".sh", ".swf", ".vbe", ".vbs", ".wsf",
    ".wsh", ".xlam", ".xlsb", ".xlsm", ".xltm",
})  # fmt: skip
_FOLDERS = ("basic/", "scripts/", "word/activex/", "xl/activex/", "ppt/activex/", "xl/macrosheets/", "xl/dialogsheets/")
_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet", "dialogsheet", "oleobject")
"""In `[Content_Types].xml`."""
_RELATIONS = ("vbaproject", "worddata", "wordvbadata", "control", "oleobject", "xlmacrosheet", "attachedtoolbars")
"""The last word of the type of a relation."""
_NEAR = re.compile(r"(file:/*)?([a-z]:/|(?<=file://)[a-z0-9_-]+/|(?<=file:///)//[a-z0-9_-]+/)|//[a-z0-9_-]+/")
_LISTENER = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}event-listener"


def check_part(name: str, inside: bytes, *, field: str) -> None:
    """Raises InvalidValue at `field`: `file_with_program`, `file_with_elsewhere` (it fetches something when it is
    opened), or `file_broken`."""
    low = name.lower()
    path = PurePosixPath(low)
    if path.suffix in _PROGRAMS or low.startswith(_FOLDERS) or path.name.startswith(("vbaproject.", "oleobject")):
        raise InvalidValue(field, "file_with_program")
    if low == "[content_types].xml":
        for each in _elements(inside, field):
            if any(word in each.get("ContentType", "").lower() for word in _TYPES):
                raise InvalidValue(field, "file_with_program")
    elif path.suffix == ".rels":
        for each in _elements(inside, field):
            _check_relation(each, field)
    elif path.name in {"content.xml", "styles.xml"} and _LISTENER in (each.tag for each in _elements(inside, field)):
        raise InvalidValue(field, "file_with_program")


def _check_relation(each: Element, field: str) -> None:
    kind = each.get("Type", "").lower().rpartition("/")[2]
    if kind in _RELATIONS:
        raise InvalidValue(field, "file_with_program")
    elsewhere = each.get("TargetMode", "").lower() == "external" and kind != "hyperlink"
    if elsewhere and not _is_near(each.get("Target", "")):
        raise InvalidValue(field, "file_with_elsewhere")


def _is_near(target: str) -> bool:
    """Whether it lies on a disk, or on a server whose name says nothing outside its own network, as a template does."""
    return _NEAR.match(unquote(target).replace("\\", "/").lower()) is not None


def _elements(inside: bytes, field: str) -> Iterator[Element]:
    """Every element, each without what stands in it."""
    try:
        for _, each in iterparse(io.BytesIO(inside), events=("end",), forbid_dtd=True):
            yield each
            each.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InvalidValue(field, "file_broken") from error
