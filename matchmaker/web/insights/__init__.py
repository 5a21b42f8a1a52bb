"""What the whole says: for the desk, for who plans staff, for who answers for it, and for coordinators."""

from flask import Blueprint

from matchmaker.web.guards import COORDINATOR, OVERVIEW, guard

insights = Blueprint("insights", __name__, url_prefix="/inzicht")
guard(insights, OVERVIEW | COORDINATOR)

from matchmaker.web.insights import equal_chances, unmet  # noqa: E402

__all__ = ["equal_chances", "insights", "unmet"]
