"""From plan to decision, and how it can go wrong."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.assignments import actions, plan
from matchmaker.assignments.models import Assignment, Decision, StopReason
from matchmaker.assignments.states import AssignmentState
from matchmaker.assignments.watching import end_without_match, remind_assignments, report_late_assignments
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.closing import withdraw
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party
from tests.assignments.scenes import Work, begun, planned, present, running
from tests.factories.dates import meeting
from tests.factories.letters import letters


@pytest.fixture(autouse=True)
def _app(app):
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        yield


def test_a_plan_is_made_once_per_match():
    there = begun()
    with pytest.raises(InvalidMove):
        actions.begin(there.match, by=there.lecturer)
    assert db.session.query(Assignment).count() == 1


@pytest.mark.parametrize(("kind", "state"), [(Kind.LECTURE, State.AGREED), (Kind.GROUP, State.SCHEDULING)])
def test_only_an_agreed_group_assignment_gets_a_plan(kind: Kind, state: State):
    there = meeting(kind, state)
    with pytest.raises(InvalidMove):
        actions.begin(there.match, by=there.lecturer)


def test_it_starts_with_a_group_and_a_presentation_and_not_before():
    there = begun()
    assert _refused_at(there) == "groups"
    plan.put_group(there.work, None, name="Groep 1", students=5, topic="", by=there.lecturer)
    assert _refused_at(there) == "presentation"
    present(there)
    actions.start(there.work, by=there.lecturer)
    assert there.work.state is AssignmentState.RUNNING


def _refused_at(there: Work) -> str:
    with pytest.raises(InvalidValue) as refused:
        actions.start(there.work, by=there.lecturer)
    assert there.work.state is AssignmentState.PLANNING
    return refused.value.field


def test_from_plan_to_decision_with_a_letter_at_each_turn():
    there = running()
    assert there.work.state is AssignmentState.RUNNING
    assert len(letters("assignment_started")) == 2
    assert len(letters("assignment_presentation")) == 3
    actions.hand_in(there.work, result="De fietsroute kan langs het kanaal.", url="", by=there.lecturer)
    assert len(letters("assignment_handed_in")) == 2
    actions.decide(there.work, decision=Decision.IN_PART, note="Wij leggen het eerste stuk aan.", by=there.officer)
    assert there.work.state is AssignmentState.DECIDED
    assert there.match.state is State.DONE
    assert [letter.account_id for letter in letters("assignment_decided")] == [there.lecturer.id]
    assert there.work.due_at is None


def test_a_decision_needs_an_explanation():
    there = running()
    actions.hand_in(there.work, result="Advies", url="", by=there.lecturer)
    with pytest.raises(InvalidValue) as refused:
        actions.decide(there.work, decision=Decision.NOT_USED, note="  ", by=there.officer)
    assert refused.value.field == "note"
    assert there.work.state is AssignmentState.PRESENTED


def test_the_municipality_cannot_decide_before_there_is_a_result():
    there = running()
    with pytest.raises(InvalidMove):
        actions.decide(there.work, decision=Decision.ADOPTED, note="Mooi", by=there.officer)


@pytest.mark.parametrize(
    ("name", "students", "field"),
    [("", 4, "name"), ("groep 1", 4, "name"), ("Groep 2", 0, "students"), ("Groep 2", 61, "students")],
)
def test_a_group_that_cannot_be_is_refused_at_its_field(name: str, students: int, field: str):
    there = planned()
    with pytest.raises(InvalidValue) as refused:
        plan.put_group(there.work, None, name=name, students=students, topic="", by=there.lecturer)
    assert refused.value.field == field
    assert len(there.work.groups) == 1


def test_the_last_group_of_running_work_stays():
    there = running()
    with pytest.raises(InvalidMove):
        plan.remove_group(there.work, there.work.groups[0], by=there.lecturer)
    plan.put_group(there.work, None, name="Groep 2", students=3, topic="", by=there.lecturer)
    plan.remove_group(there.work, there.work.groups[0], by=there.lecturer)
    assert [group.name for group in there.work.groups] == ["Groep 2"]


def test_a_milestone_is_reached_once_and_not_before_the_start():
    there = planned()
    stone = plan.put_milestone(there.work, None, title="Tussenstand", day=today(), by=there.lecturer)
    with pytest.raises(InvalidMove):
        plan.reach(there.work, stone, by=there.officer, as_party=Party.MUNICIPALITY)
    actions.start(there.work, by=there.lecturer)
    plan.reach(there.work, stone, by=there.officer, as_party=Party.MUNICIPALITY)
    with pytest.raises(InvalidMove):
        plan.reach(there.work, stone, by=there.lecturer, as_party=Party.SCHOOL)
    with pytest.raises(InvalidMove):
        plan.remove_milestone(there.work, stone, by=there.lecturer)


@pytest.mark.parametrize(("days", "reason"), [(-1, "past"), (1200, "more_than_two_years")])
def test_a_milestone_on_an_impossible_day_is_refused(days: int, reason: str):
    there = planned()
    with pytest.raises(InvalidValue) as refused:
        plan.put_milestone(there.work, None, title="X", day=today() + timedelta(days=days), by=there.lecturer)
    assert (refused.value.field, refused.value.reason) == ("day", reason)


def test_another_day_for_the_presentation_moves_the_deadline_of_the_result():
    there = running()
    before = there.work.due_at
    present(there, days=90)
    assert before is not None and there.work.due_at is not None and there.work.due_at > before


@pytest.mark.parametrize("make", [begun, planned, running])
def test_stopping_ends_the_match_too_and_frees_the_place(make):
    there: Work = make()
    actions.stop(
        there.work, reason=StopReason.TOO_FEW_STUDENTS, note="Drie studenten over.", by=there.lecturer,
        as_party=Party.SCHOOL,
    )  # fmt: skip
    assert (there.work.state, there.match.state) == (AssignmentState.STOPPED, State.WITHDRAWN)
    assert there.match.offer is not None and there.match.offer.places_taken == 0
    assert letters("match_withdrawn") != []


def test_work_whose_match_ended_stops_by_itself():
    there = running()
    withdraw(there.match, note="Ziek", by=there.officer, as_party=Party.MUNICIPALITY)
    assert end_without_match(now()) == 1
    assert there.work.state is AssignmentState.STOPPED
    assert end_without_match(now()) == 0


def test_whoever_is_next_is_reminded_once_and_reported_once():
    there = begun()
    due = there.work.due_at
    assert due is not None
    morning = due - timedelta(hours=8)
    assert (remind_assignments(morning), remind_assignments(morning)) == (1, 0)
    assert [letter.account_id for letter in letters("assignment_due")] == [there.lecturer.id]
    after = due + timedelta(hours=1)
    assert (report_late_assignments(after), report_late_assignments(after)) == (1, 0)
    assert len(letters("assignment_due")) == 2
    assert {letter.account_id for letter in letters("assignment_late")} == {there.colleague.id, there.officer.id}


def test_a_late_decision_is_told_to_who_oversees_the_desk():
    there = running()
    actions.hand_in(there.work, result="Advies", url="", by=there.lecturer)
    assert there.work.due_at is not None
    assert report_late_assignments(there.work.due_at + timedelta(hours=1)) == 1
    assert {letter.account_id for letter in letters("assignment_due")} == {there.colleague.id, there.officer.id}
    assert [letter.account_id for letter in letters("assignment_late")] == [there.officer.id]
