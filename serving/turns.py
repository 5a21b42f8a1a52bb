"""Threads that take visitors in turn: who asked least of late goes first, and who asks much has half of the threads.

Of one visitor it is first come, first served. A line that empties now and then is a burst, and everyone waits their
turn. A line that stays is more than can be done: then who waited longer than a moment is told to come back, so that
those who are answered are answered soon.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from math import exp
from time import monotonic

MOST_EACH = 24
"""Requests of one visitor that wait in one process; the next is refused."""
PATIENT, HASTY = 5.0, 0.2
"""Seconds a request waits: in a burst, and when the line has not been empty for a while."""
BURST = 3.0
"""Seconds that a line may last and still be a burst."""
OF_LATE = 10.0
"""Seconds after which a request counts for a third in how much someone asked."""
MUCH = 8.0
"""Requests of late, so counted, in one process."""
REMEMBERED = 5_000
"""Visitors whose asking is remembered in one process."""


class TooMany(Exception):
    """This visitor has as many requests waiting as one may have."""


@dataclass(slots=True)
class _Turn:
    do: Callable[[], object]
    refuse: Callable[[], object]
    came: float = field(default_factory=monotonic)
    is_late: bool = False
    is_of_many: bool = False
    done: "Future[object]" = field(default_factory=Future)


@dataclass(slots=True)
class _Visitor:
    """Who waits, and how much was asked of late, as it was at a moment."""

    line: deque[_Turn] = field(default_factory=deque)
    asked: float = 0.0
    at: float = field(default_factory=monotonic)

    def asked_by(self, moment: float) -> float:
        return self.asked * exp((self.at - moment) / OF_LATE)

    def ask(self, moment: float) -> None:
        self.asked, self.at = self.asked_by(moment) + 1, moment


class Turns:
    """So many threads, and the line before them."""

    def __init__(self, threads: int) -> None:
        self._changed = threading.Condition()
        self._known: dict[str, _Visitor] = {}
        self._in_line: set[str] = set()
        self._waiting = self._many_at_work = 0
        self._for_many = max(1, threads // 2)
        self._empty_at = monotonic()
        self._open = True
        for number in range(threads):
            threading.Thread(target=self._work, name=f"turns-{number}", daemon=True).start()

    def submit(self, visitor: str, do: Callable[[], object], refuse: Callable[[], object]) -> "Future[object]":
        """What `do` returns, or `refuse` when it waited too long. Raises TooMany. What is refused counts as asked."""
        turn = _Turn(do, refuse)
        with self._changed:
            if visitor not in self._known:
                self._forget(turn.came)
            who = self._known.setdefault(visitor, _Visitor())
            who.ask(turn.came)
            if len(who.line) >= MOST_EACH:
                raise TooMany
            who.line.append(turn)
            self._in_line.add(visitor)
            if not self._waiting:
                self._empty_at = turn.came
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
            with self._changed:
                self._many_at_work -= turn.is_of_many

    def _next(self) -> _Turn | None:
        """The first request of who asked least of late, when there is a thread for it; None when it is over."""
        with self._changed:
            while True:
                moment = monotonic()
                visitor = min(self._in_line, key=lambda each: self._known[each].asked_by(moment), default=None)
                if visitor is None and not self._open:
                    return None
                if visitor is not None:
                    of_many = self._known[visitor].asked_by(moment) > MUCH
                    if not of_many or self._many_at_work < self._for_many:
                        return self._taken(visitor, moment, of_many=of_many)
                self._changed.wait()

    def _taken(self, visitor: str, moment: float, *, of_many: bool) -> _Turn:
        line = self._known[visitor].line
        turn = line.popleft()
        turn.is_late = moment - turn.came > (PATIENT if moment - self._empty_at < BURST else HASTY)
        turn.is_of_many = of_many
        self._many_at_work += of_many
        if not line:
            self._in_line.remove(visitor)
        self._waiting -= 1
        if not self._waiting:
            self._empty_at = moment
        return turn

    def _forget(self, moment: float) -> None:
        """Make room: who asked least and does not wait is a stranger again."""
        if len(self._known) < REMEMBERED:
            return
        idle = sorted(self._known.keys() - self._in_line, key=lambda each: self._known[each].asked_by(moment))
        for visitor in idle[: REMEMBERED // 2]:
            del self._known[visitor]
