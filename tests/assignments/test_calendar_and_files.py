"""The presentation in the calendars of both sides, and the files with the result."""

from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar, Event

from matchmaker.assignments import actions
from matchmaker.assignments.calendar import presentations_for_feed, presentations_here, presentations_of
from matchmaker.assignments.models import StopReason
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.models import StoredFile
from matchmaker.files.uploads import check_upload
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import Party
from tests.assignments.scenes import Work, planned, present, running
from tests.factories.documents import PDF
from tests.factories.letters import letters


@pytest.fixture(autouse=True)
def _app(app):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


def test_both_sides_get_the_presentation_in_their_calendars_and_it_leaves_them_when_the_work_stops():
    there = planned()
    people_told = {there.lecturer.id, there.officer.id, there.colleague.id}
    invited = letters("assignment_presentation")
    assert {each.account_id for each in invited} == people_told
    first = [_entry(each) for each in invited]
    assert len({str(each["uid"]) for each in first}) == 1
    assert (first[0].decoded("dtend") - first[0].decoded("dtstart")) == timedelta(hours=1)
    assert str(first[0]["summary"]).startswith("Presentatie: ")
    present(there, days=70)
    moved = _entry(letters("assignment_presentation")[-1])
    assert moved["uid"] == first[0]["uid"]
    assert moved["sequence"] > first[0]["sequence"]
    _stop(there)
    off = letters("assignment_presentation_off")
    assert {each.account_id for each in off} == people_told
    assert {each.calendar_method for each in off} == {"CANCEL"}
    gone = _entry(off[0])
    assert (gone["uid"], str(gone["status"])) == (first[0]["uid"], "CANCELLED")
    assert gone["sequence"] > moved["sequence"]


def test_the_same_presentation_again_writes_no_one():
    there = planned()
    before = len(letters("assignment_presentation"))
    present(there)
    assert len(letters("assignment_presentation")) == before


def test_a_presentation_that_has_been_is_not_called_off():
    there = running()
    with time_machine.travel("2027-03-24 10:00:00+01:00"):
        _stop(there)
    assert letters("assignment_presentation_off") == []


def test_a_presentation_is_in_the_calendar_of_those_who_take_part_and_of_nobody_else():
    there, other = planned(), planned()
    days = {"since": today(), "until": today() + timedelta(days=90)}
    for person in (there.lecturer, there.colleague):
        assert presentations_of(person, **days) == [there.work]
        assert presentations_for_feed(person) == [there.work]
    assert presentations_of(there.lecturer, since=today(), until=today() + timedelta(days=60)) == []
    assert presentations_of(other.lecturer, **days) == [other.work]
    [membership] = there.lecturer.memberships
    assert presentations_here(membership, **days) == [there.work]
    _stop(there)
    assert presentations_of(there.lecturer, **days) == []
    assert presentations_for_feed(there.lecturer) == [there.work]


def test_files_come_with_the_result_and_go_again_until_the_decision():
    there = running()
    by = {"by": there.lecturer}
    actions.hand_in(there.work, result="Advies", url="", uploads=[check_upload(PDF, "advies.pdf")], **by)
    [first] = there.work.files
    key = first.file.key
    actions.hand_in(
        there.work, result="Advies", url="", uploads=[check_upload(PDF, "beter.pdf")], drop={first.id}, **by
    )
    assert [each.file.name for each in there.work.files] == ["beter.pdf"]
    assert db.session.query(StoredFile).filter_by(key=key).count() == 0
    assert [each.values["files"] for each in letters("assignment_handed_in")[-2:]] == [["beter.pdf"]] * 2
    too_many = [check_upload(PDF, f"{number}.pdf") for number in range(actions.MOST_FILES)]
    with pytest.raises(InvalidValue) as refused:
        actions.hand_in(there.work, result="Advies", url="", uploads=too_many, **by)
    assert refused.value.field == "files"
    assert len(there.work.files) == 1


def _stop(there: Work) -> None:
    actions.stop(there.work, reason=StopReason.OTHER, note="Stopt", by=there.lecturer, as_party=Party.SCHOOL)


def _entry(letter: Letter) -> Event:
    assert letter.calendar is not None
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event
