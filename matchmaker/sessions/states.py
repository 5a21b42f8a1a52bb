"""The life of a session after its date was agreed: one table of (state, action) to state."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class State(StrEnum):
    EXPECTED = "expected"
    HELD = "held"
    NOT_HELD = "not_held"


class Action(StrEnum):
    HOLD = "hold"
    COUNT = "count"
    MISS = "miss"
    PLAN = "plan"


MOVES: dict[tuple[State, Action], State] = {
    (State.EXPECTED, Action.HOLD): State.HELD,
    (State.EXPECTED, Action.MISS): State.NOT_HELD,
    (State.HELD, Action.COUNT): State.HELD,
    (State.NOT_HELD, Action.PLAN): State.EXPECTED,
}


def next_state(state: State, action: Action) -> State:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None
