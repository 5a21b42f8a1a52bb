"""The life of an application: one table of (state, action) to state. Nothing else decides what may follow what."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class State(StrEnum):
    AWAITING_SCHOOL = "awaiting_school"
    SENT = "sent"
    TALK = "talk"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FILLED = "filled"
    CALLED_OFF = "called_off"


class Action(StrEnum):
    APPLY = "apply"
    APPROVE = "approve"
    INVITE = "invite"
    OFFER = "offer"
    ACCEPT = "accept"
    PLACE = "place"
    DECLINE = "decline"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    FILL = "fill"
    CALL_OFF = "call_off"
    REMIND = "remind"
    ESCALATE = "escalate"


S, A = State, Action
_RUNNING = (S.AWAITING_SCHOOL, S.SENT, S.TALK, S.OFFERED)
STARTS = frozenset({S.AWAITING_SCHOOL, S.SENT})
"""Where an application begins: before the school, when the programme wants that, else at the municipality."""

MOVES: dict[tuple[State, Action], State] = {
    **{(state, A.APPLY): state for state in (S.AWAITING_SCHOOL, S.SENT)},
    (S.AWAITING_SCHOOL, A.APPROVE): S.SENT,
    (S.SENT, A.INVITE): S.TALK,
    (S.SENT, A.OFFER): S.OFFERED,
    (S.TALK, A.OFFER): S.OFFERED,
    (S.OFFERED, A.ACCEPT): S.ACCEPTED,
    (S.OFFERED, A.DECLINE): S.WITHDRAWN,
    **{(state, A.REFUSE): S.REFUSED for state in (S.AWAITING_SCHOOL, S.SENT, S.TALK)},
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in (S.AWAITING_SCHOOL, S.SENT, S.TALK)},
    **{(state, A.PLACE): S.ACCEPTED for state in _RUNNING},
    **{(state, A.FILL): S.FILLED for state in _RUNNING},
    (S.ACCEPTED, A.CALL_OFF): S.CALLED_OFF,
    **{(state, A.REMIND): state for state in _RUNNING},
    **{(state, A.ESCALATE): state for state in _RUNNING},
}

RUNNING = frozenset(_RUNNING)
ENDED = frozenset(State) - RUNNING
"""What nobody has to answer any more."""

LAST = ENDED - {S.ACCEPTED}
"""Where it led to no place, or to one no longer: nothing follows."""

AT_MUNICIPALITY = frozenset({S.SENT, S.TALK})


def next_state(state: State, action: Action) -> State:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None


def allows(state: State, action: Action) -> bool:
    """Whether this step exists from here."""
    return (state, action) in MOVES
