"""What appointments do by themselves."""

from datetime import datetime, timedelta

from matchmaker.appointments.letters import write
from matchmaker.appointments.models import Appointment, Attendee
from matchmaker.appointments.queries import awaiting_confirmation
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import make_link
from matchmaker.links.models import Link, Purpose

LINK_DAYS_AFTER = 1


def ask_confirmations(moment: datetime) -> int:
    """Two days ahead everyone invited is asked whether it goes on; returns how many appointments that were."""
    appointments = awaiting_confirmation(moment)
    for appointment in appointments:
        appointment.confirmation_asked_at = now()
        for attendee in appointment.expected:
            write("appointment_confirm", appointment, attendee, link=answer_link(appointment, attendee))
        db.session.flush()
        record("appointment.confirmation_asked", about=appointment, by=None)
    return len(appointments)


def answer_link(appointment: Appointment, attendee: Attendee) -> Link:
    """A link with which someone answers without signing in, until the day after."""
    days = (appointment.day - now().date() + timedelta(days=LINK_DAYS_AFTER + 1)).days
    return make_link(
        Purpose.CONFIRM_APPOINTMENT, subject_id=attendee.id, account_id=attendee.account_id, days=max(days, 1)
    )
