"""The table of moves is the whole life of an application."""

import pytest

from matchmaker.applications.models import Application
from matchmaker.applications.states import ENDED, LAST, MOVES, STARTS, Action, State, next_state
from matchmaker.applications.turns import whose_turn
from matchmaker.errors import InvalidMove
from matchmaker.vocabulary import Party


@pytest.mark.parametrize(("state", "action"), sorted(MOVES))
def test_each_move_in_the_table_changes_the_state_and_leaves_an_event(state: State, action: Action) -> None:
    application = Application(state=state)
    event = application.move(action, by=None, as_party=Party.SYSTEM, note="daarom")
    assert application.state is MOVES[state, action]
    assert (event.state_before, event.state_after, event.action) == (state, MOVES[state, action], action)
    assert application.events == [event]


@pytest.mark.parametrize(
    ("state", "action"), sorted((state, action) for state in State for action in Action if (state, action) not in MOVES)
)
def test_every_other_move_is_refused_and_changes_nothing(state: State, action: Action) -> None:
    application = Application(state=state)
    with pytest.raises(InvalidMove):
        application.move(action, by=None, as_party=Party.SYSTEM)
    assert (application.state, application.events) == (state, [])


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nobody_is_next_after_the_end(state: State) -> None:
    assert whose_turn(state) is None


@pytest.mark.parametrize("state", sorted(LAST))
def test_nothing_follows_where_there_is_no_place(state: State) -> None:
    assert [action for action in Action if (state, action) in MOVES] == []


def test_of_an_accepted_place_only_the_placement_can_be_called_off() -> None:
    assert [action for action in Action if (State.ACCEPTED, action) in MOVES] == [Action.CALL_OFF]


def test_every_state_can_be_reached_and_every_open_one_can_end() -> None:
    reached = set(STARTS)
    while more := {after for (before, _), after in MOVES.items() if before in reached} - reached:
        reached |= more
    assert reached == set(State)
    for state in set(State) - ENDED:
        assert any(next_state(state, action) in ENDED for action in Action if (state, action) in MOVES)
        assert whose_turn(state) is not None
