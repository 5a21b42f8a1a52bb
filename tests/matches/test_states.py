"""The table of moves is the whole life of a match."""

import pytest

from matchmaker.errors import InvalidMove
from matchmaker.matches.models import Match
from matchmaker.matches.states import MOVES, Action, State
from matchmaker.vocabulary import Party


@pytest.mark.parametrize(("state", "action"), sorted(MOVES))
def test_each_move_in_the_table_changes_the_state_and_leaves_an_event(state: State, action: Action) -> None:
    match = Match(state=state)
    event = match.move(action, by=None, as_party=Party.SYSTEM, note="daarom")
    assert match.state is MOVES[state, action]
    assert (event.state_before, event.state_after, event.action) == (state, MOVES[state, action], action)
    assert match.events == [event]


@pytest.mark.parametrize(
    ("state", "action"), sorted((state, action) for state in State for action in Action if (state, action) not in MOVES)
)
def test_every_other_move_is_refused_and_changes_nothing(state: State, action: Action) -> None:
    match = Match(state=state)
    with pytest.raises(InvalidMove):
        match.move(action, by=None, as_party=Party.SYSTEM)
    assert (match.state, match.events) == (state, [])
