"""What the whole says: for the desk, for who plans staff, and for who answers for the organisation."""

from flask import Blueprint

from matchmaker.web.guards import OVERVIEW, guard

insights = Blueprint("insights", __name__, url_prefix="/inzicht")
guard(insights, OVERVIEW)

from matchmaker.web.insights import equal_chances, unmet  # noqa: E402

__all__ = ["equal_chances", "insights", "unmet"]
