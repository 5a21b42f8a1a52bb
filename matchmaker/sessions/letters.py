"""Letters about a session after its day."""

from matchmaker.appointments.letters import write
from matchmaker.appointments.models import Appointment, Attendee
from matchmaker.links.actions import make_link
from matchmaker.links.models import Purpose
from matchmaker.matches.models import MUNICIPAL
from matchmaker.sessions.models import Session
from matchmaker.vocabulary import Party

LINK_DAYS = 21


def ask_how_it_went(session: Session, appointment: Appointment, attendee: Attendee) -> None:
    """Did it take place, how many came, two questions: answered from the letter, without an account."""
    link = make_link(
        Purpose.SESSION_AFTER,
        subject_id=session.id,
        account_id=attendee.account_id,
        days=LINK_DAYS,
        party=attendee.party,
    )
    write("session_after", appointment, attendee, link=link)


def tell_not_held(session: Session, appointment: Appointment, *, side: Party) -> None:
    """The other side hears that it did not take place, and why."""
    assert session.why_not is not None
    for attendee in appointment.expected:
        if (attendee.party in MUNICIPAL) != (side is Party.MUNICIPALITY):
            why, note = session.why_not.value, session.why_not_note
            write("session_not_held", appointment, attendee, why=why, note=note)
