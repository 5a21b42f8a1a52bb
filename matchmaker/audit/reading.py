"""Reading someone's file is an event too, though the request that reads cannot write."""

from dataclasses import dataclass

from matchmaker.audit.actions import origin
from matchmaker.audit.models import AuditEvent
from matchmaker.database import Identified, db, read_only

ACTION = "file.read"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, by the number of the account that read it; None for a link without an account."""

    kind: str
    number: int
    organisation_id: int | None
    by: int | None


def reading_of(about: Identified, *, by: Identified | None) -> Reading:
    """Note it now, for the log to be written once the answer is ready."""
    return Reading(type(about).__name__, about.id, getattr(about, "organisation_id", None), by.id if by else None)


def write_readings(readings: list[Reading]) -> None:
    """Write them in a transaction of its own, after the one that only reads has ended."""
    db.session.commit()
    read_only(False)
    for each in readings:
        event = AuditEvent(
            action=ACTION,
            object_kind=each.kind,
            object_id=each.number,
            organisation_id=each.organisation_id,
            actor_id=each.by,
            origin=origin.get(),
            details={},
        )
        db.session.add(event)
    db.session.commit()
