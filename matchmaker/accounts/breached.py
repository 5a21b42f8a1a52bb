"""Passwords that others know: looked up in a file of the digests of passwords that leaked.

The file is that of Pwned Passwords (Have I Been Pwned): SHA-1 digests in ascending order, one a line, as
`<40 hexadecimal digits in capitals>:<how often it was seen>`. It is tens of gigabytes, so it is never read whole: each
question halves what is left, some forty small reads. Nothing leaves this machine.
"""

import hashlib
import logging
import os
import re
from pathlib import Path
from typing import BinaryIO

LONGEST_LINE = 64
_LINE = re.compile(rb"([0-9A-F]{40}):[0-9]+\r?\n?")
_file: Path | None = None
logger = logging.getLogger(__name__)


def use_breached(file: str) -> None:
    """Set the file to look in, or none with an empty name; called once when the application is made."""
    global _file
    _file = Path(file) if file else None


def is_breached(password: str) -> bool:
    """Whether a password leaked. False without a file; and with one that cannot be read, which the log tells: that is
    no reason to keep people from choosing a password."""
    if _file is None:
        return False
    text = password.encode("utf-8", "surrogatepass")
    wanted = hashlib.sha1(text, usedforsecurity=False).hexdigest().upper().encode()
    try:
        with _file.open("rb") as lines:
            return holds(lines, wanted)
    except (OSError, ValueError) as error:
        logger.error("the file of passwords known from breaches cannot be used: %s", type(error).__name__)
        return False


def holds(lines: BinaryIO, wanted: bytes) -> bool:
    """Whether a digest stands in an ordered file of them. Raises ValueError at a line that is none.

    What is asked for can only start between `low`, where a line starts, and `high`.
    """
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        start = _line_from(lines, middle)
        if start >= high:
            high = middle
            continue
        found = _digest(lines.readline(LONGEST_LINE))
        if found == wanted:
            return True
        low, high = (lines.tell(), high) if found < wanted else (low, middle)
    return False


def _line_from(lines: BinaryIO, place: int) -> int:
    """Go to the first line that starts here or later."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline(LONGEST_LINE)
    return lines.tell()


def _digest(line: bytes) -> bytes:
    read = _LINE.fullmatch(line)
    if read is None:
        raise ValueError("no digest")
    return read[1]
