"""Counts over everything that is open, kept per process for as long as they are true.

What rests on listings alone is true until the change number moves or a day begins. What matches have a part in as well
may be a minute old: matches have no change number. Whoever changed listings and did not commit counts anew.
"""

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.listings.changes import latest_change, pending_changes

Counted = TypeVar("Counted")

_lock = threading.Lock()
_kept: WeakKeyDictionary[Any, dict[str, tuple[Hashable, Any]]] = WeakKeyDictionary()


def kept_while_true(count: Callable[[], Counted]) -> Callable[[], Counted]:
    """Count again only after a change of what is open. The result is shared: do not change it."""
    return _kept_by(count, lambda: (latest_change(), today()))


def kept_a_minute(count: Callable[[], Counted]) -> Callable[[], Counted]:
    """Count again after a change of what is open, and each minute. The result is shared: do not change it."""
    return _kept_by(count, lambda: (latest_change(), now().replace(second=0, microsecond=0)))


def _kept_by(count: Callable[[], Counted], key_of: Callable[[], Hashable]) -> Callable[[], Counted]:
    @wraps(count)
    def counted() -> Counted:
        if pending_changes():
            return count()
        with _lock:
            mine = _kept.setdefault(db.engine, {})
        key = key_of()
        before = mine.get(count.__qualname__)
        if before is not None and before[0] == key:
            found: Counted = before[1]
            return found
        found = count()
        mine[count.__qualname__] = (key, found)
        return found

    return counted
