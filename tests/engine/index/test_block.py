import datetime as dt
from dataclasses import replace

import pytest

from matchmaker.engine.index import Entry, Hit, Index
from matchmaker.engine.profiles import Place
from matchmaker.engine.ranking import rank
from matchmaker.engine.weights import DEFAULT_WEIGHTS
from matchmaker.vocabulary import Kind, Side

TODAY = dt.date(2027, 1, 15)


def best(index, own, crosswalk, **changes):
    asked = {"owner": None, "today": TODAY, "desk_loads": {}, "crosswalk": crosswalk, "weights": DEFAULT_WEIGHTS}
    return index.best(own, **({"top": 20} | asked | changes))


@pytest.fixture
def index():
    return Index(Kind.WORK, Side.OFFER)


def test_equal_scores_fall_to_the_reference_whatever_the_order_of_arrival(index, need, offer, crosswalk):
    index.put(Entry(number, offer(reference=name), owner=1) for number, name in enumerate("CADB"))
    assert [hit.reference for hit in best(index, need(), crosswalk, top=3)] == ["A", "B", "C"]


def test_own_postings_and_what_closed_before_today_are_left_out(index, need, offer, crosswalk):
    index.put(
        [
            Entry(1, offer(reference="own"), owner=7),
            Entry(2, offer(reference="closed"), owner=8, until=TODAY - dt.timedelta(days=1)),
            Entry(3, offer(reference="last day"), owner=8, until=TODAY),
        ]
    )
    assert [hit.key for hit in best(index, need(), crosswalk, owner=7)] == [3]


def test_the_load_of_a_desk_is_that_of_the_question(index, need, offer, crosswalk):
    index.put([Entry(1, offer(reference="A"), owner=1, desk=4), Entry(2, offer(reference="B"), owner=2, desk=5)])
    assert [hit.reference for hit in best(index, need(), crosswalk, desk_loads={4: 30.0})] == ["B", "A"]
    assert [hit.reference for hit in best(index, need(), crosswalk, desk_loads={5: 30.0})] == ["A", "B"]
    expected = rank(need(), [offer(reference="A", desk_load=30.0)], crosswalk=crosswalk)[0].score
    assert best(index, need(), crosswalk, desk_loads={4: 30.0})[1] == Hit(1, "A", expected)


def test_many_rows_come_and_go_and_the_block_stays_as_large_as_what_is_in_it(index, need, offer, crosswalk):
    places = [Place(52 + number / 1000, 5.1) for number in range(500)]
    for turn in range(4):
        index.put(
            Entry(number, offer(reference=f"{number:04}", location=place, terms={f"w{number}": 10 + turn}), owner=1)
            for number, place in enumerate(places)
        )
    index.drop(range(0, 500, 2))
    expected = rank(
        need(),
        [
            offer(reference=f"{number:04}", location=place, terms={f"w{number}": 13}, desk_load=None)
            for number, place in enumerate(places)
            if number % 2
        ],
        crosswalk=crosswalk,
        top=30,
    )
    assert [(hit.reference, hit.score) for hit in best(index, need(), crosswalk, top=30)] == [
        (each.offer, each.score) for each in expected
    ]
    assert len(index) == 250


def test_a_posting_that_does_not_belong_is_refused_and_nothing_is_put_in(index, need, offer, crosswalk):
    for wrong in (need(), offer(kind=Kind.SEAT), offer(terms={"x": 0}), offer(terms={"x": 70_000})):
        with pytest.raises(ValueError, match=wrong.reference):
            index.put([Entry(1, offer(), owner=1), Entry(2, wrong, owner=1)])
    assert len(index) == 0
    for own in (offer(), need(kind=Kind.SEAT)):
        with pytest.raises(ValueError, match="this block holds"):
            best(index, own, crosswalk)
    with pytest.raises(ValueError, match="top"):
        best(index, need(), crosswalk, top=0)


def test_a_need_that_seeks_nothing_any_more_gets_nothing(index, need, offer, crosswalk):
    index.put([Entry(1, offer(), owner=1)])
    assert best(index, replace(need(), capacity_left=0), crosswalk) == []


def test_a_posting_that_was_read_before_shows_its_change_and_the_load_of_this_moment(index, need, offer, crosswalk):
    index.put([Entry(1, offer(), owner=1, desk=4)])
    assert index.profile(1, desk_loads={4: 3.0}).desk_load == 3.0
    assert index.profile(1, desk_loads={4: 9.0}).desk_load == 9.0
    index.put([Entry(1, offer(capacity_left=5), owner=1, desk=4)])
    assert index.profile(1, desk_loads={}) == offer(capacity_left=5, desk_load=0.0)
    index.drop([1])
    with pytest.raises(KeyError):
        index.profile(1, desk_loads={})
