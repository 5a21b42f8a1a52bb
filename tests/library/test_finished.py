"""Finished work is found by who asks the same, and only by consent."""

import pytest

from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.library.actions import hide, show
from matchmaker.library.models import FinishedWork
from matchmaker.library.queries import done_before, schools_of
from matchmaker.listings.models import Listing
from matchmaker.matches.states import State
from matchmaker.vocabulary import ListingStatus
from tests.factories import listings, people
from tests.factories.matches import match
from tests.joint.scenes import PLAY, PLAY_TEXT, question, town

pytestmark = pytest.mark.usefixtures("app")


def finished(posting: Listing, **values: object) -> FinishedWork:
    said = {
        "title": "Zeven ideeën voor een speelplek die je hoort en voelt",
        "summary": "Studenten testten een speelplek met kinderen die slecht zien. Geluid helpt meer dan kleur.",
        "school_id": None,
        "consents": True,
        **values,
    }
    return show(posting, by=people.account(), **said)  # type: ignore[arg-type]


def test_the_fourth_municipality_finds_what_was_done_before() -> None:
    here, _ = town("Amersfoort")
    work = finished(question(here, status=ListingStatus.CLOSED))
    [found] = done_before(PLAY, PLAY_TEXT, ["W20"])
    assert found.work is work
    assert "speelplek" in found.likeness.words
    assert done_before(PLAY, PLAY_TEXT, ["W20"], but_not=here) == []


@pytest.mark.parametrize(
    ("title", "fields"),
    [("Hoeveel bomen passen in een laan?", ["W20"]), (PLAY, ["W10"]), (PLAY, []), ("", ["W20"])],
)
def test_another_question_finds_nothing(title: str, fields: list[str]) -> None:
    finished(question(town("Amersfoort")[0], status=ListingStatus.CLOSED))
    assert done_before(title, "", fields) == []


def test_without_consent_or_words_nothing_is_shown() -> None:
    posting = question(town("Amersfoort")[0], status=ListingStatus.CLOSED)
    for values in ({"consents": False}, {"title": " "}, {"summary": ""}):
        with pytest.raises(InvalidValue):
            finished(posting, **values)
    assert done_before(PLAY, PLAY_TEXT, ["W20"]) == []


def test_consent_taken_back_hides_it_and_given_again_shows_it() -> None:
    posting = question(town("Amersfoort")[0], status=ListingStatus.CLOSED)
    work = finished(posting)
    hide(work, by=people.account())
    assert done_before(PLAY, PLAY_TEXT, ["W20"]) == []
    with pytest.raises(InvalidMove):
        hide(work, by=people.account())
    assert finished(posting) is work
    assert len(done_before(PLAY, PLAY_TEXT, ["W20"])) == 1


def test_what_still_runs_is_not_finished_unless_something_came_of_it() -> None:
    posting = question(town("Amersfoort")[0])
    with pytest.raises(InvalidMove):
        finished(posting)
    school = people.institution()
    match(need=posting, offer=listings.offer(school), state=State.DONE, school_id=school.id)
    assert schools_of(posting) == [school]
    assert finished(posting, school_id=school.id).school_id == school.id


def test_a_school_that_had_no_part_in_it_is_not_named() -> None:
    posting = question(town("Amersfoort")[0], status=ListingStatus.CLOSED)
    with pytest.raises(InvalidValue):
        finished(posting, school_id=people.institution().id)


def test_a_posting_of_a_school_and_a_draft_are_no_finished_work() -> None:
    for posting in (
        listings.need(status=ListingStatus.CLOSED),
        question(town("Zeist")[0], status=ListingStatus.CLOSED, published_at=None),
    ):
        with pytest.raises(InvalidMove):
            finished(posting)
