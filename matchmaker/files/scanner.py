"""A scanner for viruses over what is handed in: clamd (ClamAV), on this machine or beside it, where there is one.

Spoken to as its manual says (clamd(8): INSTREAM and PING). What it does not answer in time is not taken; one that hung
is left alone for a while, and few files are with it at a time, so that it holds few of the threads of a server.
"""

import logging
import socket
import struct
import threading
from time import monotonic

from matchmaker.errors import InvalidValue

SECONDS = 5.0
"""For one file, from the first byte to the answer."""
PING_SECONDS = 0.5
REST_SECONDS = 15.0
MOST_AT_ONCE = 2
WAIT_SECONDS = 3.0
"""For a file before this one."""
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_log = logging.getLogger(__name__)
_address = ""
_free = threading.BoundedSemaphore(MOST_AT_ONCE)
_resting_until = 0.0


class ScannerAway(InvalidValue):
    """Nobody could look at this file now; the same one may be taken later."""


def use_scanner(address: str) -> None:
    """Where it listens: `host:port` or the path of its socket; empty when there is none."""
    global _address, _resting_until
    _address, _resting_until = address, 0.0


def is_in_use() -> bool:
    return bool(_address)


def is_there() -> bool:
    """Whether it answers now; soon said, either way."""
    try:
        return _asked(b"zPING\0", PING_SECONDS) == "PONG"
    except OSError:
        return False


def check_clean(content: bytes, *, field: str) -> None:
    """Have it looked at, where there is a scanner. Raises InvalidValue (`file_with_virus`) or ScannerAway."""
    if not _address:
        return
    pieces = (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))
    sent = b"".join(struct.pack("!L", len(piece)) + piece for piece in pieces)
    said = _told(b"zINSTREAM\0" + sent + struct.pack("!L", 0), field)
    if said.endswith(" FOUND"):
        _log.warning("scanner found %s", said.removeprefix("stream: ").removesuffix(" FOUND"))
        raise InvalidValue(field, "file_with_virus")
    if said != "stream: OK":
        _log.error("scanner could not look: %s", said)
        raise ScannerAway(field, "scanner_away")


def _told(question: bytes, field: str) -> str:
    """What it says of a file, in turn; raises ScannerAway."""
    global _resting_until
    if monotonic() < _resting_until or not _free.acquire(timeout=WAIT_SECONDS):
        raise ScannerAway(field, "scanner_away")
    try:
        return _asked(question, SECONDS)
    except OSError as away:
        _log.warning("scanner gave no answer: %s", type(away).__name__)
        _resting_until = monotonic() + REST_SECONDS
        raise ScannerAway(field, "scanner_away") from away
    finally:
        _free.release()


def _asked(question: bytes, seconds: float) -> str:
    """Its answer; raises OSError, also when all of it took longer."""
    until, answer = monotonic() + seconds, b""
    with _connected(seconds) as line:
        line.settimeout(_left(until))
        line.sendall(question)
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
            line.settimeout(_left(until))
            piece = line.recv(_LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _at() -> tuple[str, int]:
    """Host and port; of a socket in the file system its path and 0."""
    if _address.startswith("/"):
        return _address, 0
    host, _, port = _address.rpartition(":")
    return host.strip("[]"), int(port)


def _connected(seconds: float) -> socket.socket:
    host, port = _at()
    if port:
        return socket.create_connection((host, port), timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(host)
    except OSError:
        line.close()
        raise
    return line
