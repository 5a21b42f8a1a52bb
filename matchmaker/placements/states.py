"""The life of a placement: one table of (state, action) to state. Nothing else decides what may follow what."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class PlacementState(StrEnum):
    ARRANGING = "arranging"
    TO_APPROVE = "to_approve"
    APPROVED = "approved"
    SIGNING = "signing"
    SIGNED = "signed"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


class PlacementAction(StrEnum):
    """`send`, `sign` and `withdraw` belong to the agreement; `amend` changes what was signed."""

    OPEN = "open"
    ARRANGE = "arrange"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    SEND = "send"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    AMEND = "amend"
    START = "start"
    FINISH = "finish"
    CANCEL = "cancel"
    STOP = "stop"
    NAME = "name"
    REMIND = "remind"
    ESCALATE = "escalate"


S, A = PlacementState, PlacementAction
_BEFORE_START = (S.ARRANGING, S.TO_APPROVE, S.APPROVED, S.SIGNING, S.SIGNED)
_OPEN = (*_BEFORE_START, S.RUNNING)

MOVES: dict[tuple[PlacementState, PlacementAction], PlacementState] = {
    (S.ARRANGING, A.OPEN): S.ARRANGING,
    (S.ARRANGING, A.ARRANGE): S.ARRANGING,
    (S.ARRANGING, A.SUBMIT): S.TO_APPROVE,
    (S.TO_APPROVE, A.APPROVE): S.APPROVED,
    (S.TO_APPROVE, A.SEND_BACK): S.ARRANGING,
    (S.APPROVED, A.REOPEN): S.ARRANGING,
    (S.APPROVED, A.SEND): S.SIGNING,
    (S.SIGNING, A.SIGN): S.SIGNED,
    (S.SIGNING, A.WITHDRAW): S.APPROVED,
    (S.SIGNED, A.AMEND): S.SIGNED,
    (S.SIGNED, A.START): S.RUNNING,
    (S.RUNNING, A.AMEND): S.RUNNING,
    (S.RUNNING, A.FINISH): S.FINISHED,
    (S.RUNNING, A.STOP): S.STOPPED,
    **{(state, A.CANCEL): S.CANCELLED for state in _BEFORE_START},
    **{(state, A.NAME): state for state in _OPEN},
    **{(state, A.REMIND): state for state in _OPEN},
    **{(state, A.ESCALATE): state for state in _OPEN},
}

ENDED = frozenset({S.FINISHED, S.CANCELLED, S.STOPPED})
CALLED_OFF = frozenset({S.CANCELLED, S.STOPPED})
OPEN = frozenset(_OPEN)
BEFORE_START = frozenset(_BEFORE_START)
AGREED_UPON = frozenset({S.SIGNED, S.RUNNING, S.FINISHED, S.STOPPED})
"""Once an agreement was signed by all."""


def next_state(state: PlacementState, action: PlacementAction) -> PlacementState:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None


def allows(state: PlacementState, action: PlacementAction) -> bool:
    """Whether this step exists from here."""
    return (state, action) in MOVES
