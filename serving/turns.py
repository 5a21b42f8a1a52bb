"""When more is asked than can be done: who asks most is refused first, and nobody waits long.

Stands before the pages in every thread. A refusal takes next to nothing, so a line of refused requests is gone at once,
and who is let in is answered soon.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from math import exp
from time import monotonic
from typing import Any

from serving.refusals import BUSY, TOO_MANY, Refusal

SHORT, FULL = 2, 64
"""Others that are answered or wait in one process while it is busy: with the first number who asked much is refused,
with the second everyone is."""
LONG, CROWD = 64, 128
"""The same while it is not: many who come at one moment, as to the last place, each get an answer of the pages."""
BUSY_SHARE, CALM_SHARE, BUSY_SECONDS = 0.8, 0.3, 2.0
"""It is busy from when others waited during the first share of the time of late, until it was less than the second;
moments longer ago than that count less."""
MUCH = 12.0
"""Requests of one visitor of late, in one process."""
OF_LATE = 10.0
"""Seconds after which a request counts for a third."""
REMEMBERED = 5_000
"""Visitors whose asking is remembered in one process."""
TELL_SECONDS = 10.0
ALWAYS = "/health/"
"""Who watches the server hears how it is, also when it is busy."""

logger = logging.getLogger("matchmaker.door")
Start = Callable[..., Any]
Pages = Callable[[dict[str, Any], Start], Iterable[bytes]]


@dataclass(slots=True)
class _Visitor:
    """How much was asked of late, as it was at a moment."""

    asked: float = 0.0
    at: float = 0.0


class Turns:
    """WSGI before WSGI. `waiting` says how many requests wait for a thread of this process."""

    def __init__(self, pages: Pages, *, proxies: int = 0, waiting: Callable[[], int] = lambda: 0) -> None:
        self.pages, self.proxies, self.waiting = pages, proxies, waiting
        self._lock = threading.Lock()
        self._inside, self._pressed, self._lined, self._looked_at = 0, 0.0, False, monotonic()
        self._busy = False
        self._visitors: dict[str, _Visitor] = {}
        self._refused: Counter[str] = Counter()
        self._told_at = monotonic()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        refusal = self.judge(visitor(environ, self.proxies), environ.get("PATH_INFO", ""))
        if refusal is None:
            try:
                return self.pages(environ, start)
            finally:
                self.leave()
        start(refusal.status, refusal.headers)
        return [refusal.content]

    def judge(self, who: str, path: str) -> Refusal | None:
        """Whether this visitor is let in now; who is let in leaves again."""
        with self._lock:
            line, moment = self.waiting() + self._inside, monotonic()
            much, busy = self._ask(who, moment) > MUCH, self._press(line, moment)
            most = (SHORT if busy else LONG) if much else (FULL if busy else CROWD)
            if line < most or path.startswith(ALWAYS):
                self._inside += 1
                return None
            found = TOO_MANY if much else BUSY
            self._refused[found.status] += 1
            self._tell(moment)
            return found

    def leave(self) -> None:
        """One who was let in is answered."""
        with self._lock:
            self._inside -= 1
            self._press(self.waiting() + self._inside, monotonic())

    def _press(self, line: int, moment: float) -> bool:
        """Whether it is busy at this moment with this line: a burst is not, a line that stays is."""
        weight = 1 - exp((self._looked_at - moment) / BUSY_SECONDS)
        self._pressed += weight * (self._lined - self._pressed)
        self._lined, self._looked_at = line > 0, moment
        self._busy = self._pressed > (CALM_SHARE if self._busy else BUSY_SHARE)
        return self._busy

    def _ask(self, who: str, moment: float) -> float:
        """One more request of a visitor; returns how many of late."""
        if who not in self._visitors and len(self._visitors) >= REMEMBERED:
            oldest = sorted(self._visitors, key=lambda each: self._visitors[each].at)
            for each in oldest[: REMEMBERED // 2]:
                del self._visitors[each]
        known = self._visitors.setdefault(who, _Visitor())
        known.asked = known.asked * exp((known.at - moment) / OF_LATE) + 1
        known.at = moment
        return known.asked

    def _tell(self, moment: float) -> None:
        if moment - self._told_at > TELL_SECONDS:
            said = ", ".join(f"{number} x {status}" for status, number in self._refused.items())
            logger.warning("refused at the door: %s", said)
            self._refused.clear()
            self._told_at = moment


def visitor(environ: dict[str, Any], proxies: int) -> str:
    """Who asks: the address that the last trusted proxy saw, of IPv6 the /64 it lies in."""
    named = [each.strip() for each in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = named[-proxies] if proxies and len(named) >= proxies else ""
    told = told or str(environ.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return told[:100]
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
