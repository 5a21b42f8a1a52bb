"""Threads that take visitors in turn: who asks much waits behind those who ask little.

Within one visitor it is first come, first served. A line that empties now and then is a burst, and everyone waits
their turn. A line that stays is more than can be done: then who waited longer than a moment is told to come back, so
that those who are answered are answered soon.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic

MOST_EACH = 24
"""Requests of one visitor that wait in one process; the next is refused."""
PATIENT, HASTY = 5.0, 0.2
"""Seconds a request waits: in a burst, and when the line has not been empty for a while."""
BURST = 3.0
"""Seconds that a line may last and still be a burst."""


class TooMany(Exception):
    """This visitor has as many requests waiting as one may have."""


@dataclass(slots=True)
class _Turn:
    do: Callable[[], object]
    refuse: Callable[[], object]
    came: float = field(default_factory=monotonic)
    is_late: bool = False
    done: "Future[object]" = field(default_factory=Future)


class Turns:
    """So many threads, and the line before them."""

    def __init__(self, threads: int) -> None:
        self._changed = threading.Condition()
        self._lines: OrderedDict[str, deque[_Turn]] = OrderedDict()
        self._waiting = 0
        self._empty_at = monotonic()
        self._open = True
        for number in range(threads):
            threading.Thread(target=self._work, name=f"turns-{number}", daemon=True).start()

    def submit(self, visitor: str, do: Callable[[], object], refuse: Callable[[], object]) -> "Future[object]":
        """What `do` returns, or `refuse` when it waited too long. Raises TooMany."""
        turn = _Turn(do, refuse)
        with self._changed:
            line = self._lines.setdefault(visitor, deque())
            if len(line) >= MOST_EACH:
                raise TooMany
            line.append(turn)
            if not self._waiting:
                self._empty_at = monotonic()
            self._waiting += 1
            self._changed.notify()
        return turn.done

    def shutdown(self, wait: bool = True) -> None:
        """Take no more; who is at work finishes, and the process need not wait for it."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def _work(self) -> None:
        while (turn := self._next()) is not None:
            try:
                turn.done.set_result((turn.refuse if turn.is_late else turn.do)())
            except BaseException as failed:
                turn.done.set_exception(failed)

    def _next(self) -> _Turn | None:
        """The first of the visitor whose turn it is, who then goes to the back of the line."""
        with self._changed:
            while not self._waiting:
                if not self._open:
                    return None
                self._changed.wait()
            visitor, line = self._lines.popitem(last=False)
            turn, moment = line.popleft(), monotonic()
            turn.is_late = moment - turn.came > (PATIENT if moment - self._empty_at < BURST else HASTY)
            if line:
                self._lines[visitor] = line
            self._waiting -= 1
            if not self._waiting:
                self._empty_at = moment
            return turn
