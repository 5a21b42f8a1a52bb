"""What can be told of a session now."""

from matchmaker.appointments.models import Appointment, AppointmentStatus
from matchmaker.sessions.models import Session
from matchmaker.sessions.states import State


def is_planned_again(session: Session, appointment: Appointment) -> bool:
    """It did not take place, and both have agreed on another date since."""
    if session.state is not State.NOT_HELD or session.told_at is None or appointment.starts_at is None:
        return False
    return appointment.starts_at > session.told_at


def is_untold(session: Session | None, appointment: Appointment) -> bool:
    """Whether nobody has told yet what came of its date."""
    return session is None or session.state is State.EXPECTED or is_planned_again(session, appointment)


def may_look_back(session: Session | None, appointment: Appointment) -> bool:
    """While nobody told, and after a yes until both sides can read each other."""
    if not appointment.has_begun or appointment.status is AppointmentStatus.CANCELLED:
        return False
    if is_untold(session, appointment):
        return True
    return session is not None and session.state is State.HELD and not session.shows_all
