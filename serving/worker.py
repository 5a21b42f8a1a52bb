"""A worker of gunicorn for the open network: threads, fed with whole requests, in turn.

gunicorn's own threaded worker gives every new connection a thread, which waits there for the request; some hundreds of
slow connections then hold all threads. This one takes requests in without a thread (`arriving`), answers those it
cannot take by itself, and lets visitors take turns (`turns`). TLS and HTTP/2 are for the proxy.
"""

import contextlib
import os
import selectors
import socket
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from time import monotonic
from typing import Any

from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from serving.arriving import IN_MEMORY, Arriving, Bounds, State, visitor
from serving.refusals import REFUSALS, Refusal
from serving.turns import TooMany, Turns

MEGABYTE = 1024 * 1024
ALL_BODIES = 512 * MEGABYTE
"""Bytes that large requests on their way into one process may promise together."""
SEND_BUFFER = MEGABYTE
"""Bytes of an answer the network keeps (as far as it allows), so that who reads slowly holds no thread."""
SEND_SECONDS = 60.0
LEAVE_SECONDS = 2.0
LOOK_SECONDS = 0.5
TELL_SECONDS = 10.0
SHORT_SECONDS = 1.0
"""How long a head may take when nearly all connections are in use."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Connection(TConn):
    """One visitor's connection."""

    arriving: Arriving
    since: float
    leaving_at: float

    def init(self) -> None:
        """In a thread, before an answer is written: who does not read it is waited for, but not for ever."""
        self.sock.settimeout(SEND_SECONDS)
        if self.parser is None:
            self.initialized = True
            self.parser = RequestParser(self.cfg, self.sock, self.client)
            self.parser.unreader = Arrived(self.sock)
        self.parser.unreader.arrived = self.arriving.content


class Arrived(SocketUnreader):
    """Reads from what has arrived, and never from the network."""

    arrived: Any

    def chunk(self, size_hint: int | None = None) -> bytes:
        size = max(self.mxchunk, min(size_hint or 0, self.max_body_chunk))
        return bytes(self.arrived.read(size))


