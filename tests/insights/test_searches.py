"""Searches that found nothing: numbers only, and nobody can make them larger than they are."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.insights.models import SearchSignal
from matchmaker.insights.searches import KEPT, Signal, count_search, forget_old_searches, signals_of
from matchmaker.limits.actions import MOST_AN_HOUR, TooOften
from matchmaker.limits.models import Door, DoorUse
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.writing import sync_tags
from matchmaker.reference import find_place, provinces
from matchmaker.vocabulary import Kind, Side
from tests.factories import listings

HERE, THERE = "192.0.2.1", "192.0.2.2"
LECTURES = Filter(Side.OFFER, kinds=(Kind.LECTURE.value,), work_fields=("W20",), place="Utrecht", km=30)


def numbers() -> list[tuple[str, str, str, int]]:
    rows = db.session.query(SearchSignal).order_by(SearchSignal.id)
    return [(row.kind, row.work_field, row.area, row.number) for row in rows]


def test_a_search_in_vain_leaves_the_field_the_kind_and_the_place_and_nothing_else(app: Flask) -> None:
    assert count_search(LECTURES, address=HERE) == 1
    assert numbers() == [("guest_lecture", "W20", "GM0344", 1)]
    assert {column.name for column in SearchSignal.__table__.columns} == {
        "id", "day", "kind", "level", "work_field", "area", "number",
    }  # fmt: skip


def test_the_same_network_counts_once_a_day_for_the_same_thing(app: Flask) -> None:
    assert [count_search(LECTURES, address=HERE) for _ in range(3)] == [1, 0, 0]
    assert count_search(LECTURES, address=THERE) == 1
    assert numbers() == [("guest_lecture", "W20", "GM0344", 2)]
    db.session.execute(update(DoorUse).values(at=now() - timedelta(hours=25)))
    assert count_search(LECTURES, address=HERE) == 1


def test_a_network_that_keeps_asking_for_other_things_is_stopped(app: Flask) -> None:
    places = [find_place(name) for name in ("Utrecht", "Zeist", "Amersfoort")]
    fields = [f"W{number:02d}" for number in range(1, 26)]
    asked = [
        Filter(Side.OFFER, work_fields=(field,), place=place.name, km=30)
        for place in places
        if place
        for field in fields
    ]
    for wanted in asked[: MOST_AN_HOUR[Door.EMPTY_SEARCH]]:
        count_search(wanted, address=HERE)
    with pytest.raises(TooOften):
        count_search(asked[-1], address=HERE)


def test_a_search_that_finds_something_counts_for_nothing(app: Flask) -> None:
    sync_tags(listings.offer(work_fields=["W20"]))
    assert count_search(LECTURES, address=HERE) == 0
    assert numbers() == []


def test_a_search_among_needs_is_not_counted(app: Flask) -> None:
    assert count_search(Filter(Side.NEED, work_fields=("W20",)), address=HERE) == 0


def test_the_words_give_a_field_of_work_and_are_not_kept(app: Flask) -> None:
    wanted = Filter(Side.OFFER, words="afstudeeropdracht riolering")
    assert {each.work_field for each in signals_of(wanted)} == {"W20"}
    count_search(wanted, address=HERE)
    [row] = db.session.query(SearchSignal)
    kept = " ".join(str(getattr(row, column.name)) for column in SearchSignal.__table__.columns)
    assert "riol" not in kept


def test_a_search_that_names_neither_field_nor_kind_says_too_little(app: Flask) -> None:
    assert list(signals_of(Filter(Side.OFFER, place="Utrecht", km=5))) == []


def test_one_province_is_an_area_and_two_are_none(app: Flask) -> None:
    first, second = (each.code for each in provinces()[:2])
    areas = [
        [each.area for each in signals_of(Filter(Side.OFFER, work_fields=("W20",), provinces=codes))]
        for codes in ((first,), (first, second), ())
    ]
    assert areas == [[first], [""], [""]]


def test_several_kinds_are_no_kind(app: Flask) -> None:
    wanted = Filter(Side.OFFER, work_fields=("W20",), kinds=(Kind.LECTURE.value, Kind.VISIT.value))
    assert list(signals_of(wanted)) == [Signal("", "", "W20", "")]


def test_after_a_year_the_numbers_are_gone(app: Flask) -> None:
    count_search(LECTURES, address=HERE)
    db.session.execute(update(SearchSignal).values(day=today() - KEPT))
    assert forget_old_searches() == 0
    db.session.execute(update(SearchSignal).values(day=today() - KEPT - timedelta(days=1)))
    assert forget_old_searches() == 1
