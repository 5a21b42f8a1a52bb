"""A session that is not used ends: when it was last used is kept apart from the page that used it."""

from datetime import datetime, timedelta

from sqlalchemy import update

from matchmaker.accounts.models import SignInSession
from matchmaker.clock import now
from matchmaker.database import write_apart

NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last use is kept: one writing in so long, however many pages someone reads."""
_idle = timedelta(minutes=120)


def use_idleness(minutes: int) -> None:
    """Set how long a session may go unused; called once when the application is made."""
    global _idle
    _idle = timedelta(minutes=minutes)


def unused_since() -> datetime:
    """A session that was last used before this moment has ended."""
    return now() - _idle


def is_use_noted(session: SignInSession) -> bool:
    """Whether a use of a moment ago is kept already."""
    return session.last_used_at >= now() - NOTED_EVERY


def note_use(session_id: int) -> bool:
    """Keep that a session was used just now; False when that could not be written. Processes that do so at the same
    moment write once."""
    unnoted = SignInSession.last_used_at < now() - NOTED_EVERY
    return write_apart(update(SignInSession).where(SignInSession.id == session_id, unnoted).values(last_used_at=now()))
