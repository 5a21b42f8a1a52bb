"""Writing the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from matchmaker.audit.models import AuditEvent
from matchmaker.database import Identified, db

origin: ContextVar[str] = ContextVar("origin", default="system")
"""Where the change comes from: the request id, the job, or `system`."""


@contextmanager
def coming_from(source: str) -> Iterator[None]:
    """What is done in here comes from this; after it from what it came from before."""
    before = origin.set(source)
    try:
        yield
    finally:
        origin.reset(before)


def record(
    action: str,
    *,
    about: Identified,
    by: Identified | None,
    organisation: Identified | None = None,
    result: str = "done",
    **details: Any,
) -> AuditEvent:
    """Note one change in the same transaction. `about` must be flushed; `by` is None for the system or a visitor."""
    event = AuditEvent(
        action=action,
        object_kind=type(about).__name__,
        object_id=about.id,
        organisation_id=organisation.id if organisation else getattr(about, "organisation_id", None),
        actor_id=by.id if by else None,
        origin=origin.get(),
        result=result,
        details=details,
    )
    db.session.add(event)
    return event
