"""The life of a match: one table of (state, action) to state. Nothing else decides what may follow what."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class State(StrEnum):
    PROPOSED = "proposed"
    REQUESTED = "requested"
    ASKED = "asked"
    ROUTED = "routed"
    OFFERED = "offered"
    SCHEDULING = "scheduling"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    LAPSED = "lapsed"


class Action(StrEnum):
    PROPOSE = "propose"
    REQUEST = "request"
    OFFER = "offer"
    TAKE = "take"
    ASSIGN = "assign"
    ASK = "ask"
    REPLY = "reply"
    ROUTE = "route"
    COLLEAGUE_YES = "colleague_yes"
    COLLEAGUE_NO = "colleague_no"
    COLLEAGUE_OTHER = "colleague_other"
    FORWARD = "forward"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    PROPOSE_DATES = "propose_dates"
    AGREE = "agree"
    RESCHEDULE = "reschedule"
    COMPLETE = "complete"
    LAPSE = "lapse"
    ESCALATE = "escalate"
    REMIND = "remind"


S, A = State, Action
_OPEN_AT_DESK = (S.REQUESTED, S.ASKED, S.ROUTED)
_RUNNING = (*_OPEN_AT_DESK, S.OFFERED, S.SCHEDULING)

MOVES: dict[tuple[State, Action], State] = {
    (S.PROPOSED, A.PROPOSE): S.PROPOSED,
    (S.PROPOSED, A.REQUEST): S.REQUESTED,
    (S.PROPOSED, A.OFFER): S.OFFERED,
    (S.PROPOSED, A.LAPSE): S.LAPSED,
    (S.REQUESTED, A.ROUTE): S.ROUTED,
    (S.REQUESTED, A.ASK): S.ASKED,
    (S.REQUESTED, A.OFFER): S.OFFERED,
    (S.ASKED, A.REPLY): S.REQUESTED,
    (S.ASKED, A.ROUTE): S.ROUTED,
    (S.ASKED, A.OFFER): S.OFFERED,
    (S.ROUTED, A.COLLEAGUE_YES): S.OFFERED,
    (S.ROUTED, A.COLLEAGUE_NO): S.REQUESTED,
    (S.ROUTED, A.COLLEAGUE_OTHER): S.REQUESTED,
    (S.ROUTED, A.ROUTE): S.ROUTED,
    (S.ROUTED, A.ASK): S.ASKED,
    (S.ROUTED, A.OFFER): S.OFFERED,
    (S.OFFERED, A.PROPOSE_DATES): S.OFFERED,
    (S.OFFERED, A.ACCEPT): S.SCHEDULING,
    (S.OFFERED, A.REFUSE): S.REFUSED,
    (S.OFFERED, A.WITHDRAW): S.WITHDRAWN,
    (S.SCHEDULING, A.PROPOSE_DATES): S.SCHEDULING,
    (S.SCHEDULING, A.AGREE): S.AGREED,
    (S.SCHEDULING, A.WITHDRAW): S.WITHDRAWN,
    (S.AGREED, A.RESCHEDULE): S.SCHEDULING,
    (S.AGREED, A.WITHDRAW): S.WITHDRAWN,
    (S.AGREED, A.COMPLETE): S.DONE,
    **{(state, A.TAKE): state for state in _OPEN_AT_DESK},
    **{(state, A.FORWARD): S.FORWARDED for state in _OPEN_AT_DESK},
    **{(state, A.REFUSE): S.REFUSED for state in _OPEN_AT_DESK},
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in _OPEN_AT_DESK},
    **{(state, A.ASSIGN): state for state in (*_RUNNING, S.AGREED)},
    **{(state, A.ESCALATE): state for state in _RUNNING},
    **{(state, A.REMIND): state for state in _RUNNING},
}

ENDED = frozenset({S.DONE, S.REFUSED, S.WITHDRAWN, S.FORWARDED, S.LAPSED})
AT_DESK = frozenset(_OPEN_AT_DESK)
RUNNING = frozenset(_RUNNING)


def next_state(state: State, action: Action) -> State:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None


def allows(state: State, action: Action) -> bool:
    """Whether this step exists from here."""
    return (state, action) in MOVES
