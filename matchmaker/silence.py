"""A PostgreSQL that does not answer is told from one that is slow, and given up in time.

PostgreSQL breaks off a question that takes too long by itself, as long as it is there. One that hangs (stopped, or
behind a network that swallows all) says nothing at all, and the socket stays open. So after a second of silence its
door is knocked on: a server that is there answers a request for encryption before anything else, without a password.
Who does not answer that is away, for everyone in this process, until it answers a knock.

Only what is bound waits no longer (`bound_silence`): a request, and no command or worker.
"""

import socket
import threading
from collections.abc import Generator, Iterator
from contextvars import ContextVar
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Dialect, Engine, event

LONGEST_SILENCE = 1.0
"""Seconds without an answer before the door is knocked on."""
KNOCK_SECONDS = 0.8
AWAY_SECONDS = 0.5
"""How long a database that did not answer is away without being knocked on again."""
CONNECT_SECONDS = 2
NETWORK = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What the network itself gives up, for those who are not bound: nothing heard for 25 seconds, or 30 with words out."""
_ASK_ENCRYPTION = bytes((0, 0, 0, 8, 4, 210, 22, 47))
"""SSLRequest of the protocol of PostgreSQL: length 8, code 80877103. Answered by one letter."""

Address = tuple[str, int]
_longest: ContextVar[float] = ContextVar("longest", default=0.0)


def bound_silence(seconds: float) -> None:
    """From here on, in this context, a database may hang for this long at most; 0 for as long as it takes.

    This many seconds for one whose door is answered while a question is not; a second or two for one that is silent.
    """
    _longest.set(seconds)


def watch_silence(engine: Engine) -> None:
    """Let an engine of PostgreSQL make connections that notice silence."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Dialect, _record: object, words: list[Any], named: dict[str, Any]) -> "Watched":
        address = _asked_for(named)
        if _longest.get() and address:
            _door(address).enter()
        return Watched.connect(*words, **named)


class Watched(psycopg.Connection[Any]):
    """A connection that is closed when its database is silent; raises psycopg.OperationalError."""

    def wait(self, gen: Any, *words: Any, **named: Any) -> Any:
        longest = _longest.get()
        if not longest:
            return super().wait(gen, *words, **named)
        door = _door((self.pgconn.hostaddr.decode() or self.pgconn.host.decode(), int(self.pgconn.port)))
        try:
            door.enter()
            return super().wait(_listening(gen, door, longest), *words, **named)
        except Silent:
            self.pgconn.finish()
            raise


class Silent(psycopg.OperationalError):
    """The database did not answer."""


class Door:
    """Where a database listens, and whether it was there when someone last knocked."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._knocking = threading.Lock()
        self._away_until = 0.0
        """0 as long as it answers."""

    def enter(self) -> None:
        """Raises Silent when it did not answer a moment ago and does not now."""
        if self._away_until:
            self.knock()

    def knock(self) -> None:
        """Raises Silent. One knocks; whoever comes meanwhile hears what was last known."""
        if self._knocking.acquire(blocking=not self._away_until):
            try:
                if monotonic() >= self._away_until:
                    self._away_until = 0.0 if _answers(self.address) else monotonic() + AWAY_SECONDS
            finally:
                self._knocking.release()
        if self._away_until:
            raise Silent("the database does not answer")


def _listening(gen: Generator[Any, Any, Any], door: Door, longest: float) -> Generator[Any, Any, Any]:
    """The same conversation, which ends when the other side is silent."""
    heard = knocked = monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            moment = monotonic()
            if ready:
                heard = knocked = moment
            elif moment - heard > longest:
                raise Silent("the database left a question unanswered")
            elif moment - knocked > LONGEST_SILENCE:
                door.knock()
                knocked = monotonic()
            wanted = gen.send(ready)
    except StopIteration as done:
        return done.value


_doors: dict[Address, Door] = {}


def _door(address: Address) -> Door:
    return _doors.setdefault(address, Door(address))


def _asked_for(named: dict[str, Any]) -> Address | None:
    """Where a connection will go; None when that is left to the library or to several hosts."""
    host = str(named.get("hostaddr") or named.get("host") or "")
    return (host, int(named.get("port") or 5432)) if host and "," not in host else None


def _answers(address: Address) -> bool:
    """Whether anything at this address speaks, in `KNOCK_SECONDS` for all it may mean together."""
    end = monotonic() + KNOCK_SECONDS
    for family, place in _places(address):
        try:
            with socket.socket(family) as knock:
                knock.settimeout(max(end - monotonic(), 0.01))
                knock.connect(place)
                knock.sendall(_ASK_ENCRYPTION)
                knock.settimeout(max(end - monotonic(), 0.01))
                if knock.recv(1):
                    return True
        except OSError:
            continue
    return False


def _places(address: Address) -> Iterator[tuple[int, Any]]:
    host, port = address
    if host.startswith(("/", "@")):
        yield socket.AF_UNIX, f"{host.replace('@', chr(0), 1)}/.s.PGSQL.{port}"
        return
    try:
        for family, _kind, _protocol, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            yield family, place
    except OSError:
        return
