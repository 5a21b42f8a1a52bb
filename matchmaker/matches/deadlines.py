"""By when the next one must act, in Dutch working days. Each step that hands the turn to someone starts a new clock."""

from datetime import datetime

from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.reference.holidays import due_moment

FIRST_ANSWER_DAYS = 2
ROUTE_DAYS = 5
COLLEAGUE_DAYS = 3
OTHER_SIDE_DAYS = 5
LINK_DAYS = 21
"""A colleague's link outlives the deadline, so that a late yes is still possible."""


def days_for(match: Match) -> int | None:
    """The working days whoever is next gets; None when nobody has to act before a date."""
    desk = match.desk
    first, route = (desk.first_answer_days, desk.route_days) if desk else (FIRST_ANSWER_DAYS, ROUTE_DAYS)
    return {
        State.REQUESTED: route if match.first_answered_at else first,
        State.ASKED: OTHER_SIDE_DAYS,
        State.ROUTED: COLLEAGUE_DAYS,
        State.OFFERED: OTHER_SIDE_DAYS,
        State.SCHEDULING: OTHER_SIDE_DAYS,
    }.get(match.state)


def due_after(match: Match, moment: datetime) -> datetime | None:
    """When the turn that starts now ends.

    At the desk: the promised first answer, then the promised routing, both counted from the request. Who comes back to
    the desk with an answer waits no longer than a first answer takes.
    """
    days = days_for(match)
    if days is None:
        return None
    if match.state is not State.REQUESTED:
        return due_moment(moment, days)
    promised = due_moment(match.requested_at or moment, days)
    if match.first_answered_at is None:
        return promised
    first = match.desk.first_answer_days if match.desk else FIRST_ANSWER_DAYS
    return max(promised, due_moment(moment, first))
