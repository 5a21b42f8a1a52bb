"""Which people and which subjects are held, as selects to be part of a larger one."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.holds.models import Hold

SUBJECTS = ("Placement", "Match", "Application", "Committee")
"""What can be held besides a person, by the name of its model."""


def held_people() -> Select[tuple[int]]:
    """The numbers of the accounts that are held today."""
    return select(Hold.account_id).where(Hold.counts_on(today()), Hold.account_id.is_not(None))


def held_subjects(kind: str) -> Select[tuple[int]]:
    """The numbers of the subjects of one kind that are held today."""
    return select(Hold.subject_id).where(
        Hold.counts_on(today()), Hold.subject_kind == kind, Hold.subject_id.is_not(None)
    )


def running_holds() -> Sequence[Hold]:
    """Every hold of today, the first to end first."""
    return db.session.scalars(select(Hold).where(Hold.counts_on(today())).order_by(Hold.ends_on, Hold.id)).all()


def hold_by_id(hold_id: int) -> Hold:
    """One running hold; raises NotFound."""
    found = db.session.scalar(select(Hold).where(Hold.id == hold_id, Hold.counts_on(today())))
    if found is None:
        raise NotFound("hold")
    return found
