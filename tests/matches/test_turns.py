"""Whose turn it is: one rule for lists, pages, the desk and whoever follows without an account."""

import pytest
from flask import Flask

from matchmaker.matches.states import State
from matchmaker.matches.turns import whose_turn
from matchmaker.vocabulary import Party
from matchmaker.words.turns import turn, turn_at_desk
from tests.matches.scenes import scene

BOTH = frozenset({Party.SCHOOL, Party.MUNICIPALITY})


@pytest.mark.parametrize(
    ("state", "parties"),
    [
        (State.PROPOSED, frozenset()),
        (State.REQUESTED, {Party.MUNICIPALITY}),
        (State.ASKED, {Party.SCHOOL}),
        (State.ROUTED, {Party.COLLEAGUE}),
        (State.OFFERED, {Party.SCHOOL}),
        (State.SCHEDULING, BOTH),
        (State.AGREED, frozenset()),
        (State.DONE, frozenset()),
        (State.WITHDRAWN, frozenset()),
    ],
)
def test_every_state_says_who_must_act(state: State, parties: frozenset[Party]) -> None:
    assert whose_turn(state) == parties


@pytest.mark.parametrize(
    ("proposed_by", "chooses"),
    [
        (Party.SCHOOL, Party.MUNICIPALITY),
        (Party.VISITOR, Party.MUNICIPALITY),
        (Party.MUNICIPALITY, Party.SCHOOL),
        (Party.COLLEAGUE, Party.SCHOOL),
    ],
)
def test_who_was_sent_moments_chooses_one(proposed_by: Party, chooses: Party) -> None:
    assert whose_turn(State.SCHEDULING, proposed_by) == {chooses}


def test_both_sides_and_the_desk_read_the_same_turn_in_their_own_words(app: Flask) -> None:
    match = scene().asked()
    with app.test_request_context():
        for_school, for_desk = (turn(match, reader=each) for each in (Party.SCHOOL, Party.MUNICIPALITY))
        at_desk = turn_at_desk(match)
    assert (for_school.who, for_school.mine) == ("Loket Utrecht", False)
    assert (for_desk.who, for_desk.mine) == ("u", True)
    assert at_desk == f"Nu aan zet: Loket Utrecht. Uiterlijk {for_desk.until}."
