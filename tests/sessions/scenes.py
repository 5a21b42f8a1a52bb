"""Lectures that have been."""

from datetime import timedelta

import time_machine

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.sessions.actions import Report
from matchmaker.sessions.models import Again, Fit, WhyNot
from tests.factories.dates import Meeting, meeting, moment

WENT_WELL = Report(held=True, students=24, fit=Fit.WELL, again=Again.YES, note="Graag nog eens.")
FELL_THROUGH = Report(held=False, why_not=WhyNot.TOO_FEW)


def lecture(days: int = 20) -> Meeting:
    """One that both sides agreed on, some days ahead."""
    there = meeting()
    there.agree(moment(days))
    db.session.flush()
    return there


def after(days: int = 20) -> time_machine.travel:
    """The evening of that day."""
    return time_machine.travel(now() + timedelta(days=days, hours=12), tick=False)
