"""The life of a round for a cohort: one table of (state, action) to state."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class State(StrEnum):
    OPEN = "open"
    RUNNING = "running"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Action(StrEnum):
    RUN = "run"
    PUBLISH = "publish"
    CANCEL = "cancel"


MOVES: dict[tuple[State, Action], State] = {
    (State.OPEN, Action.RUN): State.RUNNING,
    (State.OPEN, Action.CANCEL): State.CANCELLED,
    (State.RUNNING, Action.PUBLISH): State.PUBLISHED,
}
STARTS = frozenset({State.OPEN})
ENDED = frozenset({State.PUBLISHED, State.CANCELLED})


class Answer(StrEnum):
    """What a municipality said to lending a place."""

    ASKED = "asked"
    LENT = "lent"
    REFUSED = "refused"


def next_state(state: State, action: Action) -> State:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None
