"""What sessions do by themselves."""

from datetime import datetime

from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.matches.queries import match_by_id
from matchmaker.sessions.actions import session_of
from matchmaker.sessions.letters import ask_how_it_went
from matchmaker.sessions.queries import to_ask_about


def ask_after(moment: datetime) -> int:
    """Ask everyone who was there how it went, once; returns about how many sessions that was."""
    ended = to_ask_about(moment)
    for appointment, session in ended:
        session = session or session_of(match_by_id(appointment.match_id))
        session.asked_at = moment
        for attendee in appointment.expected:
            ask_how_it_went(session, appointment, attendee)
        db.session.flush()
        record("session.asked", about=session, by=None)
    return len(ended)
