"""By when the next one must act, in Dutch working days. Each step that hands the turn to someone starts a new clock."""

from datetime import datetime

from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.matches.deadlines import ROUTE_DAYS
from matchmaker.reference.holidays import due_moment

SCHOOL_DAYS = 5
TALK_DAYS = 10
STUDENT_DAYS = 5


def due_after(application: Application, moment: datetime) -> datetime | None:
    """When the turn that starts now ends; None when nobody has to act.

    The municipality gives clarity within what its desk promises for that.
    """
    desk = application.desk
    days = {
        State.AWAITING_SCHOOL: SCHOOL_DAYS,
        State.SENT: desk.route_days if desk else ROUTE_DAYS,
        State.TALK: TALK_DAYS,
        State.OFFERED: STUDENT_DAYS,
    }.get(application.state)
    return None if days is None else due_moment(moment, days)
