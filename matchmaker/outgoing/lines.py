"""How many requests of ours are out at once, and who gets a rest.

A server that hangs would hold every thread of the web server, page after page. So few requests are out at a time in one
process, the next waits only briefly, and who just let us wait is not asked again for a while.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from matchmaker.outgoing.errors import NoAnswer

MOST_AT_ONCE = 2
WAIT_SECONDS = 0.5
REST_SECONDS = 15.0
_HANGS = frozenset({"time", "unreachable"})
_free = threading.BoundedSemaphore(MOST_AT_ONCE)
_resting: dict[tuple[str, int], float] = {}


@contextmanager
def line_to(host: str, port: int) -> Iterator[None]:
    """Take one of the lines; raises NoAnswer (`busy`, `resting`) at once or nearly so."""
    if _resting.get((host, port), 0) > time.monotonic():
        raise NoAnswer("resting")
    if not _free.acquire(timeout=WAIT_SECONDS):
        raise NoAnswer("busy")
    try:
        yield
        _resting.pop((host, port), None)
    except NoAnswer as wrong:
        if wrong.reason in _HANGS:
            _resting[host, port] = time.monotonic() + REST_SECONDS
        raise
    finally:
        _free.release()


def wake_all() -> None:
    """Ask everyone again, also who just failed."""
    _resting.clear()
