"""Laying and lifting a hold."""

from datetime import date

from matchmaker.audit.actions import record
from matchmaker.clock import now, today
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidValue
from matchmaker.holds.models import Hold

MOST_YEARS = 10


def lay_hold(
    *, person: Identified | None = None, subject: Identified | None = None, reason: str, ends_on: date, by: Identified
) -> Hold:
    """Hold one person or one subject. Raises InvalidValue at `ends_on` for a day that is past or ten years away."""
    if ends_on < today():
        raise InvalidValue("ends_on", "past")
    if ends_on.year - today().year > MOST_YEARS:
        raise InvalidValue("ends_on", "years_away", n=MOST_YEARS)
    hold = Hold(
        account_id=person.id if person else None,
        subject_kind=type(subject).__name__ if subject else "",
        subject_id=subject.id if subject else None,
        reason=reason,
        ends_on=ends_on,
        created_by_id=by.id,
    )
    db.session.add(hold)
    db.session.flush()
    record("hold.laid", about=hold, by=by)
    return hold


def lift_hold(hold: Hold, *, by: Identified) -> None:
    """What was held may be cleaned and erased again."""
    hold.lifted_at = now()
    db.session.flush()
    record("hold.lifted", about=hold, by=by)
