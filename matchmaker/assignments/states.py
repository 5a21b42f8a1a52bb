"""The life of a group assignment: one table of (state, action) to state."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class AssignmentState(StrEnum):
    PLANNING = "planning"
    RUNNING = "running"
    PRESENTED = "presented"
    DECIDED = "decided"
    STOPPED = "stopped"


class AssignmentAction(StrEnum):
    PLAN = "plan"
    CHANGE = "change"
    START = "start"
    REACH = "reach"
    HAND_IN = "hand_in"
    DECIDE = "decide"
    STOP = "stop"
    REMIND = "remind"
    ESCALATE = "escalate"


S, A = AssignmentState, AssignmentAction
_OPEN = (S.PLANNING, S.RUNNING, S.PRESENTED)

MOVES: dict[tuple[AssignmentState, AssignmentAction], AssignmentState] = {
    (S.PLANNING, A.PLAN): S.PLANNING,
    (S.PLANNING, A.CHANGE): S.PLANNING,
    (S.PLANNING, A.START): S.RUNNING,
    (S.RUNNING, A.CHANGE): S.RUNNING,
    (S.RUNNING, A.REACH): S.RUNNING,
    (S.RUNNING, A.HAND_IN): S.PRESENTED,
    (S.PRESENTED, A.HAND_IN): S.PRESENTED,
    (S.PRESENTED, A.DECIDE): S.DECIDED,
    **{(state, A.STOP): S.STOPPED for state in _OPEN},
    **{(state, A.REMIND): state for state in _OPEN},
    **{(state, A.ESCALATE): state for state in _OPEN},
}

OPEN = frozenset(_OPEN)
ENDED = frozenset({S.DECIDED, S.STOPPED})


def next_state(state: AssignmentState, action: AssignmentAction) -> AssignmentState:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None


def allows(state: AssignmentState, action: AssignmentAction) -> bool:
    """Whether this step exists from here."""
    return (state, action) in MOVES
