"""Reading someone's file is an event too, though the request that reads cannot write."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from matchmaker.audit.actions import origin
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now
from matchmaker.database import Identified, db, read_only

ACTION = "file.read"
ONCE_IN = timedelta(hours=1)
"""Who reads the same thing again within this time gives no second event."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, by the number of the account that read it; None for a link without an account.

    `details` tell who came by a link (`part`) or which list of an organisation was taken (`list`), as codes.
    """

    kind: str
    number: int
    organisation_id: int | None
    by: int | None
    details: dict[str, str] = field(default_factory=dict)


def reading_of(about: Identified, *, by: Identified | None, **details: str) -> Reading:
    """Note it now, for the log to be written once the answer is ready."""
    organisation_id = getattr(about, "organisation_id", None)
    return Reading(type(about).__name__, about.id, organisation_id, by.id if by else None, details)


def write_readings(readings: list[Reading]) -> None:
    """Write what is new in a transaction of its own, after the one that only reads has ended."""
    new = [each for each in readings if not _stands_already(each)]
    db.session.commit()
    if not new:
        return
    read_only(False)
    for each in new:
        event = AuditEvent(
            action=ACTION,
            object_kind=each.kind,
            object_id=each.number,
            organisation_id=each.organisation_id,
            actor_id=each.by,
            origin=origin.get(),
            details=each.details,
        )
        db.session.add(event)
    db.session.commit()


def _stands_already(reading: Reading) -> bool:
    """Whether the same person read the same less than an hour ago."""
    lately = select(AuditEvent.actor_id, AuditEvent.details).where(
        AuditEvent.object_kind == reading.kind,
        AuditEvent.object_id == reading.number,
        AuditEvent.action == ACTION,
        AuditEvent.at > now() - ONCE_IN,
    )
    return (reading.by, reading.details) in [tuple(row) for row in db.session.execute(lately)]
