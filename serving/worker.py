"""A worker of gunicorn for the open network: waitress takes requests in, and hands whole ones to threads.

gunicorn's own threaded worker gives every new connection a thread, which waits there for the request; some hundreds of
slow connections then hold all threads. waitress reads and writes all connections of a process without a thread.
gunicorn starts, counts, renews and stops the processes. TLS and HTTP/2 are for the proxy.
"""

import logging
import os
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from serving.door import is_shut, leave
from serving.requests import ClearChannel
from serving.turns import Turns

MEGABYTE = 1024 * 1024
SILENT_SECONDS = 20
"""How long a connection may say nothing: before, within and after a request."""
MOST_CONNECTIONS = 4_000
"""In one process; who comes after that waits until one ends."""
MOST_HEAD = 64 * 1024
IDLE_SECONDS, MOMENT_SECONDS = 0.5, 0.05
STOP_SECONDS = 5.0
"""How long a request may still come in when the process was asked to stop."""
TAKE_SECONDS = 0.3
"""How long the door stays open when no one can begin: who had begun comes in."""
LINGER_SECONDS = 2.0
"""How long a connection that was answered stays open for a next request that is on its way. A proxy that lets go of its
own after less than that never sends one into a closed connection."""


class BufferingWorker(Worker):
    """See above."""

    def run(self) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        connections: dict[int, Any] = {}
        turns = Turns(self.answer, proxies=int(os.environ.get("TRUSTED_PROXIES") or 0))
        server = create_server(
            turns,
            map=connections,
            sockets=[each.sock for each in self.sockets],
            backlog=self.cfg.backlog,
            threads=self.cfg.threads,
            asyncore_use_poll=True,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=SILENT_SECONDS // 2,
            connection_limit=MOST_CONNECTIONS,
            max_request_header_size=MOST_HEAD,
            max_request_body_size=(int(os.environ.get("UPLOAD_MEGABYTES") or 32) + 1) * MEGABYTE,
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        for each in connections.values():
            if isinstance(each, BaseWSGIServer):
                each.channel_class = ClearChannel
        threads = server.task_dispatcher
        turns.waiting = threads.queue.__len__
        while self.alive and os.getppid() == self.ppid:
            self.look(connections, IDLE_SECONDS)
        last = monotonic() + self.cfg.graceful_timeout
        self.finish(connections, last)
        threads.shutdown(timeout=max(0, last - monotonic()))

    def finish(self, connections: dict[int, Any], last: float) -> None:
        """Every answer is the last on its connection. Then out at the door, and on until nobody waits for an answer.

        When the server goes on without this process, it lets people in until it may close what it has: they need not
        wait for its successor.
        """
        asked = monotonic()
        ClearChannel.ends = True
        takes = TAKE_SECONDS if is_shut() else LINGER_SECONDS
        while monotonic() < asked + takes:
            self.look(connections, MOMENT_SECONDS)
        for each in list(connections.values()):
            if isinstance(each, BaseWSGIServer):
                leave(each)
        while monotonic() < last and any(is_busy(each, asked) for each in connections.values()):
            self.look(connections, MOMENT_SECONDS)

    def look(self, connections: dict[int, Any], seconds: float) -> None:
        """Read and write what the network has room for, and tell gunicorn that this process lives."""
        self.notify()
        wasyncore.loop(timeout=seconds, use_poll=True, map=connections, count=1)

    def answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """The pages; after so many this process makes place for a new one."""
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        return self.wsgi(environ, start)  # type: ignore[no-any-return]


def is_busy(connection: object, asked: float) -> bool:
    """Whether an answer is still owed on this connection, or a request is on its way and may come in."""
    if not isinstance(connection, HTTPChannel):
        return False
    if monotonic() < asked + LINGER_SECONDS:
        return True
    just_opened = connection.last_activity == connection.creation_time
    comes_in = (just_opened or connection.request is not None) and monotonic() < asked + STOP_SECONDS
    return bool(connection.requests or connection.total_outbufs_len or comes_in)
