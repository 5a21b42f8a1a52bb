"""Every life cycle is one table, and its diagram in the documentation is drawn from it."""

import pytest

from tests.lifecycle import LIFE_CYCLES, LifeCycle

named = pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda each: each.name)


@named
def test_the_diagram_in_the_documentation_is_the_table(cycle: LifeCycle) -> None:
    assert cycle.diagram() in cycle.document.read_text(encoding="utf-8")


@named
def test_every_state_can_be_reached_and_every_open_one_can_end(cycle: LifeCycle) -> None:
    reached = {cycle.first}
    while more := {after for (before, _), after in cycle.moves.items() if before in reached} - reached:
        reached |= more
    assert reached == set(type(cycle.first))
    for state in reached - set(cycle.ended):
        assert any(after in cycle.ended for (before, _), after in cycle.moves.items() if before is state) or any(
            after is not state for (before, _), after in cycle.moves.items() if before is state
        )


@named
def test_nothing_follows_the_end(cycle: LifeCycle) -> None:
    assert [action for (before, action) in cycle.moves if before in cycle.ended] == []
