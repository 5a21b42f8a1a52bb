"""The table of moves is the whole life of a session."""

import pytest

from matchmaker.errors import InvalidMove
from matchmaker.sessions.models import Session
from matchmaker.sessions.states import MOVES, Action, State
from matchmaker.vocabulary import Party


@pytest.mark.parametrize(("state", "action"), sorted((state, action) for state in State for action in Action))
def test_a_move_of_the_table_leaves_an_event_and_any_other_is_refused(state: State, action: Action) -> None:
    session = Session(state=state, events=[])
    if (state, action) not in MOVES:
        with pytest.raises(InvalidMove):
            session.move(action, by=None, as_party=Party.SCHOOL)
        assert (session.state, session.events) == (state, [])
        return
    event = session.move(action, by=None, as_party=Party.SCHOOL)
    assert session.state is MOVES[state, action]
    assert (event.state_before, event.state_after, session.events) == (state, session.state, [event])
