"""Questions about assignments; whose they are is decided by their match."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaker.assignments.models import Assignment, AssignmentEvent, AssignmentFile, AssignmentGroup, Milestone
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.matches.models import Match

Row = TypeVar("Row", AssignmentFile, AssignmentGroup, Milestone)


def assignment_of(match: Match, *, lock: bool = False) -> Assignment | None:
    """The assignment of a match with all a page shows of it."""
    query = (
        select(Assignment)
        .where(Assignment.match_id == match.id)
        .options(
            selectinload(Assignment.groups),
            selectinload(Assignment.milestones),
            selectinload(Assignment.files).joinedload(AssignmentFile.file),
            selectinload(Assignment.events).options(joinedload(AssignmentEvent.actor)),
        )
    )
    if lock:
        query = query.with_for_update(of=Assignment)
    return db.session.scalar(query)


def group_of(assignment: Assignment, group_id: int) -> AssignmentGroup:
    """One of its groups. Raises NotFound."""
    return _one(next((each for each in assignment.groups if each.id == group_id), None))


def milestone_of(assignment: Assignment, milestone_id: int) -> Milestone:
    """One of its milestones. Raises NotFound."""
    return _one(next((each for each in assignment.milestones if each.id == milestone_id), None))


def file_of(assignment: Assignment, file_id: int) -> AssignmentFile:
    """One of the files that came with the result, by its own number. Raises NotFound."""
    return _one(next((each for each in assignment.files if each.id == file_id), None))


def _one(found: Row | None) -> Row:
    if found is None:
        raise NotFound()
    return found
