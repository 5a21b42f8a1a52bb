"""A request on its way in. It is taken in without waiting, and is handed on when all of it is there."""

import io
import re
import socket
import tempfile
from dataclasses import dataclass
from enum import Enum, auto
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import IO

MOST_HEAD = 64 * 1024
IN_MEMORY = 256 * 1024
"""Bytes of one request that are kept in memory; of a larger one all go to a file that has no name."""
HEAD_SECONDS = 10.0
LEAST_PACE = 30_000
"""Bytes a second that a body must come in with, after the first ten seconds."""
_CHUNK = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*(?=\r\n)", re.I)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.I)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)
_FORWARDED = re.compile(rb"\r\nx-forwarded-for:([^\r]*)", re.I)


class State(Enum):
    """Where it stands after what came in."""

    COMING = auto()
    WHOLE = auto()
    GONE = auto()
    TOO_LONG = auto()
    HEAD_TOO_LONG = auto()
    WITHOUT_LENGTH = auto()


@dataclass(frozen=True, slots=True)
class Bounds:
    """`most` bytes of a request, and how many proxies are trusted to say who asks."""

    most: int
    proxies: int = 0


class Arriving:
    """`size` bytes of it are in `content`; `wanted` is how many there will be, None before its head ended."""

    def __init__(self, bounds: Bounds, first: bytes = b"") -> None:
        self.bounds = bounds
        self.content: IO[bytes] = io.BytesIO()
        self.size, self.wanted = 0, None
        self.more = b""
        """What came after the end: the start of the next request."""
        self.forwarded_for = ""
        self.expects_word = False
        self._head = bytearray()
        self.until = monotonic() + HEAD_SECONDS
        self.state = self._add(first) if first else State.COMING

    wanted: int | None

    @property
    def is_empty(self) -> bool:
        return not self.size and not self._head

    def take(self, sock: socket.socket) -> State:
        """Take in what is there on a socket that does not block."""
        while self.state is State.COMING:
            try:
                words = sock.recv(_CHUNK)
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                words = b""
            self.state = self._add(words) if words else State.GONE
        return self.state

    def close(self) -> None:
        self.content.close()

    def _add(self, words: bytes) -> State:
        if self.is_empty:
            self.until = monotonic() + HEAD_SECONDS
        if self.wanted is None:
            searched = max(len(self._head) - 3, 0)
            self._head += words
            end = self._head.find(b"\r\n\r\n", searched)
            if end < 0:
                return State.COMING if len(self._head) <= MOST_HEAD else State.HEAD_TOO_LONG
            words, state = bytes(self._head), self._read_head(bytes(self._head[: end + 2]), end + 4)
            if state is not State.COMING:
                return state
            self._head.clear()
        assert self.wanted is not None
        rest = self.wanted - self.size
        self.content.write(words[:rest])
        self.size += min(len(words), rest)
        self.more += words[rest:]
        if self.size < self.wanted:
            return State.COMING
        self.content.seek(0)
        return State.WHOLE

    def _read_head(self, head: bytes, length: int) -> State:
        """What the head says of the body. What it says wrong is for the server behind this to refuse."""
        if _CHUNKED.search(head):
            return State.WITHOUT_LENGTH
        told = set(_LENGTH.findall(head))
        body = int(told.pop()) if len(told) == 1 else 0
        if body > self.bounds.most:
            return State.TOO_LONG
        self.wanted = length + body
        if self.wanted > IN_MEMORY:
            self.content = tempfile.TemporaryFile()  # noqa: SIM115
        self.until = monotonic() + HEAD_SECONDS + body / LEAST_PACE
        self.expects_word = bool(body and _EXPECTS.search(head))
        if self.bounds.proxies:
            self.forwarded_for = ",".join(each.decode("latin-1") for each in _FORWARDED.findall(head))
        return State.COMING


def visitor(peer: object, forwarded_for: str, proxies: int) -> str:
    """Who asks: the address that the last trusted proxy saw, of IPv6 the /64 it lies in."""
    named = [each.strip() for each in forwarded_for.split(",")] if forwarded_for else []
    told = named[-proxies] if proxies and len(named) >= proxies else str(peer[0]) if isinstance(peer, tuple) else ""
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return told[:100]
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
