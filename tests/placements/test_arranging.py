"""What is arranged, and the programme that looks at it."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.clock import today
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements import actions
from matchmaker.placements.arranging import Goal, check_period
from matchmaker.placements.models import EndReason
from matchmaker.placements.municipal import recognitions_of
from matchmaker.placements.parts import Part
from matchmaker.placements.rules import missing
from matchmaker.placements.starting import Named, may_start, placement_of_match
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Sector
from tests.placements.scenes import person_of, stage


@pytest.fixture(autouse=True)
def in_the_school_year(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


def reason(error: pytest.ExceptionInfo[InvalidValue]) -> tuple[str, str]:
    return error.value.field, error.value.reason


def test_the_coordinator_names_the_student_and_the_others_are_there():
    there = stage().begun()
    assert there.placement is not None
    parts = {each.part: each.account for each in there.placement.people}
    assert parts == {
        Part.STUDENT: there.student,
        Part.COORDINATOR: there.coordinator,
        Part.SUPERVISOR: there.colleague,
        Part.OFFICER: there.officer,
        Part.SCHOOL_SUPERVISOR: there.lecturer,
    }


def test_a_place_takes_one_student_until_that_placement_is_called_off():
    there = stage().begun()
    assert there.placement is not None
    assert not may_start(there.match)
    with pytest.raises(InvalidMove):
        there.begun()
    actions.call_off(there.placement, because=EndReason.STUDY, note="", by=there.actor(Part.STUDENT))
    assert may_start(there.match) and placement_of_match(there.match.id) is None


def test_someone_without_an_account_comes_with_name_and_address():
    there = stage().begun()
    assert there.placement is not None
    named = Named("Hans Visser", "Hans@Bedrijf.example")
    actions.name_person(there.placement, Part.SUPERVISOR, named, by=there.actor(Part.OFFICER))
    person = person_of(there, Part.SUPERVISOR)
    assert (person.account, person.name, person.address) == (None, "Hans Visser", "hans@bedrijf.example")


def test_the_address_of_the_student_is_no_address_of_a_parent():
    there = stage(Sector.MBO).begun(minor_until=date(2027, 3, 1))
    assert there.placement is not None
    named = Named("Ouder de Vries", there.student.email.upper())
    with pytest.raises(InvalidValue) as error:
        actions.name_person(there.placement, Part.PARENT, named, by=there.actor(Part.COORDINATOR))
    assert reason(error) == ("address", "parent_is_student")


def test_the_student_names_nobody():
    there = stage().begun()
    assert there.placement is not None
    with pytest.raises(NotAllowed):
        actions.name_person(there.placement, Part.PARENT, Named("A", "a@b.example"), by=there.actor(Part.STUDENT))


def test_what_is_missing_is_named_in_order():
    there = stage().begun()
    assert there.placement is not None
    assert missing(there.placement) == ["assignment", "goals", "hours_per_week", "first_day", "last_day", "workplace"]
    there.arranged()
    assert missing(there.placement) == []


def test_mbo_also_needs_a_trainer_a_crebo_and_for_a_minor_a_parent():
    there = stage(Sector.MBO).begun(minor_until=date(2027, 3, 1)).arranged(crebo="")
    assert there.placement is not None
    assert missing(there.placement) == ["crebo", "practice_trainer", "parent"]


@pytest.mark.parametrize("first, needed", [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_in_the_month_of_turning_eighteen_a_parent_still_signs(first: date, needed: bool):
    there = stage().begun(minor_until=date(2027, 3, 1)).arranged(first_day=first, last_day=date(2027, 6, 30))
    assert there.placement is not None
    assert ("parent" in missing(there.placement)) is needed


@pytest.mark.parametrize(
    "first, last, wrong",
    [
        (date(2026, 7, 31), date(2027, 1, 1), ("first_day", "outside_school_year")),
        (date(2028, 8, 1), date(2028, 12, 1), ("first_day", "outside_school_year")),
        (date(2027, 2, 1), date(2027, 1, 1), ("last_day", "reversed")),
        (date(2027, 2, 1), date(2027, 9, 1), ("last_day", "ends_after_school_year")),
    ],
)
def test_dates_outside_the_school_year_are_refused(first: date, last: date, wrong: tuple[str, str]):
    with pytest.raises(InvalidValue) as error:
        check_period(first, last)
    assert reason(error) == wrong


def test_the_last_day_may_lie_in_the_summer_after():
    check_period(date(2027, 2, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    "changes, wrong",
    [
        ({"hours_per_week": 41}, ("hours_per_week", "too_large")),
        ({"hours_per_week": 0}, ("hours_per_week", "too_small")),
        ({"allowance": -1}, ("allowance", "too_small")),
        ({"crebo": "1234"}, ("crebo", "not_a_crebo")),
        ({"assignment": "a" * 4001}, ("assignment", "text_too_long")),
    ],
)
def test_a_value_that_cannot_be_true_is_refused_and_nothing_is_kept(changes: dict[str, object], wrong: tuple[str, str]):
    there = stage(Sector.MBO).begun()
    assert there.placement is not None
    with pytest.raises(InvalidValue) as error:
        there.arranged(**changes)
    assert reason(error) == wrong
    assert (there.placement.assignment, len(there.placement.events)) == ("", 2)


def test_goals_that_stay_keep_their_number():
    there = stage().begun()
    placement, by = there.placement, there.actor(Part.STUDENT)
    assert placement is not None
    actions.arrange(placement, there.values(), [Goal("Luisteren"), Goal("Schrijven")], by=by)
    kept = placement.goals[1].id
    actions.arrange(placement, there.values(), [Goal("Schrijven"), Goal("Rekenen")], by=by)
    assert [(each.text, each.id == kept) for each in placement.goals] == [("Schrijven", True), ("Rekenen", False)]


def test_only_the_coordinator_approves():
    there = stage().begun().arranged()
    assert there.placement is not None
    actions.submit(there.placement, by=there.actor(Part.SUPERVISOR))
    with pytest.raises(NotAllowed):
        actions.approve(there.placement, by=there.actor(Part.OFFICER))
    actions.approve(there.placement, by=there.actor(Part.COORDINATOR))
    assert there.placement.state is PlacementState.APPROVED


def test_sending_back_needs_words():
    there = stage().begun().arranged()
    assert there.placement is not None
    actions.submit(there.placement, by=there.actor(Part.STUDENT))
    with pytest.raises(InvalidValue):
        actions.send_back(there.placement, by=there.actor(Part.COORDINATOR), note=" ")
    actions.send_back(there.placement, by=there.actor(Part.COORDINATOR), note="De opdracht is te klein.")
    assert there.placement.state is PlacementState.ARRANGING


def test_without_a_recognition_on_the_first_day_nothing_is_laid_before_the_programme():
    there = stage(Sector.MBO).begun().arranged()
    assert there.placement is not None
    there.trainer()
    there.placement.first_day = today() + timedelta(days=401)
    with pytest.raises(InvalidValue) as error:
        actions.submit(there.placement, by=there.actor(Part.OFFICER))
    assert reason(error) == ("crebo", "not_recognised")
    there.placement.first_day = today() + timedelta(days=400)
    actions.submit(there.placement, by=there.actor(Part.OFFICER))


def test_a_recognition_that_ran_out_since_stops_the_start():
    there = stage(Sector.MBO).begun().arranged()
    there.trainer()
    there.approved().signed().ready()
    assert there.placement is not None
    for each in recognitions_of(there.municipality):
        each.valid_until = today() - timedelta(days=1)
    with pytest.raises(InvalidValue) as error:
        actions.start(there.placement, by=there.actor(Part.OFFICER))
    assert reason(error) == ("crebo", "not_recognised")


def test_what_was_approved_can_be_opened_and_is_looked_at_again():
    there = stage().begun().arranged().approved()
    assert there.placement is not None
    with pytest.raises(NotAllowed):
        actions.reopen(there.placement, by=there.actor(Part.STUDENT), note="x")
    actions.reopen(there.placement, by=there.actor(Part.SUPERVISOR), note="Andere dagen.")
    assert (there.placement.state, there.placement.approved_at) == (PlacementState.ARRANGING, None)


def test_while_it_is_being_signed_nothing_can_be_changed():
    there = stage().begun().arranged().approved()
    assert there.placement is not None
    actions.send_to_sign(there.placement, by=there.actor(Part.COORDINATOR))
    with pytest.raises(InvalidMove):
        there.arranged()
    actions.withdraw_agreement(there.placement, by=there.actor(Part.COORDINATOR))
    assert there.placement.state is PlacementState.APPROVED


def test_an_amendment_changes_what_was_signed():
    there = stage().running()
    assert there.placement is not None
    values = there.values(last_day=today() + timedelta(days=120))
    actions.amend(there.placement, values, [Goal("Iets anders")], by=there.actor(Part.COORDINATOR))
    assert there.placement.last_day == today() + timedelta(days=120)
    assert there.placement.state is PlacementState.RUNNING
