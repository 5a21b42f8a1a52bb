"""Whether a part of a packed document is a program, or brings one: macros, controls, objects, what lies elsewhere.

Names and types are those of Office Open XML (ECMA-376) and OpenDocument 1.3. Office finds a program by its type and not
by its name, so both are looked at.
"""

from pathlib import PurePosixPath

from matchmaker.errors import InvalidValue
from matchmaker.files.contents import Contents
from matchmaker.files.elements import is_xml
from matchmaker.files.references import is_command, is_near

_PROGRAMS = frozenset({
    ".bat", ".class", ".cmd", ".com", ".cpl", ".dll", ".docm", ".dotm", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk",
    ".msi", ".potm", ".ppam", ".ppsm", ".pptm", ".ps1", ".py", ".reg", ".scr", ".sh", ".swf", ".vbe", ".vbs", ".wsf",
    ".wsh", ".xlam", ".xlsb", ".xlsm", ".xltm",
})  # fmt: skip
_BEGINNINGS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
)  # fmt: skip
"""Of Windows, Linux, a script, Java, and of macOS in both orders."""
_SCRAMBLED = {".odttf", ".fntdata"}
"""Fonts whose first bytes are any (ECMA-376 part 4, 9.1.7)."""
_FOLDERS = ("basic/", "scripts/", "word/activex/", "xl/activex/", "ppt/activex/", "xl/macrosheets/", "xl/dialogsheets/")
_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet", "dialogsheet", "oleobject")
"""In `[Content_Types].xml`."""
_RELATIONS = (
    "vbaproject", "worddata", "wordvbadata", "control", "oleobject", "xlmacrosheet", "attachedtoolbars", "afchunk",
)  # fmt: skip
"""The last word of the type of a relation."""


class Programs:
    """Looks at one document, part by part. Raises InvalidValue at `field`: `file_with_program`, `file_with_elsewhere`
    (it fetches something when it is opened), `file_broken`, or `file_too_full` (too much to look at)."""

    def __init__(self, field: str) -> None:
        self._field = field
        self._contents = Contents(field)

    def check_part(self, name: str, inside: bytes) -> None:
        low = name.lower()
        path = PurePosixPath(low)
        named = (
            path.suffix in _PROGRAMS or low.startswith(_FOLDERS) or path.name.startswith(("vbaproject.", "oleobject"))
        )
        if named or (inside.startswith(_BEGINNINGS) and path.suffix not in _SCRAMBLED):
            raise InvalidValue(self._field, "file_with_program")
        if low == "[content_types].xml":
            self._contents.read(inside, self._check_type)
        elif path.suffix == ".rels":
            self._contents.read(inside, self._check_relation)
        elif is_xml(inside):
            self._contents.check(inside, strict=path.suffix != ".vml")
        elif path.suffix == ".xml" and inside.strip():
            raise InvalidValue(self._field, "file_broken")

    def _check_type(self, _: str, attributes: dict[str, str]) -> None:
        if any(word in attributes.get("ContentType", "").lower() for word in _TYPES):
            raise InvalidValue(self._field, "file_with_program")

    def _check_relation(self, _: str, attributes: dict[str, str]) -> None:
        self._contents.count_text()
        kind, target = attributes.get("Type", "").lower().rpartition("/")[2], attributes.get("Target", "")
        if kind in _RELATIONS or is_command(target):
            raise InvalidValue(self._field, "file_with_program")
        elsewhere = attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink"
        if elsewhere and not is_near(target):
            raise InvalidValue(self._field, "file_with_elsewhere")
