"""The lives of a seat, a term, a meeting and an advice: one table each of (state, action) to state."""

from collections.abc import Mapping
from enum import StrEnum

from matchmaker.errors import InvalidMove


class SeatState(StrEnum):
    """Proposed: someone was asked and has not answered."""

    VACANT = "vacant"
    PROPOSED = "proposed"
    FILLED = "filled"
    REMOVED = "removed"


class SeatAction(StrEnum):
    POST = "post"
    INVITE = "invite"
    FILL = "fill"
    RELEASE = "release"
    REMOVE = "remove"


class TermState(StrEnum):
    """Of one person on one seat."""

    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TermAction(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    WARN = "warn"
    RENEW = "renew"
    RESCHEDULE = "reschedule"
    END = "end"
    STOP = "stop"


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class MeetingAction(StrEnum):
    CHANGE = "change"
    HOLD = "hold"
    CANCEL = "cancel"


class AdviceState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class AdviceAction(StrEnum):
    ANSWER = "answer"
    CLOSE = "close"


SEAT_MOVES: Mapping[tuple[StrEnum, StrEnum], StrEnum] = {
    (SeatState.VACANT, SeatAction.POST): SeatState.VACANT,
    (SeatState.VACANT, SeatAction.INVITE): SeatState.PROPOSED,
    (SeatState.VACANT, SeatAction.FILL): SeatState.FILLED,
    (SeatState.VACANT, SeatAction.REMOVE): SeatState.REMOVED,
    (SeatState.PROPOSED, SeatAction.FILL): SeatState.FILLED,
    (SeatState.PROPOSED, SeatAction.RELEASE): SeatState.VACANT,
    (SeatState.FILLED, SeatAction.RELEASE): SeatState.VACANT,
}
TERM_MOVES: Mapping[tuple[StrEnum, StrEnum], StrEnum] = {
    (TermState.PROPOSED, TermAction.ACCEPT): TermState.RUNNING,
    (TermState.PROPOSED, TermAction.DECLINE): TermState.DECLINED,
    (TermState.PROPOSED, TermAction.WITHDRAW): TermState.WITHDRAWN,
    (TermState.RUNNING, TermAction.WARN): TermState.RUNNING,
    (TermState.RUNNING, TermAction.RENEW): TermState.RUNNING,
    (TermState.RUNNING, TermAction.RESCHEDULE): TermState.RUNNING,
    (TermState.RUNNING, TermAction.END): TermState.ENDED,
    (TermState.RUNNING, TermAction.STOP): TermState.ENDED,
}
MEETING_MOVES: Mapping[tuple[StrEnum, StrEnum], StrEnum] = {
    (MeetingState.PLANNED, MeetingAction.CHANGE): MeetingState.PLANNED,
    (MeetingState.PLANNED, MeetingAction.HOLD): MeetingState.HELD,
    (MeetingState.PLANNED, MeetingAction.CANCEL): MeetingState.CANCELLED,
}
ADVICE_MOVES: Mapping[tuple[StrEnum, StrEnum], StrEnum] = {
    (AdviceState.OPEN, AdviceAction.ANSWER): AdviceState.ANSWERED,
    (AdviceState.ANSWERED, AdviceAction.CLOSE): AdviceState.CLOSED,
}
LIVES: Mapping[str, Mapping[tuple[StrEnum, StrEnum], StrEnum]] = {
    "seat": SEAT_MOVES,
    "term": TERM_MOVES,
    "meeting": MEETING_MOVES,
    "advice": ADVICE_MOVES,
}
"""By the noun that lives it."""
FIRST: Mapping[str, StrEnum] = {
    "seat": SeatState.VACANT,
    "term": TermState.PROPOSED,
    "meeting": MeetingState.PLANNED,
    "advice": AdviceState.OPEN,
}


def next_state(noun: str, state: StrEnum, action: StrEnum) -> StrEnum:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return LIVES[noun][state, action]
    except KeyError:
        raise InvalidMove(noun=noun, state=state.value, action=action.value) from None


def allows(noun: str, state: StrEnum, action: StrEnum) -> bool:
    """Whether this step exists from here."""
    return (state, action) in LIVES[noun]
