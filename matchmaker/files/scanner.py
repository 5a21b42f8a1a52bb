"""A scanner for viruses over what is handed in: clamd (ClamAV), on this machine or beside it, where there is one.

Spoken to as its manual says (clamd(8): INSTREAM and PING). What it does not answer in time is not taken.
"""

import logging
import socket
import struct

from matchmaker.errors import InvalidValue
from matchmaker.outgoing.errors import NoAnswer
from matchmaker.outgoing.lines import line_to

SECONDS = 5.0
"""For one file, from the first byte to the answer."""
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_log = logging.getLogger(__name__)
_address = ""


class ScannerAway(InvalidValue):
    """Nobody could look at this file now; the same one may be taken later."""


def use_scanner(address: str) -> None:
    """Where it listens: `host:port` or the path of its socket; empty when there is none."""
    global _address
    _address = address


def is_in_use() -> bool:
    return bool(_address)


def is_there() -> bool:
    """Whether it answers now."""
    try:
        return _asked(b"zPING\0") == "PONG"
    except NoAnswer:
        return False


def check_clean(content: bytes, *, field: str) -> None:
    """Have it looked at, where there is a scanner. Raises InvalidValue (`file_with_virus`) or ScannerAway."""
    if not _address:
        return
    pieces = (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))
    sent = b"".join(struct.pack("!L", len(piece)) + piece for piece in pieces)
    try:
        said = _asked(b"zINSTREAM\0" + sent + struct.pack("!L", 0))
    except NoAnswer as away:
        _log.warning("scanner gave no answer: %s", away.reason)
        raise ScannerAway(field, "scanner_away") from away
    if said.endswith(" FOUND"):
        _log.warning("scanner found %s", said.removeprefix("stream: ").removesuffix(" FOUND"))
        raise InvalidValue(field, "file_with_virus")
    if said != "stream: OK":
        _log.error("scanner could not look: %s", said)
        raise ScannerAway(field, "scanner_away")


def _asked(question: bytes) -> str:
    """Its answer; raises NoAnswer. Who hung is left alone for a while (`outgoing.lines`)."""
    host, port = _at()
    with line_to(host, port):
        try:
            with _connected(host, port) as line:
                line.settimeout(SECONDS)
                line.sendall(question)
                answer = b""
                while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
                    piece = line.recv(_LONGEST_ANSWER)
                    if not piece:
                        break
                    answer += piece
        except TimeoutError as late:
            raise NoAnswer("time") from late
        except OSError as away:
            raise NoAnswer("unreachable") from away
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _at() -> tuple[str, int]:
    """Host and port; of a socket in the file system its path and 0."""
    if _address.startswith("/"):
        return _address, 0
    host, _, port = _address.rpartition(":")
    return host.strip("[]"), int(port)


def _connected(host: str, port: int) -> socket.socket:
    if port:
        return socket.create_connection((host, port), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(host)
    except OSError:
        line.close()
        raise
    return line
