"""Questions to the database that take long are said in the log: the words of the question, never its values."""

import logging
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

LONG = 0.5
"""Seconds."""
logger = logging.getLogger(__name__)


def watch_slow(engine: Engine) -> None:
    """Measure every question of an engine."""

    def begin(_connection: Connection, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        context.asked_at = time.perf_counter()

    def end(_connection: Connection, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        took = time.perf_counter() - context.asked_at
        if took >= LONG:
            fields = {"seconds": round(took, 3), "question": " ".join(statement.split())[:2000]}
            logger.warning("slow question", extra={"fields": fields})

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
