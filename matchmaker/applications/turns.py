"""Whose turn it is in an application. Everything that names or reminds who is next follows this one rule."""

from matchmaker.applications.states import State
from matchmaker.vocabulary import Party

_TURNS = {
    State.AWAITING_SCHOOL: Party.SCHOOL,
    State.SENT: Party.MUNICIPALITY,
    State.TALK: Party.MUNICIPALITY,
    State.OFFERED: Party.STUDENT,
}


def whose_turn(state: State) -> Party | None:
    """Who must act; None once it has ended."""
    return _TURNS.get(state)
