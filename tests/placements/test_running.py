"""From the checklist to what comes after: start, talks, days, signals, evaluations, the end."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.accounts.models import AccountStatus
from matchmaker.clock import now, today
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.mail.models import Letter
from matchmaker.matches.states import State
from matchmaker.placements import actions
from matchmaker.placements.clockwork import Coming, next_up
from matchmaker.placements.contacts import contacts_wanting, notes_for
from matchmaker.placements.evaluating import is_revealed, readable
from matchmaker.placements.forgetting import forget_placements
from matchmaker.placements.models import EndReason, Presence
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.signalling import report_unanswered, signals_for
from matchmaker.placements.states import PlacementState
from matchmaker.placements.watching import ask_evaluations, forget_ages, remind_contacts, remind_placements, report_late
from matchmaker.vocabulary import Role, Sector
from tests.factories import people
from tests.placements.scenes import Stage, stage

START = "2026-11-24 10:00:00+01:00"
FINAL = EvaluationMoment.FINAL


@pytest.fixture(autouse=True)
def clock(app: Flask):
    with time_machine.travel(START, tick=False) as moving:
        yield moving


def letters(template: str) -> list[Letter]:
    return Letter.query.filter_by(template=template).order_by(Letter.id).all()  # type: ignore[no-any-return]


def give(there: Stage, moment: EvaluationMoment, part: Part, **changes: object) -> None:
    assert there.placement is not None
    values = {"good": f"Gaat goed volgens {part}", "better": "", "enough": True, "levels": {}, **changes}
    actions.evaluate(there.placement, moment, by=there.actor(part), **values)  # type: ignore[arg-type]


def give_all(there: Stage, moment: EvaluationMoment) -> None:
    for part in (Part.STUDENT, Part.SUPERVISOR, Part.SCHOOL_SUPERVISOR):
        give(there, moment, part)


def test_it_does_not_start_without_a_signed_agreement():
    there = stage().begun().arranged().approved().ready()
    assert there.placement is not None
    with pytest.raises(InvalidMove):
        actions.start(there.placement, by=there.actor(Part.OFFICER))


def test_it_does_not_start_with_an_open_checklist():
    there = stage().begun().arranged().approved().signed()
    assert there.placement is not None
    for item in there.placement.checklist[1:]:
        actions.settle(item, needed=True, done_on=today(), by=there.actor(Part.OFFICER))
    with pytest.raises(InvalidValue) as error:
        actions.start(there.placement, by=there.actor(Part.OFFICER))
    assert error.value.reason == "checklist_open"
    actions.settle(there.placement.checklist[0], needed=False, done_on=None, by=there.actor(Part.OFFICER))
    actions.start(there.placement, by=there.actor(Part.OFFICER))
    assert there.placement.state is PlacementState.RUNNING


def test_it_does_not_start_before_its_first_day():
    there = stage().begun().arranged(first_day=today() + timedelta(days=1)).approved().signed().ready()
    assert there.placement is not None
    with pytest.raises(InvalidValue) as error:
        actions.start(there.placement, by=there.actor(Part.OFFICER))
    assert error.value.reason == "too_early"


def test_the_student_does_not_tick_the_checklist():
    there = stage().begun()
    assert there.placement is not None
    with pytest.raises(NotAllowed):
        actions.settle(there.placement.checklist[0], needed=True, done_on=today(), by=there.actor(Part.STUDENT))


def test_what_was_seen_lies_not_in_the_future():
    there = stage().begun()
    assert there.placement is not None
    later = today() + timedelta(days=1)
    with pytest.raises(InvalidValue):
        actions.settle(there.placement.checklist[0], needed=True, done_on=later, by=there.actor(Part.OFFICER))


def test_mbo_needs_three_talks_and_one_at_the_workplace(clock: time_machine.Coordinates):
    there = mbo_running()
    placement, by = there.placement, there.actor(Part.SCHOOL_SUPERVISOR)
    assert placement is not None
    for number, at_work in ((1, False), (2, False), (3, False), (4, True)):
        contact = actions.plan_contact(placement, today(), at_workplace=at_work, about="", by=by)
        actions.note_held(contact, today(), at_workplace=at_work, note="", shared=True, by=by)
        assert contacts_wanting(placement) == {1: 2, 2: 1, 3: 1, 4: 0}[number]


def mbo_running() -> Stage:
    there = stage(Sector.MBO).begun().arranged()
    there.trainer()
    there.approved().signed().ready()
    assert there.placement is not None
    actions.start(there.placement, by=there.actor(Part.OFFICER))
    return there


def test_mbo_does_not_finish_short_of_talks(clock: time_machine.Coordinates):
    there = mbo_running()
    clock.shift(timedelta(days=116))
    assert there.placement is not None
    with pytest.raises(InvalidValue) as error:
        actions.finish(there.placement, by=there.actor(Part.COORDINATOR))
    assert (error.value.reason, error.value.values) == ("contacts_wanting", {"n": 3})


def test_a_private_note_is_read_by_its_own_side_alone():
    there = stage().running()
    placement = there.placement
    assert placement is not None
    actions.write_note(placement, "Voor ons.", shared=False, by=there.actor(Part.SUPERVISOR))
    actions.write_note(placement, "Voor allen.", shared=True, by=there.actor(Part.STUDENT))
    read = {side: [each.text for each in notes_for(placement, side)] for side in PlacementSide}
    assert read[PlacementSide.WORK] == ["Voor allen.", "Voor ons."]
    assert read[PlacementSide.STUDENT] == read[PlacementSide.SCHOOL] == ["Voor allen."]


def test_a_day_is_written_once_and_stays_when_it_is_confirmed():
    there = stage().begun(presence=Presence.HOURS).arranged().approved().signed().ready()
    placement, student = there.placement, there.actor(Part.STUDENT)
    assert placement is not None
    actions.start(placement, by=there.actor(Part.OFFICER))
    actions.write_day(placement, today(), minutes=480, what="Brieven", by=student)
    actions.write_day(placement, today(), minutes=450, what="Brieven", by=student)
    assert [each.minutes for each in placement.days_worked] == [450]
    assert actions.confirm_days(placement, by=there.actor(Part.SUPERVISOR)) == 1
    with pytest.raises(InvalidValue) as error:
        actions.write_day(placement, today(), minutes=60, what="", by=student)
    assert error.value.reason == "day_confirmed"


@pytest.mark.parametrize("minutes", [None, 0, 721])
def test_hours_that_no_day_has_are_refused(minutes: int | None):
    there = stage().begun(presence=Presence.HOURS).arranged().approved().signed().ready()
    assert there.placement is not None
    actions.start(there.placement, by=there.actor(Part.OFFICER))
    with pytest.raises(InvalidValue):
        actions.write_day(there.placement, today(), minutes=minutes, what="", by=there.actor(Part.STUDENT))


def test_a_signal_reaches_the_side_it_was_sent_to_at_once_and_no_other():
    there = stage().running()
    placement = there.placement
    assert placement is not None
    by = there.actor(Part.STUDENT)
    actions.raise_signal(placement, "Ik zit alleen.", to_side=PlacementSide.SCHOOL, by=by)
    readers = {each.to_address for each in letters("placement_signal")}
    assert readers == {there.coordinator.email, there.lecturer.email}
    assert {each.status.value for each in letters("placement_signal")} == {"queued"}
    assert signals_for(placement, PlacementSide.WORK) == []


def test_when_the_named_coordinator_has_left_the_others_hear_it():
    there = stage().running()
    placement = there.placement
    assert placement is not None and placement.person(Part.COORDINATOR) is not None
    other = people.member(Role.COORDINATOR, there.school)
    there.coordinator.status = AccountStatus.DISABLED
    by = there.actor(Part.STUDENT)
    actions.raise_signal(placement, "Ik zit alleen.", to_side=PlacementSide.SCHOOL, by=by)
    readers = {each.to_address for each in letters("placement_signal")}
    assert readers == {other.email, there.lecturer.email}


def test_a_signal_is_answered_once_and_the_sender_reads_it():
    there = stage().running()
    assert there.placement is not None
    signal = actions.raise_signal(
        there.placement, "Geen werk.", to_side=PlacementSide.SCHOOL, by=there.actor(Part.STUDENT)
    )
    with pytest.raises(NotAllowed):
        actions.answer_signal(signal, "x", by=there.actor(Part.SUPERVISOR))
    actions.answer_signal(signal, "Ik bel vandaag.", by=there.actor(Part.SCHOOL_SUPERVISOR))
    assert [each.to_address for each in letters("placement_signal_answered")] == [there.student.email]
    with pytest.raises(InvalidMove):
        actions.answer_signal(signal, "Nog eens.", by=there.actor(Part.COORDINATOR))


def test_a_signal_without_an_answer_goes_to_the_office_once(clock: time_machine.Coordinates):
    there = stage().running()
    assert there.placement is not None
    by = there.actor(Part.STUDENT)
    actions.raise_signal(there.placement, "Hoor ik iets?", to_side=PlacementSide.WORK, by=by)
    before = len(letters("placement_signal"))
    assert report_unanswered(now()) == 0
    clock.shift(timedelta(days=2))
    assert (report_unanswered(now()), report_unanswered(now())) == (1, 0)
    assert [each.to_address for each in letters("placement_signal")[before:]] == [there.officer.email]


def test_nobody_reads_an_evaluation_before_all_three_are_there(clock: time_machine.Coordinates):
    there = stage().running()
    placement = there.placement
    assert placement is not None
    clock.shift(timedelta(days=90))
    give(there, FINAL, Part.SUPERVISOR)
    give(there, FINAL, Part.STUDENT)
    assert [each.side for each in readable(placement, FINAL, PlacementSide.STUDENT)] == [PlacementSide.STUDENT]
    assert readable(placement, FINAL, PlacementSide.SCHOOL) == []
    give(there, FINAL, Part.SCHOOL_SUPERVISOR)
    assert len(readable(placement, FINAL, PlacementSide.STUDENT)) == 3


def test_after_the_term_what_was_given_is_shown(clock: time_machine.Coordinates):
    there = stage().running()
    assert there.placement is not None
    clock.shift(timedelta(days=90))
    give(there, FINAL, Part.SUPERVISOR)
    clock.shift(timedelta(days=24))
    assert not is_revealed(there.placement, FINAL)
    clock.shift(timedelta(days=1))
    assert is_revealed(there.placement, FINAL)


def test_an_evaluation_is_given_once_and_not_before_it_opens(clock: time_machine.Coordinates):
    there = stage().running()
    with pytest.raises(InvalidMove):
        give(there, FINAL, Part.STUDENT)
    clock.shift(timedelta(days=86))
    give(there, FINAL, Part.STUDENT)
    with pytest.raises(InvalidMove):
        give(there, FINAL, Part.STUDENT)


def test_at_the_end_work_and_school_say_whether_it_was_enough_and_the_student_does_not(
    clock: time_machine.Coordinates,
):
    there = stage().running()
    assert there.placement is not None
    clock.shift(timedelta(days=90))
    with pytest.raises(InvalidValue):
        give(there, FINAL, Part.SUPERVISOR, enough=None)
    give(there, FINAL, Part.STUDENT)
    assert there.placement.evaluations[0].enough is None


def test_the_student_who_sees_it_differently_says_why(clock: time_machine.Coordinates):
    there = stage().running()
    placement, student = there.placement, there.actor(Part.STUDENT)
    assert placement is not None
    clock.shift(timedelta(days=90))
    with pytest.raises(InvalidMove):
        actions.reply(placement, FINAL, agrees=True, reason="", by=student)
    give_all(there, FINAL)
    with pytest.raises(InvalidValue):
        actions.reply(placement, FINAL, agrees=False, reason=" ", by=student)
    actions.reply(placement, FINAL, agrees=False, reason="Ik deed meer.", by=student)
    assert [each.reason for each in placement.evaluation_replies] == ["Ik deed meer."]


def test_finishing_ends_the_match_too(clock: time_machine.Coordinates):
    there = stage().running()
    assert there.placement is not None
    clock.shift(timedelta(days=90))
    with pytest.raises(InvalidValue):
        actions.finish(there.placement, by=there.actor(Part.COORDINATOR))
    give_all(there, FINAL)
    actions.finish(there.placement, by=there.actor(Part.COORDINATOR))
    assert (there.placement.state, there.match.state) == (PlacementState.FINISHED, State.DONE)


def test_stopping_early_has_a_reason_and_another_reason_has_words():
    there = stage().running()
    assert there.placement is not None
    with pytest.raises(InvalidValue):
        actions.call_off(there.placement, because=EndReason.OTHER, note=" ", by=there.actor(Part.STUDENT))
    actions.call_off(there.placement, because=EndReason.COOPERATION, note="", by=there.actor(Part.STUDENT))
    assert (there.placement.state, there.placement.ended_because) == (PlacementState.STOPPED, EndReason.COOPERATION)


def test_staying_in_view_needs_consent_has_an_end_and_can_be_taken_back():
    there = stage().running()
    placement, student = there.placement, there.actor(Part.STUDENT)
    assert placement is not None
    year = today() + timedelta(days=365)
    for consents, until in ((False, year), (True, today()), (True, today() + timedelta(days=1096))):
        with pytest.raises(InvalidValue):
            actions.let_follow(placement, until, consents=consents, by=student)
    with pytest.raises(NotAllowed):
        actions.let_follow(placement, year, consents=True, by=there.actor(Part.OFFICER))
    row = actions.let_follow(placement, year, consents=True, by=student)
    assert row.stands_on(today())
    actions.stop_follow(placement, by=student)
    assert not row.stands_on(today())


def test_the_work_comes_into_the_library_by_consent(clock: time_machine.Coordinates):
    there = stage().running()
    placement = there.placement
    assert placement is not None
    clock.shift(timedelta(days=90))
    give_all(there, FINAL)
    actions.finish(placement, by=there.actor(Part.COORDINATOR))
    actions.describe_product(
        placement, title="Heldere brieven", summary="Acht brieven.", may_show=True, by=there.actor(Part.STUDENT)
    )
    work = actions.show_product(placement, by=there.actor(Part.OFFICER), account=there.officer)
    assert (work.title, work.school_id) == ("Heldere brieven", there.school.id)


def test_the_clock_reminds_once_and_reports_once(clock: time_machine.Coordinates):
    there = stage().begun()
    assert there.placement is not None and there.placement.due_at is not None
    due = there.placement.due_at
    clock.move_to(due - timedelta(hours=5))
    assert (remind_placements(now()), remind_placements(now())) == (1, 0)
    clock.move_to(due + timedelta(hours=16))
    assert (report_late(now()), report_late(now())) == (1, 0)
    late = [each.to_address for each in letters("placement_due") if each.values["late"]]
    assert set(late) == {there.student.email, there.colleague.email, there.officer.email, there.coordinator.email}


def test_everyone_is_reminded_two_working_days_before_a_talk(clock: time_machine.Coordinates):
    there = stage().running()
    assert there.placement is not None
    day = today() + timedelta(days=10)
    actions.plan_contact(there.placement, day, at_workplace=False, about="", by=there.actor(Part.STUDENT))
    assert remind_contacts(now()) == 0
    clock.shift(timedelta(days=8))
    assert (remind_contacts(now()), remind_contacts(now())) == (1, 0)


def test_two_weeks_ahead_everyone_is_asked_how_it_went(clock: time_machine.Coordinates):
    stage().running()
    assert ask_evaluations(now()) == 0
    clock.shift(timedelta(days=86))
    assert ask_evaluations(now()) == 1


def test_the_month_of_turning_eighteen_is_forgotten_when_it_is_over(clock: time_machine.Coordinates):
    there = stage().begun(minor_until=today().replace(day=1))
    assert forget_ages(now()) == 0
    clock.move_to(datetime.fromisoformat("2026-12-01T04:00:00+01:00"))
    assert forget_ages(now()) == 1
    assert there.placement is not None


def test_a_year_after_the_end_names_and_texts_go_and_the_counted_fact_stays(clock: time_machine.Coordinates):
    there = stage().running()
    placement = there.placement
    assert placement is not None
    actions.write_note(placement, "Tussen ons.", shared=True, by=there.actor(Part.STUDENT))
    actions.call_off(placement, because=EndReason.STUDY, note="Ik stop.", by=there.actor(Part.STUDENT))
    clock.shift(timedelta(days=364))
    assert forget_placements(now()) == 0
    clock.shift(timedelta(days=2))
    assert (forget_placements(now()), forget_placements(now())) == (1, 0)
    assert (placement.people, placement.notes, placement.assignment, placement.ended_note) == ([], [], "", "")
    assert (placement.state, placement.ended_because, placement.programme) == (
        PlacementState.STOPPED,
        EndReason.STUDY,
        there.programme,
    )


def test_who_stays_in_view_is_forgotten_when_that_ends(clock: time_machine.Coordinates):
    there = stage().running()
    assert there.placement is not None
    clock.shift(timedelta(days=90))
    give_all(there, FINAL)
    actions.finish(there.placement, by=there.actor(Part.COORDINATOR))
    until = today() + timedelta(days=500)
    actions.let_follow(there.placement, until, consents=True, by=there.actor(Part.STUDENT))
    clock.shift(timedelta(days=400))
    assert forget_placements(now()) == 0
    clock.shift(timedelta(days=101))
    assert forget_placements(now()) == 1


def test_when_the_term_of_an_evaluation_has_passed_the_next_thing_has_its_turn(clock: time_machine.Coordinates):
    there = stage().running()
    placement = there.placement
    assert placement is not None
    clock.shift(timedelta(days=90))
    give(there, FINAL, Part.SUPERVISOR)
    assert placement.due_at is not None
    clock.move_to(placement.due_at + timedelta(days=1))
    assert report_late(now()) == 1
    coming = next_up(placement)
    assert coming is not None and coming.what is Coming.FINISH
    actions.finish(placement, by=there.actor(Part.COORDINATOR))
    assert placement.state is PlacementState.FINISHED


def test_a_talk_planned_beforehand_moves_no_deadline(clock: time_machine.Coordinates):
    there = stage().begun().arranged().approved()
    assert there.placement is not None
    before = there.placement.due_at
    clock.shift(timedelta(days=2))
    day, student = there.placement.first_day or today(), there.actor(Part.STUDENT)
    contact = actions.plan_contact(there.placement, day, at_workplace=False, about="", by=student)
    assert there.placement.due_at == before
    actions.drop_contact(contact, by=student)
    assert there.placement.due_at == before
