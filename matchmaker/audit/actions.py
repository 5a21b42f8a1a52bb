"""Writing the log."""

from contextvars import ContextVar
from typing import Any

from matchmaker.audit.models import AuditEvent
from matchmaker.database import Identified, db

origin: ContextVar[str] = ContextVar("origin", default="system")
"""Where the change comes from: the request id, the job, or `system`."""


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
