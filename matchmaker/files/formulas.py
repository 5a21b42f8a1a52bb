"""Formulas of a workbook that fetch something or start a program when it is worked out."""

import re

from matchmaker.errors import InvalidValue
from matchmaker.files.references import is_outward

WORDS = (
    b"CALL", b"DDE", b"EXEC", b"IMAGE", b"REGISTER", b"RTD", b"SQL.REQUEST", b"WEBSERVICE", b"|", b"'HTTP", b"'FTP",
    b"'FILE", b"'/", b"'\\", b"&APOS;", b"&#", b"<!",
)  # fmt: skip
"""A part in which none of these stands, in capitals, holds no such formula."""
LONGEST = 64 * 1024
"""Signs; Excel takes 8192."""
_FETCHES = re.compile(r"(?<!\w)(IMAGE|WEBSERVICE)\s*\(", re.IGNORECASE)
_STARTS = re.compile(r"(?<!\w)(CALL|DDE|EXEC|REGISTER|REGISTER\.ID|RTD|SQL\.REQUEST)\s*\(", re.IGNORECASE)
_CONVERSATION = re.compile(r"[\w']\|('[^']*'|\w+)!")
"""DDE as it was written of old: `program|'subject'!item`."""
_WORKBOOK = re.compile(r"'([^']*)'\s*[#!]")
_TEXT = re.compile(r'"[^"]*"')


def check_formula(formula: str, *, field: str) -> None:
    """Raises InvalidValue at `field` (`file_with_program`, `file_with_elsewhere`, `file_too_full`). Text in a formula
    says nothing, unless names in it could hide where a text begins."""
    if len(formula) > LONGEST:
        raise InvalidValue(field, "file_too_full")
    said = formula if "'" in formula or "[" in formula else _TEXT.sub('""', formula)
    if _STARTS.search(said) or _CONVERSATION.search(said):
        raise InvalidValue(field, "file_with_program")
    if _FETCHES.search(said) or any(is_outward(each) for each in _WORKBOOK.findall(said)):
        raise InvalidValue(field, "file_with_elsewhere")
