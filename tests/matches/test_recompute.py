"""Every stored proposal gives the same numbers again, whatever changed since."""

from copy import deepcopy

import pytest
from flask import Flask

from matchmaker.catalogue.actions import publish_link, publish_version
from matchmaker.catalogue.models import Subject
from matchmaker.catalogue.queries import current_crosswalk, first_values
from matchmaker.database import db
from matchmaker.listings.models import Offer
from matchmaker.matches import actions
from matchmaker.matches.bases import Recomputing, forget_unused_snapshots, kept_proposals
from matchmaker.matches.models import Match, ProfileSnapshot, ProposalBasis
from matchmaker.matches.proposing import absorb_proposal, propose_pair
from matchmaker.matches.states import State
from matchmaker.vocabulary import ListingStatus
from tests.factories import listings, people
from tests.factories.matches import match
from tests.matches.scenes import Scene, scene

pytestmark = pytest.mark.usefixtures("app")


def differences() -> list[tuple[str, object, object]]:
    recomputing = Recomputing()
    return [
        (each.name, each.stored, each.computed)
        for kept in kept_proposals()
        if kept.basis is not None
        for each in recomputing.differences(kept)
    ]


def proposed(number: int = 3) -> tuple[Scene, list[Match]]:
    here = scene()
    for index in range(number):
        listings.offer(
            here.municipality,
            work_fields=["W22"],
            title=f"De Omgevingswet in wijk {index}",
            places=2,
            starts_on=None,
            levels=["hbo_bachelor"],
        )
    return here, actions.propose_for(here.need)


def test_right_after_it_is_made_nothing_differs() -> None:
    _, made = proposed()
    assert len(made) == 3
    assert all(each.basis for each in made)
    assert differences() == []


def test_what_a_round_proposed_anew_rests_on_what_it_saw() -> None:
    here, made = proposed()
    for state in (State.REQUESTED, State.ROUTED, State.REQUESTED):
        match(need=listings.need(here.school, work_fields=["W01"]), desk_id=here.desk.id, state=state)
    db.session.flush()
    before = made[0].reasons
    offer = made[0].offer
    assert isinstance(offer, Offer)
    assert propose_pair(here.need, offer, round_id=1) is made[0]
    assert made[0].reasons != before
    assert differences() == []


def test_what_a_round_proposes_first_can_be_computed_again() -> None:
    here = scene()
    offer = listings.offer(here.municipality, work_fields=["W22"])
    made = propose_pair(here.need, offer, round_id=1)
    assert made is not None and made.basis is not None
    assert differences() == []


def test_after_posting_weights_crosswalk_and_desk_changed_the_numbers_are_the_same() -> None:
    here, made = proposed()
    before = [(each.score, deepcopy(each.reasons), deepcopy(each.hints)) for each in made]
    for each in (here.need, *(each.offer for each in made)):
        assert each is not None
        each.title, each.text, each.work_fields, each.levels = "Iets heel anders", "Over bomen.", ["W01"], ["mbo4"]
        each.places, each.latitude, each.max_distance_km = 9, 53.2, 3
    values = first_values(Subject.WEIGHTS)
    values["weights"]["sessions"]["text"] = 900
    publish_version(Subject.WEIGHTS, values, why="Proef.", by=people.account())
    for (work, study), strength in sorted(current_crosswalk()[1].strengths.items())[:3]:
        publish_link(work, study, strength % 3 + 1, why="Proef.", by=people.account())
    match(need=here.need, desk_id=here.desk.id, state=State.REQUESTED)
    db.session.flush()
    db.session.expire_all()
    assert [(each.score, each.reasons, each.hints) for each in made] == before
    assert differences() == []


def test_a_proposal_made_anew_rests_on_what_is_true_now() -> None:
    here, (first, *_) = proposed()
    was = first.basis and first.basis.need_snapshot_id
    here.need.title = "Bomen in de laan"
    db.session.flush()
    actions.propose_for(here.need)
    assert first.basis is not None
    assert first.basis.need_snapshot_id != was
    assert differences() == []


def test_proposing_again_without_a_change_writes_nothing(count_queries) -> None:  # type: ignore[no-untyped-def]
    here, _ = proposed()
    with count_queries() as queries:
        actions.propose_for(here.need)
    assert queries.number > 0
    assert [each for each in queries.statements if not each.lstrip().upper().startswith("SELECT")] == []


def test_a_posting_is_kept_once_for_all_its_proposals() -> None:
    proposed()
    assert (db.session.query(ProposalBasis).count(), db.session.query(ProfileSnapshot).count()) == (3, 4)


def test_a_proposal_of_before_gets_its_basis_when_it_is_made_again() -> None:
    here, made = proposed()
    for each in made:
        each.basis = None
    db.session.flush()
    actions.propose_for(here.need)
    assert all(each.basis for each in made)


def test_a_question_that_takes_over_a_proposal_takes_what_it_rests_on() -> None:
    _, (first, *_) = proposed()
    question = match(need=first.need, state=State.REQUESTED)
    question.offer = None
    assert first.offer is not None
    offer = first.offer
    db.session.flush()
    absorb_proposal(question, offer)
    db.session.flush()
    assert question.basis is not None
    assert differences() == []


def test_what_no_proposal_rests_on_is_forgotten() -> None:
    _, made = proposed()
    assert forget_unused_snapshots() == 0
    db.session.delete(made[0])
    db.session.flush()
    assert forget_unused_snapshots() == 1
    assert differences() == []


def test_the_command_says_what_differs_and_ends_with_one(app: Flask) -> None:
    here, (first, *_) = proposed()
    run = app.test_cli_runner().invoke
    good = run(args=["match", "recompute", "--all"])
    assert (good.exit_code, good.output) == (0, "3 gelijk, 0 anders, 0 zonder bewaarde grondslag.\n")
    stored = first.score
    first.score = 12.3
    first_basis_gone = match(score=50.0)
    db.session.flush()
    bad = run(args=["match", "recompute", here.need.reference])
    assert bad.exit_code == 1
    assert bad.output.splitlines() == [
        f"match {first.id}, score: bewaard 12.3, nu {stored}",
        "2 gelijk, 1 anders, 0 zonder bewaarde grondslag.",
    ]
    assert "2 gelijk, 1 anders, 1 zonder" in run(args=["match", "recompute", "--all"]).output
    assert first_basis_gone.basis is None


@pytest.mark.parametrize("args", [[], ["V1", "--all"], ["V99999"]])
def test_the_command_needs_one_posting_or_all(app: Flask, args: list[str]) -> None:
    assert app.test_cli_runner().invoke(args=["match", "recompute", *args]).exit_code in (1, 2)


def test_a_closed_posting_keeps_its_numbers() -> None:
    here, _ = proposed()
    here.need.status = ListingStatus.CLOSED
    db.session.flush()
    assert differences() == []
