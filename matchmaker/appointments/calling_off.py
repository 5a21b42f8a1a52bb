"""The appointment falls: out of every calendar it stood in."""

from matchmaker.appointments.actions import cancel, drop_slots
from matchmaker.appointments.ical import Method
from matchmaker.appointments.letters import send_invitations
from matchmaker.appointments.queries import appointment_of


def call_off(match_id: int, *, because: str) -> bool:
    """Drop what was proposed and cancel what was agreed, in every calendar. False when there was no date yet."""
    drop_slots(match_id)
    appointment = appointment_of(match_id)
    if appointment is None or not appointment.stands:
        return False
    cancel(appointment, because=because)
    send_invitations("appointment_cancelled", appointment, method=Method.CANCEL, because=because)
    return True
