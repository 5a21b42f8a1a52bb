"""What both sides see together: candidates with reasons, one match, its date, its messages."""

from flask import Blueprint

from matchmaker.web.guards import MUNICIPALITY, SCHOOL, guard

together = Blueprint("together", __name__, url_prefix="/samen")
guard(together, SCHOOL | MUNICIPALITY)

from matchmaker.web.together import (  # noqa: E402
    answers,
    asking,
    assignment_plan,
    assignments,
    calendar,
    candidates,
    dates,
    details,
    lessons,
    lists,
    matches,
    messages,
)

__all__ = [
    "answers",
    "asking",
    "assignment_plan",
    "assignments",
    "calendar",
    "candidates",
    "dates",
    "details",
    "lessons",
    "lists",
    "matches",
    "messages",
    "together",
]
