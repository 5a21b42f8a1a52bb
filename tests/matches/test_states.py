"""The table of moves is the whole life of a match."""

from pathlib import Path

import pytest

from matchmaker.errors import InvalidMove
from matchmaker.matches.models import Match
from matchmaker.matches.states import ENDED, MOVES, Action, State, next_state
from matchmaker.vocabulary import Party
from tests.matches.lifecycle import DOCUMENT, diagram


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


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_follows_the_end(state: State) -> None:
    assert [action for action in Action if (state, action) in MOVES] == []


def test_every_state_can_be_reached_and_every_open_one_can_end() -> None:
    reached = {State.PROPOSED}
    while more := {after for (before, _), after in MOVES.items() if before in reached} - reached:
        reached |= more
    assert reached == set(State)
    for state in set(State) - ENDED:
        assert any(next_state(state, action) in ENDED for action in Action if (state, action) in MOVES)


def test_the_diagram_in_the_documentation_is_the_table() -> None:
    assert diagram() in Path(DOCUMENT).read_text(encoding="utf-8")
