"""A connection to an address that was looked up and judged before, cut off when its time is over."""

import socket
import ssl
import threading
import time
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from matchmaker.outgoing.addresses import Target
from matchmaker.outgoing.errors import NoAnswer


class Stopwatch:
    """The time one request may take in all. A timeout on a socket counts each piece; this counts them together."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._handle: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> "Stopwatch":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        if self._handle is not None:
            self._handle.close()

    def left(self) -> float:
        """Seconds left; raises NoAnswer when there are none."""
        left = self._until - time.monotonic()
        if left <= 0 or self.is_over:
            raise NoAnswer("time")
        return left

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection when the time is over. A second handle stays valid when TLS takes over the first."""
        self._handle = connection.dup()

    def _cut(self) -> None:
        self.is_over = True
        if self._handle is not None:
            try:
                self._handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


class _Pinned:
    """Connects to the addresses found before. Name, certificate and Host header stay those of the name."""

    pinned: tuple[str, ...]
    stopwatch: Stopwatch
    port: int

    def _new_conn(self) -> socket.socket:
        for address in self.pinned:
            try:
                made = socket.create_connection((address, self.port), timeout=self.stopwatch.left())
            except OSError:
                continue
            self.stopwatch.watch(made)
            return made
        self.stopwatch.left()
        raise NoAnswer("unreachable")


class _PinnedHTTP(_Pinned, HTTPConnection):
    pass


class _PinnedHTTPS(_Pinned, HTTPSConnection):
    pass


def connect(target: Target, pinned: tuple[str, ...], stopwatch: Stopwatch) -> HTTPConnection:
    """A connection that is not open yet; over https the certificate must fit the name and be of a known authority."""
    options: dict[str, Any] = {"timeout": stopwatch.left()}
    made: _PinnedHTTP | _PinnedHTTPS
    if target.secure:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        made = _PinnedHTTPS(target.host, target.port, ssl_context=context, **options)
    else:
        made = _PinnedHTTP(target.host, target.port, **options)
    made.pinned, made.stopwatch = pinned, stopwatch
    return made
