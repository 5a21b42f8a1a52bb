"""What nobody offers near a desk: which needs and searches count, and which do not."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.insights.models import SearchSignal
from matchmaker.insights.unmet import DAYS_BACK, FEWEST_SEARCHES, WAIT_DAYS, Missing, unanswered_near
from matchmaker.listings.models import Need
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind
from tests.factories import listings, people
from tests.factories.matches import match

GRONINGEN = {"latitude": 53.22, "longitude": 6.57}


@pytest.fixture
def town(app: Flask) -> Organisation:
    return people.municipality(code="GM0344", province="PV26")


def waiting(of: Organisation | None = None, **values: object) -> Need:
    """A need that has been online long enough."""
    return listings.need(of, published_at=now() - timedelta(days=WAIT_DAYS, hours=1), **values)


def searched(number: int, **values: object) -> None:
    row = {"day": today(), "kind": "", "level": "", "work_field": "W20", "area": "GM0344", "number": number, **values}
    db.session.add(SearchSignal(**row))
    db.session.flush()


def test_a_programme_counts_once_however_many_needs_it_has(town: Organisation) -> None:
    school = people.institution()
    programme = people.programme(school)
    for _ in range(2):
        waiting(school, programme_id=programme.id, work_fields=["W20"])
    waiting(work_fields=["W20"])
    found = unanswered_near(town)
    assert found.rows == [Missing("W20", "guest_lecture", 2, 3, 0)]
    assert found.programmes == 2


def test_a_young_need_still_waits_for_its_first_offer(town: Organisation) -> None:
    listings.need()
    assert unanswered_near(town).rows == []


def test_a_need_far_away_is_another_desks_business(town: Organisation) -> None:
    waiting(people.institution(**GRONINGEN), **GRONINGEN)
    assert unanswered_near(town).rows == []


@pytest.mark.parametrize(
    ("state", "score", "counts"),
    [
        (State.PROPOSED, 40.0, False),
        (State.PROPOSED, 39.9, True),
        (State.REQUESTED, None, False),
        (State.AGREED, None, False),
        (State.REFUSED, 80.0, True),
        (State.WITHDRAWN, 80.0, True),
    ],
)
def test_a_need_counts_while_nothing_good_enough_is_open_and_nobody_is_at_work(
    town: Organisation, state: State, score: float | None, counts: bool
) -> None:
    match(need=waiting(), state=state, score=score)
    assert bool(unanswered_near(town).rows) is counts


def test_a_proposal_whose_offer_is_full_helps_nobody(town: Organisation) -> None:
    match(need=waiting(), offer=listings.offer(places=1, places_taken=1), score=90.0)
    assert len(unanswered_near(town).rows) == 1


def test_the_question_of_a_municipality_is_not_a_need_of_a_school(town: Organisation) -> None:
    waiting(kind=Kind.QUESTION)
    assert unanswered_near(town).rows == []


def test_a_need_without_a_field_gets_the_one_its_words_are_about(town: Organisation) -> None:
    waiting(work_fields=[], title="Gastles over riolering", text="Hoe houdt een stad de riolering droog?")
    assert [row.work_field for row in unanswered_near(town).rows] == ["W20"]


@pytest.mark.parametrize(("number", "shown"), [(FEWEST_SEARCHES - 1, []), (FEWEST_SEARCHES, [FEWEST_SEARCHES])])
def test_fewer_than_five_searches_show_nothing(town: Organisation, number: int, shown: list[int]) -> None:
    searched(number)
    assert [row.searches for row in unanswered_near(town).rows] == shown


def test_beside_a_need_a_small_number_of_searches_has_no_value(town: Organisation) -> None:
    waiting(work_fields=["W20"])
    searched(2, kind="guest_lecture")
    assert [row.searches for row in unanswered_near(town).rows] == [None]


def test_searches_of_before_or_elsewhere_do_not_count(town: Organisation) -> None:
    searched(9, day=today() - timedelta(days=DAYS_BACK))
    searched(9, area="GM0014")
    searched(9, area="")
    assert unanswered_near(town).rows == []
    searched(9, area="PV26")
    assert [row.searches for row in unanswered_near(town).rows] == [9]


def test_three_municipalities_with_one_desk_see_what_is_missing_around_each(app: Flask) -> None:
    here, there = people.municipality(code="GM0344"), people.municipality(with_desk=False, code="GM0014", **GRONINGEN)
    there.desk_id = here.desk_id
    db.session.flush()
    waiting(people.institution(**GRONINGEN), **GRONINGEN)
    db.session.expire_all()
    assert unanswered_near(here).programmes == unanswered_near(there).programmes == 1


def test_the_number_of_queries_does_not_grow_with_the_needs(town: Organisation, count_queries) -> None:  # type: ignore[no-untyped-def]
    waiting()
    unanswered_near(town)
    with count_queries() as one:
        unanswered_near(town)
    waiting(), waiting()
    with count_queries() as three:
        unanswered_near(town)
    assert one.number == three.number
