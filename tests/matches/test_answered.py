"""What answered postings of a kind had."""

import pytest

from matchmaker.listings.models import Offer
from matchmaker.matches.answered import FEWEST, answered_postings
from matchmaker.vocabulary import Kind, Party, Side
from tests.factories import listings, people
from tests.factories.matches import match

pytestmark = pytest.mark.usefixtures("app")


def offers(count: int, **values: object) -> list[Offer]:
    home = people.municipality()
    return [listings.offer(home, kind=Kind.WORK, text="Je loopt mee.", **values) for _ in range(count)]


def test_below_twenty_postings_nothing_is_compared() -> None:
    for offer in offers(FEWEST - 1, hours_min=24)[:5]:
        match(offer=offer, initiated_by=Party.SCHOOL)
    seen = answered_postings(Kind.WORK, Side.OFFER)
    assert (seen.postings, seen.answered, seen.had) == (FEWEST - 1, 5, ())


def test_from_twenty_on_the_biggest_difference_comes_first() -> None:
    for offer in offers(8, allowance_min=400, hours_min=24):
        match(offer=offer, initiated_by=Party.SCHOOL)
    offers(12, hours_min=24, allowance_min=None)
    seen = answered_postings(Kind.WORK, Side.OFFER)
    assert (seen.postings, seen.answered, seen.unanswered) == (20, 8, 12)
    assert (seen.had[0].name, seen.had[0].answered, seen.had[0].unanswered) == ("allowance_min", 8, 0)
    assert next((each.answered, each.unanswered) for each in seen.had if each.name == "hours_min") == (8, 12)


def test_a_proposal_or_ones_own_request_is_no_answer() -> None:
    first, second, *_ = offers(FEWEST)
    match(offer=first)
    match(offer=second, initiated_by=Party.MUNICIPALITY)
    assert answered_postings(Kind.WORK, Side.OFFER).answered == 0


def test_when_all_got_an_answer_there_is_nothing_to_compare() -> None:
    for offer in offers(FEWEST):
        match(offer=offer, initiated_by=Party.SCHOOL)
    assert answered_postings(Kind.WORK, Side.OFFER).had == ()


def test_of_a_need_the_first_answer_of_the_municipality_counts() -> None:
    home = people.institution()
    needs = [listings.need(home, kind=Kind.LECTURE) for _ in range(FEWEST)]
    match(need=needs[0], initiated_by=Party.MUNICIPALITY)
    match(need=needs[1], initiated_by=Party.SCHOOL)
    assert answered_postings(Kind.LECTURE, Side.NEED).answered == 1
    assert answered_postings(Kind.LECTURE, Side.OFFER).postings <= 2
