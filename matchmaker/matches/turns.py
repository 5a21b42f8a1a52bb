"""Whose turn it is in a match. Everything that names or reminds who is next follows this one rule."""

from matchmaker.matches.states import State
from matchmaker.vocabulary import SIDES_OF_THE_DESK, Party

ASKERS = frozenset({Party.SCHOOL, Party.VISITOR})
_TURNS = {
    State.REQUESTED: frozenset({Party.MUNICIPALITY}),
    State.ASKED: frozenset({Party.SCHOOL}),
    State.ROUTED: frozenset({Party.COLLEAGUE}),
    State.OFFERED: frozenset({Party.SCHOOL}),
}


def whose_turn(state: State, proposed_by: str = "") -> frozenset[Party]:
    """Who must act: one side, the colleague who was asked, or both sides while nobody has named moments yet.

    `proposed_by` is the party whose moments wait for a choice; the other side chooses. The asker counts as the school's
    side, also without an account. Empty when nobody has to act: before a request, once a date stands, after the end.
    """
    if state is not State.SCHEDULING:
        return _TURNS.get(state, frozenset())
    if not proposed_by:
        return frozenset(SIDES_OF_THE_DESK)
    return frozenset({Party.MUNICIPALITY if proposed_by in ASKERS else Party.SCHOOL})
