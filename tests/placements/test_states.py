"""The table of moves, and the diagram drawn from it."""

import pytest

from matchmaker.errors import InvalidMove
from matchmaker.placements.states import ENDED, MOVES, OPEN, PlacementAction, PlacementState, allows, next_state

S, A = PlacementState, PlacementAction


def test_a_placement_starts_only_from_signed():
    assert [state for state in S if allows(state, A.START)] == [S.SIGNED]


def test_every_open_state_has_a_way_to_stop():
    assert all(allows(state, A.CANCEL) or allows(state, A.STOP) for state in OPEN)


def test_nothing_follows_the_end():
    assert {before for before, _ in MOVES} & ENDED == set()


def test_every_state_is_reached():
    assert set(S) - {S.ARRANGING} <= set(MOVES.values())


@pytest.mark.parametrize("state", [S.ARRANGING, S.APPROVED, S.RUNNING])
def test_a_step_that_is_not_in_the_table_is_refused(state: S):
    with pytest.raises(InvalidMove):
        next_state(state, A.SIGN)