class PatientWorker(ThreadWorker):
    """See above."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        most = int(os.environ.get("UPLOAD_MEGABYTES") or 32) * MEGABYTE + MEGABYTE
        self.bounds = Bounds(most, int(os.environ.get("TRUSTED_PROXIES") or 0))
        self.coming: set[Connection] = set()
        self.leaving: set[Connection] = set()
        self.refused: dict[Refusal, int] = {}
        self.looked_at = self.told_at = 0.0

    def get_thread_pool(self) -> Turns:
        return Turns(self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        """Let a visitor in."""
        try:
            sock, client = listener.accept()
        except OSError:
            return
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.nr_conns += 1
        self.await_request(Connection(self.cfg, sock, client, listener.getsockname()))

    def await_request(self, conn: Connection, first: bytes = b"") -> None:
        """Take in what is there of the next request; the rest when it comes."""
        conn.sock.setblocking(False)
        conn.arriving, conn.since = Arriving(self.bounds, first), monotonic()
        if conn.parser is not None:
            conn.arriving.until = monotonic() + self.cfg.keepalive
        if not self.alive:
            self.hurry(conn, monotonic() + STOP_KEEPALIVE_LINGER)
        self.take_in(conn)

    def take_in(self, conn: Connection) -> None:
        """See how far it is, and do what comes next."""
        state = conn.arriving.take(conn.sock)
        if state is State.COMING and not self.is_too_much(conn):
            self.coming.add(conn)
            self.watch(conn, self.take_in)
            return
        self.coming.discard(conn)
        self.unwatch(conn)
        if state is State.WHOLE:
            self.enqueue_req(conn)
        elif state is State.GONE:
            self.let_go(conn)
        else:
            self.refuse(conn, Refusal.BUSY if state is State.COMING else Refusal[state.name])

    def is_too_much(self, conn: Connection) -> bool:
        """A large request beside others that are. Also says the word that who expects one waits for."""
        arriving = conn.arriving
        if arriving.expects_word:
            arriving.expects_word = False
            with contextlib.suppress(OSError):
                conn.sock.send(CONTINUE)
        wanted = arriving.wanted or 0
        if wanted <= IN_MEMORY or conn in self.coming:
            return False
        return wanted + sum(each.arriving.wanted or 0 for each in self.coming) > ALL_BODIES

    def enqueue_req(self, conn: Connection) -> None:
        """Let a whole request take its turn."""
        who = visitor(conn.client, conn.arriving.forwarded_for, self.bounds.proxies)
        try:
            done = self.tpool.submit(who, partial(self.handle_whole, conn), partial(self.say, conn, Refusal.BUSY))
        except TooMany:
            self.refuse(conn, Refusal.TOO_MANY)
            return
        done.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def handle_whole(self, conn: Connection) -> object:
        """Answer it, in a thread."""
        conn.data_ready = True
        return self.handle(conn)

    def finish_request(self, conn: Connection, done: "Future[object]") -> None:
        """It is answered: wait for the next on this connection, or end it."""
        more, again = conn.arriving.more, False
        with contextlib.suppress(Exception):
            again = bool(done.result())
        conn.arriving.close()
        if again and conn.parser is not None:
            self.await_request(conn, conn.parser.unreader.take_buffered() + more)
        else:
            self.see_off(conn)

    def refuse(self, conn: Connection, why: Refusal) -> None:
        """Answer by ourselves, without a thread, and end it."""
        self.say(conn, why)
        self.see_off(conn)

    def say(self, conn: Connection, why: Refusal) -> bool:
        """Write a refusal as far as the network takes it; False, because the connection ends."""
        self.refused[why] = self.refused.get(why, 0) + 1
        conn.sock.setblocking(False)
        with contextlib.suppress(OSError):
            conn.sock.send(REFUSALS[why])
        return False

    def see_off(self, conn: Connection) -> None:
        """End a connection so that the answer arrives: say that it was all, and wait a moment until they hang up."""
        conn.arriving.close()
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.let_go(conn)
            return
        conn.leaving_at = monotonic() + LEAVE_SECONDS
        self.coming.discard(conn)
        self.leaving.add(conn)
        self.watch(conn, self.listen_no_more)

    def listen_no_more(self, conn: Connection) -> None:
        """What still comes is thrown away, until they hang up."""
        try:
            gone = not conn.sock.recv(MEGABYTE)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            self.let_go(conn)

    def let_go(self, conn: Connection) -> None:
        """The connection is over."""
        self.coming.discard(conn)
        self.leaving.discard(conn)
        self.unwatch(conn)
        conn.arriving.close()
        self.nr_conns -= 1
        conn.close()

    def watch(self, conn: Connection, then: Callable[[Connection], None]) -> None:
        """When something comes in on this connection, do that."""
        try:
            self.poller.register(conn.sock, selectors.EVENT_READ, lambda _sock: then(conn))
        except KeyError:
            self.poller.modify(conn.sock, selectors.EVENT_READ, lambda _sock: then(conn))

    def unwatch(self, conn: Connection) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def murder_pending(self) -> None:
        """End what takes too long, and tell what was refused. gunicorn calls this after every event."""
        moment = monotonic()
        if moment - self.looked_at < LOOK_SECONDS:
            return
        self.looked_at = moment
        crowded = self.nr_conns > 0.8 * self.worker_connections
        for conn in [each for each in self.coming if self.is_late(each, moment, crowded=crowded)]:
            if conn.arriving.is_empty:
                self.let_go(conn)
            else:
                self.refuse(conn, Refusal.SLOW)
        for conn in [each for each in self.leaving if each.leaving_at < moment]:
            self.let_go(conn)
        if self.refused and moment - self.told_at > TELL_SECONDS:
            said = ", ".join(f"{number} x {why.value[0]}" for why, number in self.refused.items())
            self.log.warning("refused at the door: %s", said)
            self.refused, self.told_at = {}, moment

    def is_late(self, conn: Connection, moment: float, *, crowded: bool) -> bool:
        """Past its time; when nearly all connections are in use, a head gets less of it."""
        hurried = crowded and conn.arriving.wanted is None and moment - conn.since > SHORT_SECONDS
        return hurried or moment > conn.arriving.until

    def hurry(self, conn: Connection, deadline: float) -> None:
        """Who has said nothing yet is waited for until then at most."""
        if conn.arriving.is_empty:
            conn.arriving.until = min(conn.arriving.until, deadline)

    def _cap_keepalive(self, deadline: float) -> None:
        """gunicorn calls this when it is asked to stop."""
        for conn in self.coming:
            self.hurry(conn, deadline)
