"""One step in a match with all that belongs to it: the state, the clock and one line in the log."""

from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import revoke_links
from matchmaker.links.models import Purpose
from matchmaker.matches.deadlines import due_after
from matchmaker.matches.models import MUNICIPAL, Match, MatchEvent
from matchmaker.matches.states import Action, State
from matchmaker.vocabulary import Party

KEEPS_THE_CLOCK = frozenset({Action.PROPOSE, Action.ASSIGN, Action.ESCALATE, Action.REMIND})
IS_AN_ANSWER = frozenset(
    {Action.TAKE, Action.ASK, Action.ROUTE, Action.OFFER, Action.REFUSE, Action.FORWARD, Action.COLLEAGUE_YES}
)
"""What tells the asker that a person at the municipality has read the question."""


def step(
    match: Match, action: Action, *, by: Account | None, as_party: Party, note: str = "", **values: Any
) -> MatchEvent:
    """Take one step; raises InvalidMove when it does not exist from here, before anything has changed."""
    before, moment = match.state, now()
    event = match.move(action, by=by, as_party=as_party, note=note, **values)
    answers = action in IS_AN_ANSWER and as_party in MUNICIPAL
    first = answers and match.requested_at is not None and match.first_answered_at is None
    if first:
        match.first_answered_at = moment
    if _starts_a_turn(match, action, first=first):
        match.due_at = due_after(match, moment)
        match.escalated_at = match.reminded_at = None
    db.session.flush()
    if before is State.ROUTED and action is not Action.TAKE and action not in KEEPS_THE_CLOCK:
        revoke_links(Purpose.COLLEAGUE_ANSWER, subject_id=match.id)
    record(f"match.{action.value}", about=match, by=by, organisation=side_of(match, as_party), state=match.state.value)
    return event


def side_of(match: Match, party: Party) -> object:
    """The organisation a party speaks for; the municipality when the system or a visitor acts."""
    return match.school if party is Party.SCHOOL and match.school else match.municipality


def _starts_a_turn(match: Match, action: Action, *, first: bool) -> bool:
    """Taking an item starts the clock of routing, once; it never gives a colleague or the asker more time."""
    if action is Action.TAKE:
        return first and match.state is State.REQUESTED
    return action not in KEEPS_THE_CLOCK
