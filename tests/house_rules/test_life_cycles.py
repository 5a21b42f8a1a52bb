"""Every life cycle is one table, and its diagram in the documentation is drawn from it."""

import pytest

from tests.lifecycle import LIFE_CYCLES, LifeCycle

named = pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda each: each.name)


@named
def test_the_diagram_in_the_documentation_is_the_table(cycle: LifeCycle) -> None:
    assert cycle.diagram() in cycle.document.read_text(encoding="utf-8")


@named
def test_every_state_can_be_reached(cycle: LifeCycle) -> None:
    reached = set(cycle.starts)
    while more := {after for (before, _), after in cycle.moves.items() if before in reached} - reached:
        reached |= more
    assert reached == set(cycle.states)


@named
def test_from_every_state_the_end_can_be_reached_where_there_is_one(cycle: LifeCycle) -> None:
    """A seat of a committee has no end: it is filled again."""
    ending = set(cycle.ended)
    while more := {before for (before, _), after in cycle.moves.items() if after in ending} - ending:
        ending |= more
    assert ending == (set(cycle.states) if cycle.ended else set())


@named
def test_no_other_state_follows_the_end(cycle: LifeCycle) -> None:
    after_the_end = [
        after for (before, _), after in cycle.moves.items() if before in cycle.ended and after is not before
    ]
    assert after_the_end == []
