"""The table of moves is the whole life of an agreement."""

from itertools import product

import pytest

from matchmaker.agreements.models import Agreement
from matchmaker.agreements.states import MOVES, AgreementAction, AgreementState
from matchmaker.errors import InvalidMove
from matchmaker.placements.parts import Part


@pytest.mark.parametrize(("state", "action"), sorted(MOVES))
def test_each_move_in_the_table_changes_the_state_and_leaves_an_event(
    state: AgreementState, action: AgreementAction
) -> None:
    agreement = Agreement(state=state)
    event = agreement.move(action, by=None, part=Part.SYSTEM)
    assert agreement.state is MOVES[state, action]
    assert (event.state_before, event.state_after, event.action) == (state, MOVES[state, action], action)
    assert agreement.events == [event]


@pytest.mark.parametrize(("state", "action"), sorted(set(product(AgreementState, AgreementAction)) - MOVES.keys()))
def test_any_other_move_is_refused_and_changes_nothing(state: AgreementState, action: AgreementAction) -> None:
    agreement = Agreement(state=state)
    with pytest.raises(InvalidMove):
        agreement.move(action, by=None, part=Part.SYSTEM)
    assert (agreement.state, agreement.events) == (state, [])
