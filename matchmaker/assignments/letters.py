"""Letters about an assignment, with the facts every one of them needs."""

from typing import Any

from matchmaker.assignments.models import Assignment
from matchmaker.matches.letters import tell, tell_asker
from matchmaker.matches.readers import municipal_readers, overseers


def assignment_path(assignment: Assignment) -> str:
    """The page both sides see."""
    return f"/samen/{assignment.match_id}/opdracht"


def tell_school(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who speaks for the school."""
    tell_asker(template, assignment.match, path=assignment_path(assignment), **_due(assignment), **values)


def tell_municipality(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who made the promise for the municipality."""
    match = assignment.match
    tell(template, match, municipal_readers(match), path=assignment_path(assignment), **_due(assignment), **values)


def tell_overseers(template: str, assignment: Assignment, **values: Any) -> None:
    """A letter to who hears that the municipality is late."""
    match = assignment.match
    tell(template, match, overseers(match), path=assignment_path(assignment), **_due(assignment), **values)


def _due(assignment: Assignment) -> dict[str, str]:
    return {"due": assignment.due_at.isoformat() if assignment.due_at else ""}
