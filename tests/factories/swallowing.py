"""A line to a server that can be told to swallow every byte, in both directions, while its sockets stay open."""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit


class Line:
    """Between a client and a server. `hung` swallows; the words of that time are lost, as with a broken route."""

    def __init__(self, family: int, server: object) -> None:
        self.family, self.server = family, server
        self.hung = False
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.socket(self.family)
                far.connect(self.server)  # type: ignore[arg-type]
                self.open += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while words := source.recv(65536):
                if not self.hung:
                    to.sendall(words)
            if not self.hung:
                to.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        for each in (self.listener, *self.open):
            each.close()


@contextmanager
def swallowing(url: str) -> Iterator[tuple[Line, str]]:
    """A line to the PostgreSQL of this address, and the address by way of it."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    folder, port = asked.get("host", [""])[0], parts.port or int(asked.get("port", ["5432"])[0])
    if folder.startswith("/"):
        line = Line(socket.AF_UNIX, os.path.join(folder, f".s.PGSQL.{port}"))
    else:
        line = Line(socket.AF_INET, (parts.hostname or "127.0.0.1", port))
    who = quote(parts.username or "") + (f":{quote(parts.password)}" if parts.password else "")
    try:
        yield line, f"postgresql://{who}@127.0.0.1:{line.port}{parts.path}"
    finally:
        line.close()
