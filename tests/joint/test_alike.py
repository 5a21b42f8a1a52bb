"""Which postings are shown as the same question."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.clock import today
from matchmaker.joint.alike import MOST_ALIKE, alike_of, shared_questions
from matchmaker.listings.writing import sync_tags
from matchmaker.vocabulary import Kind, ListingStatus
from tests.factories import listings, people
from tests.joint.scenes import PLAY, PLAY_TEXT, question, town


def test_three_municipalities_that_ask_the_same_see_each_other(app: Flask) -> None:
    own, second, third = (question(town(name)[0]) for name in ("Utrecht", "Amersfoort", "Zeist"))
    for one, others in ((own, {second, third}), (second, {own, third}), (third, {own, second})):
        assert {each.listing for each in alike_of(one)} == others


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Hoeveel bomen passen in een laan?", "text": "Wortels drukken tegels omhoog."},
        {"work_fields": ["W10"]},
        {"work_fields": []},
        {"status": ListingStatus.CLOSED},
        {"respond_before": today() - timedelta(days=1)},
        {"kind": Kind.LECTURE},
    ],
)
def test_another_subject_field_state_or_kind_is_not_the_same_question(app: Flask, values: dict[str, object]) -> None:
    own = question(town("Utrecht")[0])
    question(town("Zeist")[0], **values)
    assert alike_of(own) == []


def test_the_own_municipality_and_a_school_are_no_others(app: Flask) -> None:
    here, _ = town("Utrecht")
    own = question(here)
    question(here)
    question(people.institution())
    assert alike_of(own) == []


def test_an_open_question_and_an_assignment_may_ask_the_same(app: Flask) -> None:
    own = question(town("Utrecht")[0])
    offer = listings.offer(town("Zeist")[0], kind=Kind.GROUP, title=PLAY, text=PLAY_TEXT, work_fields=["W20"])
    sync_tags(offer)
    assert [each.listing for each in alike_of(own)] == [offer]
    assert [each.listing for each in alike_of(offer)] == [own]


def test_a_lecture_is_no_question(app: Flask) -> None:
    lecture = listings.offer(town("Utrecht")[0])
    sync_tags(lecture)
    other = listings.offer(town("Zeist")[0])
    sync_tags(other)
    assert alike_of(lecture) == []


def test_five_at_most_the_most_alike_first(app: Flask) -> None:
    own = question(town("Utrecht")[0])
    near = question(
        town("Zeist")[0],
        "Speelplek met water en bomen in de oude haven",
        "Ons plein wordt vernieuwd. Hoe blijft het er koel en prettig?",
    )
    for number in range(MOST_ALIKE):
        question(town(f"Stad {number}")[0])
    found = alike_of(own)
    assert len(found) == MOST_ALIKE
    assert near not in {each.listing for each in found}


def test_a_desk_sees_the_questions_of_every_municipality_it_serves(app: Flask) -> None:
    here, _ = town("Utrecht")
    beside = people.municipality(name="Bunnik", with_desk=False)
    beside.desk_id = here.desk_id
    own, theirs = question(here), question(beside)
    question(town("Zeist")[0])
    people.db.session.expire_all()
    assert here.desk is not None
    assert {each.listing for each in shared_questions(here.desk)} == {own, theirs}


def test_the_number_of_queries_does_not_grow(app: Flask, count_queries) -> None:  # type: ignore[no-untyped-def]
    here, _ = town("Utrecht")
    assert here.desk is not None
    numbers = []
    for name in ("Zeist", "Amersfoort", "Nieuwegein"):
        question(here), question(town(name)[0])
        with count_queries() as queries:
            shared_questions(here.desk)
        numbers.append(queries.number)
    assert numbers[0] > numbers[1] == numbers[2], "the first fills the index"
