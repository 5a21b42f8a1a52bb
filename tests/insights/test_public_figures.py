"""The figures everyone sees, against what was put in."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask

from matchmaker.clock import AMSTERDAM
from matchmaker.insights.public_figures import FEWEST_ANSWERS, answering, figures
from matchmaker.insights.supply_and_demand import balances, largest_unmet
from matchmaker.listings.writing import sync_tags
from matchmaker.matches.states import State
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind
from tests.factories import listings, people
from tests.factories.matches import match

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)


def moment(day: int, hour: int = 10) -> datetime:
    """An hour in November 2026; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, tzinfo=AMSTERDAM)


def asked(town: Organisation, on: int, answered: int | None) -> None:
    match(
        offer=listings.offer(town),
        state=State.REQUESTED,
        requested_at=moment(on),
        first_answered_at=None if answered is None else moment(answered, 11),
    )


@time_machine.travel(TUESDAY)
def test_a_first_answer_is_counted_in_working_days_and_on_time_by_the_promise_of_the_desk(app: Flask) -> None:
    town = people.municipality()
    for on, answered in ((2, 2), (2, 3), (6, 9), (3, 5), (2, 5)):
        asked(town, on, answered)
    found = answering()
    assert (found.days, found.on_time, found.number) == (1.4, 80, 5)


@time_machine.travel(TUESDAY)
def test_a_question_past_its_promise_without_an_answer_counts_as_late(app: Flask) -> None:
    town = people.municipality()
    for _ in range(FEWEST_ANSWERS):
        asked(town, 2, 3)
    asked(town, 2, None)
    asked(town, 24, None)
    found = answering()
    assert (found.days, found.on_time, found.number) == (1.0, 83, 6)


def test_below_five_answers_there_is_no_figure(app: Flask) -> None:
    assert (figures().answer_days, figures().on_time) == (None, None)


def test_places_and_needs_are_counted_once_and_open_questions_not_at_all(app: Flask) -> None:
    town = people.municipality()
    listings.offer(town, kind=Kind.WORK, places=4, places_taken=1)
    listings.offer(town, kind=Kind.LECTURE)
    listings.need(kind=Kind.SEAT)
    listings.need(town, kind=Kind.QUESTION)
    counted = figures()
    assert (counted.open_places, counted.places_at, counted.open_needs) == (4, 1, 1)


def test_a_need_counts_in_the_municipality_of_its_place(app: Flask) -> None:
    town = people.municipality(code="GM0344", name="Utrecht", place="Utrecht")
    listings.offer(town, kind=Kind.WORK, places=2)
    for place, field in (("Zeist", "W20"), ("Vleuten", "W10")):
        sync_tags(listings.need(place=place, work_fields=[field]))
    found = [(line.name, line.places, line.needs, line.most_wanted) for line in balances()]
    assert found == [("Utrecht", 2, 1, "W10"), ("Zeist", 0, 1, "W20")]


@pytest.mark.parametrize(("state", "left"), [(State.PROPOSED, 2), (State.REQUESTED, 1), (State.REFUSED, 2)])
def test_a_need_waits_until_a_municipality_is_at_work_for_it(app: Flask, state: State, left: int) -> None:
    needs = [listings.need(place="Utrecht", work_fields=["W20"]) for _ in range(2)]
    for need in needs:
        sync_tags(need)
    match(need=needs[0], state=state)
    unmet = largest_unmet()
    assert unmet is not None
    assert (unmet.work_field, unmet.place, unmet.needs) == ("W20", "Utrecht", left)


def test_nothing_waits_in_an_empty_product(app: Flask) -> None:
    assert (largest_unmet(), balances()) == (None, [])
