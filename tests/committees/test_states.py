"""The tables of moves are the whole life of a seat, a term, a meeting and an advice."""

import pytest

from matchmaker.committees.models import CommitteeEvent
from matchmaker.committees.states import FIRST, LIVES, SeatAction, TermAction, allows, next_state
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.words.committees import EVENTS
from matchmaker.words.labels import label
from tests.committees.scenes import scene

NOUNS = sorted(LIVES)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_state_is_reached_and_every_other_step_is_refused(noun: str) -> None:
    moves, states = LIVES[noun], set(type(FIRST[noun]))
    actions = {action for _, action in moves}
    reached = {FIRST[noun]}
    while more := {after for (before, _), after in moves.items() if before in reached} - reached:
        reached |= more
    assert reached == states
    for state in states:
        for action in actions:
            if (state, action) in moves:
                assert next_state(noun, state, action) is moves[state, action]
                assert allows(noun, state, action)
            else:
                with pytest.raises(InvalidMove):
                    next_state(noun, state, action)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_step_and_state_has_words(noun: str, app: object) -> None:
    assert [each for each in type(FIRST[noun]) if not label(each)] == []
    assert {f"{noun}.{action.value}" for _, action in LIVES[noun]} <= set(EVENTS)


@pytest.mark.usefixtures("app")
def test_a_step_leaves_an_event_and_a_refused_step_leaves_none() -> None:
    here = scene()
    seat = here.seat()
    event = seat.move(SeatAction.INVITE, by=here.coordinator)
    assert (event.noun, event.subject_id, event.state_before, event.state_after) == (
        "seat", seat.id, "vacant", "proposed",
    )  # fmt: skip
    with pytest.raises(InvalidMove):
        seat.move(SeatAction.REMOVE, by=here.coordinator)
    with pytest.raises(InvalidMove):
        here.member().move(TermAction.ACCEPT, by=None)
    db.session.flush()
    assert db.session.query(CommitteeEvent).filter_by(subject_id=seat.id, noun="seat").count() == 1
