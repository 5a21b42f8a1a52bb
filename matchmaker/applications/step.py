"""One step in an application with all that belongs to it: the state, the clock and one line in the log."""

from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.applications.deadlines import due_after
from matchmaker.applications.models import Application, ApplicationEvent
from matchmaker.applications.states import Action
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.vocabulary import Party

KEEPS_THE_CLOCK = frozenset({Action.REMIND, Action.ESCALATE})
IS_AN_ANSWER = frozenset({Action.INVITE, Action.OFFER, Action.REFUSE})
"""What tells the student that a person at the municipality has read it."""


def step(
    application: Application, action: Action, *, by: Account | None, as_party: Party, note: str = "", **values: Any
) -> ApplicationEvent:
    """Take one step; raises InvalidMove when it does not exist from here, before anything has changed."""
    moment = now()
    event = application.move(action, by=by, as_party=as_party, note=note, **values)
    if action in IS_AN_ANSWER and as_party is Party.MUNICIPALITY and application.first_answered_at is None:
        application.first_answered_at = moment
    if action not in KEEPS_THE_CLOCK:
        application.due_at = due_after(application, moment)
        application.reminded_at = application.escalated_at = None
    db.session.flush()
    side = application.institution if as_party is Party.SCHOOL else application.municipality
    record(f"application.{action.value}", about=application, by=by, organisation=side, state=application.state.value)
    return event
