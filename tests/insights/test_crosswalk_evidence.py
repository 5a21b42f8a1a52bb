"""What matches propose for the crosswalk: enough of them, about the subject, and never by themselves."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.catalogue.actions import dismiss_link, publish_link
from matchmaker.catalogue.queries import current_crosswalk
from matchmaker.errors import InvalidValue
from matchmaker.insights.crosswalk_evidence import FEWEST_DECIDED, link_proposal, link_proposals, wilson
from matchmaker.matches.states import State
from matchmaker.reference import crosswalk
from matchmaker.vocabulary import Kind, Refusal
from tests.factories import listings, people
from tests.factories.matches import match

PAIR = ("W20", "0811")
OTHER = ("W22", "0613")


def decided(number: int, state: State, pair: tuple[str, str] = PAIR, **values: object) -> None:
    work, study = pair
    town, school = people.municipality(), people.institution()
    for _ in range(number):
        match(
            need=listings.need(school, work_fields=[], study_fields=[study]),
            offer=listings.offer(town, work_fields=[work]),
            state=state,
            **values,
        )


def refused(number: int, pair: tuple[str, str] = PAIR, refusal: Refusal = Refusal.NOT_OUR_WORK) -> None:
    decided(number, State.REFUSED, pair, refusal=refusal)


def test_a_pair_that_is_said_yes_to_clearly_more_often_goes_one_up(app: Flask) -> None:
    decided(12, State.DONE)
    refused(12, OTHER)
    before = crosswalk().get(PAIR, 0)
    found = link_proposal(*PAIR)
    assert found is not None
    assert (found.strength, found.proposed, found.yes, found.no) == (before, before + 1, 12, 0)
    assert found.overall == 0.5
    assert found.low > found.overall


def test_a_pair_that_is_refused_as_not_our_work_goes_one_down_and_never_below_none(app: Flask) -> None:
    linked = next(pair for pair, strength in sorted(crosswalk().items()) if strength == 2)
    unlinked = next((work, "0811") for work in ("W01", "W02", "W03", "W24") if (work, "0811") not in crosswalk())
    refused(10, linked)
    refused(10, unlinked)
    decided(20, State.AGREED, OTHER)
    found = {(each.work_field, each.study_field): each.proposed for each in link_proposals()}
    assert found[linked] == 1
    assert unlinked not in found


@pytest.mark.parametrize("refusal", [each for each in Refusal if each is not Refusal.NOT_OUR_WORK])
def test_a_no_about_anything_else_than_the_subject_says_nothing(app: Flask, refusal: Refusal) -> None:
    decided(20, State.AGREED, OTHER)
    refused(20, PAIR, refusal)
    assert link_proposal(*PAIR) is None


@pytest.mark.parametrize("state", [State.PROPOSED, State.REQUESTED, State.OFFERED, State.WITHDRAWN, State.LAPSED])
def test_what_is_not_decided_says_nothing(app: Flask, state: State) -> None:
    refused(12, OTHER)
    decided(12, state)
    assert link_proposal(*PAIR) is None


def test_seven_decided_matches_are_too_few(app: Flask) -> None:
    refused(30, OTHER)
    decided(FEWEST_DECIDED - 1, State.DONE)
    assert link_proposal(*PAIR) is None
    decided(1, State.DONE)
    assert link_proposal(*PAIR) is not None


def test_a_difference_that_may_be_chance_is_not_proposed(app: Flask) -> None:
    decided(6, State.DONE), refused(4)
    decided(5, State.DONE, OTHER), refused(5, OTHER)
    assert link_proposals() == []


def test_who_names_many_fields_makes_no_choice(app: Flask) -> None:
    refused(12, OTHER)
    for _ in range(12):
        match(
            need=listings.need(study_fields=["0811", "0812", "0521", "0732"]),
            offer=listings.offer(work_fields=["W20"]),
            state=State.DONE,
        )
    assert link_proposal(*PAIR) is None


def test_the_study_of_the_programme_counts_when_the_posting_names_none(app: Flask) -> None:
    school = people.institution()
    programme = people.programme(school, isced="0811")
    for _ in range(12):
        match(
            need=listings.need(school, programme_id=programme.id),
            offer=listings.offer(work_fields=["W20"]),
            state=State.DONE,
        )
    refused(12, OTHER)
    assert link_proposal(*PAIR) is not None


def test_in_an_open_question_the_municipality_has_the_need(app: Flask) -> None:
    for _ in range(12):
        match(
            need=listings.need(people.municipality(), kind=Kind.QUESTION, work_fields=["W20"]),
            offer=listings.offer(people.institution(), kind=Kind.QUESTION, work_fields=["W01"], study_fields=["0811"]),
            state=State.DONE,
        )
    refused(12, OTHER)
    assert link_proposal(*PAIR) is not None


def test_nothing_changes_until_someone_decides(app: Flask) -> None:
    decided(12, State.DONE), refused(12, OTHER)
    before = current_crosswalk()
    found = link_proposal(*PAIR)
    assert found is not None
    assert current_crosswalk() == before
    publish_link(*PAIR, found.proposed, why="Twaalf keer ja.", by=people.account())
    version, links = current_crosswalk()
    assert (version, links.strengths[PAIR]) == ("2", found.proposed)
    assert dict(links.strengths) == {**before[1].strengths, PAIR: found.proposed}


def test_what_was_dismissed_comes_back_at_twice_the_number(app: Flask) -> None:
    decided(12, State.DONE), refused(30, OTHER)
    found = link_proposal(*PAIR)
    assert found is not None
    with pytest.raises(InvalidValue):
        dismiss_link(*PAIR, found.proposed, decided=found.decided, why=" ", by=people.account())
    dismiss_link(*PAIR, found.proposed, decided=found.decided, why="Te klein.", by=people.account())
    decided(11, State.DONE)
    assert link_proposal(*PAIR) is None
    decided(1, State.DONE)
    assert link_proposal(*PAIR) is not None


def test_without_matches_there_is_nothing_to_say(app: Flask) -> None:
    assert link_proposals() == []


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(yes: int, decided: int) -> None:
    yes = min(yes, decided)
    low, high = wilson(yes, decided)
    assert 0 <= low <= yes / decided <= high <= 1


def test_the_interval_equals_the_published_example() -> None:
    """81 of 263: 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine 17, 1998, table I)."""
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(("yes", "decided"), [(0, 0), (-1, 3), (4, 3)])
def test_a_share_of_nothing_is_refused(yes: int, decided: int) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(yes, decided)
