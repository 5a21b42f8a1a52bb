"""Applying, answering and what follows: who hears, who waits, and what is forgotten."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.applications.queries import application_here
from matchmaker.applications.rules import REFUSALS_OF_MUNICIPALITY, REFUSALS_OF_SCHOOL
from matchmaker.applications.states import Action, State
from matchmaker.applications.watching import KEPT
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.vocabulary import Kind, ListingStatus, Party, Refusal, Role
from tests.factories import listings, people
from tests.factories.letters import letters
from tests.factories.students import MOTIVATION, Campus, campus, membership_of


def said(error: "pytest.ExceptionInfo[InvalidValue]") -> tuple[str, str]:
    return error.value.field, error.value.reason


def test_an_application_goes_to_the_municipality_and_its_clock_starts(app: Flask) -> None:
    here = campus()
    with time_machine.travel("2026-11-23 10:00:00+01:00", tick=False):
        made = here.applied()
    assert (made.state, made.due_at.isoformat()) == (State.SENT, "2026-11-30T16:00:00+00:00")  # type: ignore[union-attr]
    assert [letter.to_address for letter in letters("application_received")] == [here.officer.email]
    assert letters("application_to_approve") == []


def test_the_owner_of_an_offer_hears_instead_of_the_whole_desk(app: Flask) -> None:
    here = campus()
    here.place.owner_id = here.officer.id
    colleague = people.member(Role.OFFICER, here.municipality)
    db.session.flush()
    here.applied()
    assert [letter.to_address for letter in letters("application_received")] == [here.officer.email]
    assert colleague.email != here.officer.email


def test_where_the_school_approves_first_the_municipality_has_nothing_yet(app: Flask) -> None:
    here = campus()
    here.asks(school_approves=True)
    made = here.applied()
    assert (made.state, made.sent_at) == (State.AWAITING_SCHOOL, None)
    assert [letter.to_address for letter in letters("application_to_approve")] == [here.coordinator.email]
    with pytest.raises(NotFound):
        application_here(made.id, membership_of(here.officer))
    actions.approve(made, by=here.coordinator)
    assert made.state is State.SENT and made.sent_at is not None
    assert application_here(made.id, membership_of(here.officer)) is made
    assert [letter.to_address for letter in letters("application_received")] == [here.officer.email]


def test_a_step_of_the_municipality_does_not_exist_before_the_school_said_yes(app: Flask) -> None:
    here = campus()
    here.asks(school_approves=True)
    made = here.applied()
    for refused in (
        lambda: actions.invite(made, note="Dinsdag?", by=here.officer),
        lambda: actions.offer(made, by=here.officer),
        lambda: actions.refuse(made, refusal=Refusal.LEVEL, by=here.officer, as_party=Party.MUNICIPALITY),
    ):
        with pytest.raises(InvalidMove):
            refused()
    assert made.state is State.AWAITING_SCHOOL


def test_who_applies_twice_or_everywhere_is_told_so(app: Flask) -> None:
    here = campus(places=30)
    profile = here.student()
    for _ in range(9):
        actions.apply(profile, listings.offer(here.municipality, kind=Kind.WORK), motivation=MOTIVATION)
    actions.apply(profile, here.place, motivation=MOTIVATION)
    with pytest.raises(InvalidValue) as twice:
        actions.apply(profile, here.place, motivation=MOTIVATION)
    assert said(twice) == ("offer", "already_applied")
    with pytest.raises(InvalidValue) as eleventh:
        actions.apply(profile, listings.offer(here.municipality, kind=Kind.WORK), motivation=MOTIVATION)
    assert said(eleventh) == ("offer", "too_many_running")


def test_nobody_applies_for_what_is_closed_or_is_no_place_for_one(app: Flask) -> None:
    here = campus()
    profile = here.student()
    for closed in (
        listings.offer(here.municipality, kind=Kind.WORK, status=ListingStatus.CLOSED),
        listings.offer(here.municipality, kind=Kind.LECTURE),
        listings.need(here.school, kind=Kind.WORK),
    ):
        with pytest.raises(InvalidMove):
            actions.apply(profile, closed, motivation=MOTIVATION)


def test_a_motivation_of_a_few_words_or_a_profile_half_done_is_refused(app: Flask) -> None:
    here = campus()
    with pytest.raises(InvalidValue) as short:
        actions.apply(here.student(), here.place, motivation="Lijkt me leuk.")
    assert said(short) == ("motivation", "text_too_short")
    with pytest.raises(InvalidValue) as half:
        actions.apply(here.student(stated_at=None), here.place, motivation=MOTIVATION)
    assert said(half) == ("profile", "profile_first")


def test_only_what_the_student_shares_is_copied(app: Flask) -> None:
    here = campus(places=2)
    profile = here.student(workplace_needs="Een rustige plek", hours_min=24, place="Woerden", max_distance_km=20)
    silent = actions.apply(profile, here.place, motivation=MOTIVATION)
    assert (silent.workplace_needs, silent.hours_min) == ("", 24)
    actions.withdraw(silent, by=profile.account)
    shared = actions.apply(profile, here.place, motivation=MOTIVATION, share_needs=True)
    assert shared.workplace_needs == "Een rustige plek"
    assert {"place", "max_distance_km", "work_fields"}.isdisjoint(Application.__table__.columns.keys())


def test_an_application_keeps_the_rules_of_the_day_it_was_made(app: Flask) -> None:
    here = campus(places=2)
    rules = here.asks(blind_until_talk=True, no_talk=True)
    made = here.applied()
    rules.blind_until_talk, rules.no_talk = False, False
    db.session.flush()
    assert (made.blind, made.without_talk) == (True, True)
    with pytest.raises(InvalidMove):
        actions.invite(made, note="Dinsdag om tien?", by=here.officer)
    later = here.applied("Sam de Wit")
    assert (later.blind, later.without_talk) == (False, False)


@pytest.mark.parametrize("who", ["programme", "desk"])
def test_a_blind_application_shows_a_name_from_the_talk_on(app: Flask, who: str) -> None:
    here = campus()
    if who == "programme":
        here.asks(blind_until_talk=True)
    else:
        assert here.municipality.desk is not None
        here.municipality.desk.blind_until_talk = True
        db.session.flush()
    made = here.applied()
    assert not made.shows_name
    assert letters("application_received")[0].values["student"] == ""
    actions.invite(made, note="Dinsdag om tien?", by=here.officer)
    assert made.shows_name


def test_a_refused_application_without_a_talk_never_shows_the_name(app: Flask) -> None:
    here = campus()
    here.asks(blind_until_talk=True)
    made = here.applied()
    actions.refuse(made, refusal=Refusal.PERIOD, by=here.officer, as_party=Party.MUNICIPALITY)
    assert not made.shows_name


def test_every_no_has_a_reason_of_its_own_side(app: Flask) -> None:
    here = campus()
    made = here.applied()
    for wrong in (None, Refusal.NO_DESK, *(REFUSALS_OF_SCHOOL - REFUSALS_OF_MUNICIPALITY)):
        with pytest.raises(InvalidValue) as refused:
            actions.refuse(made, refusal=wrong, by=here.officer, as_party=Party.MUNICIPALITY)
        assert said(refused) == ("refusal", "required")
    with pytest.raises(InvalidValue) as words:
        actions.refuse(made, refusal=Refusal.OTHER, by=here.officer, as_party=Party.MUNICIPALITY)
    assert said(words) == ("note", "required")
    actions.refuse(made, refusal=Refusal.NO_SUPERVISOR, by=here.officer, as_party=Party.MUNICIPALITY)
    assert (made.state, made.due_at) == (State.REFUSED, None)
    assert letters("application_refused")[0].values["refusal"] == "no_supervisor"


def test_accepting_takes_the_place_and_the_others_hear_at_once(app: Flask) -> None:
    here = campus()
    first, second, third = here.applied("Noor"), here.applied("Sam"), here.applied("Kim")
    for each in (first, second):
        actions.offer(each, by=here.officer)
    actions.accept(first, by=first.student)  # type: ignore[arg-type]
    assert (first.state, here.place.places_left) == (State.ACCEPTED, 0)
    assert [second.state, third.state] == [State.FILLED, State.FILLED]
    assert len(letters("application_filled")) == 2
    assert {letter.to_address for letter in letters("application_accepted")} == {
        here.officer.email,
        here.coordinator.email,
    }


def test_with_a_place_left_nobody_is_sent_away(app: Flask) -> None:
    here = campus(places=2)
    first, second = here.applied("Noor"), here.applied("Sam")
    actions.offer(first, by=here.officer)
    actions.accept(first, by=first.student)  # type: ignore[arg-type]
    assert second.state is State.SENT


def test_who_says_yes_when_the_last_place_went_elsewhere_is_told(app: Flask) -> None:
    """A school can take the last place too, by a match."""
    here = campus()
    made = here.applied()
    actions.offer(made, by=here.officer)
    here.place.places_taken = 1
    db.session.flush()
    assert actions.accept(made, by=made.student).state is State.FILLED  # type: ignore[arg-type]
    assert here.place.places_taken == 1


def test_a_place_that_went_to_a_match_ends_what_waits_for_it(app: Flask) -> None:
    here = campus()
    made, other = here.applied(), apply_elsewhere(here)
    here.place.places_taken = 1
    db.session.flush()
    assert [actions.fill_taken(now()), actions.fill_taken(now())] == [1, 0]
    assert (made.state, other.state) == (State.FILLED, State.SENT)
    assert [letter.to_address for letter in letters("application_filled")] == [made.student.email]  # type: ignore[union-attr]


def apply_elsewhere(here: Campus) -> Application:
    offer = listings.offer(here.municipality, kind=Kind.WORK)
    return actions.apply(here.student("Sam"), offer, motivation=MOTIVATION)


def test_nobody_accepts_what_was_not_offered(app: Flask) -> None:
    made = campus().applied()
    with pytest.raises(InvalidMove):
        actions.accept(made, by=made.student)  # type: ignore[arg-type]


def test_no_place_is_offered_when_there_is_none(app: Flask) -> None:
    here = campus()
    made = here.applied()
    here.place.places_taken = 1
    db.session.flush()
    with pytest.raises(InvalidMove):
        actions.offer(made, by=here.officer)


def test_a_student_says_no_or_takes_it_back(app: Flask) -> None:
    here = campus(places=2)
    offered, running = here.applied("Noor"), here.applied("Sam")
    actions.offer(offered, by=here.officer)
    actions.decline(offered, by=offered.student)  # type: ignore[arg-type]
    actions.withdraw(running, by=running.student)  # type: ignore[arg-type]
    assert [offered.state, running.state] == [State.WITHDRAWN] * 2
    assert here.place.places_taken == 0
    assert len(letters("application_withdrawn")) == 2


def test_a_placement_begins_once_and_only_from_an_accepted_application(app: Flask) -> None:
    here = campus()
    made = here.applied()
    with pytest.raises(InvalidMove):
        actions.begin_placement(made, by=here.coordinator)
    actions.offer(made, by=here.officer)
    actions.accept(made, by=made.student)  # type: ignore[arg-type]
    assert actions.begin_placement(made, by=here.coordinator).placed_at is not None
    with pytest.raises(InvalidMove):
        actions.begin_placement(made, by=here.coordinator)


def test_on_the_last_morning_who_is_next_is_reminded_and_after_it_reported_once(app: Flask) -> None:
    here = campus()
    with time_machine.travel("2026-11-23 10:00:00+01:00") as clock:
        made = here.applied()
        assert actions.remind_applications(now()) == 0
        clock.move_to("2026-11-30 08:30:00+01:00")
        assert [actions.remind_applications(now()), actions.remind_applications(now())] == [1, 0]
        assert [letter.to_address for letter in letters("application_due")] == [here.officer.email]
        clock.move_to("2026-12-01 08:30:00+01:00")
        assert [actions.escalate_applications(now()), actions.escalate_applications(now())] == [1, 0]
    assert made.state is State.SENT
    assert [letter.to_address for letter in letters("application_late")] == [here.officer.email]
    assert [letter.to_address for letter in letters("application_waits")] == [made.student.email]  # type: ignore[union-attr]
    assert [event.action for event in made.events] == [Action.APPLY, Action.REMIND, Action.ESCALATE]


def test_a_late_student_and_a_late_school_are_asked_again(app: Flask) -> None:
    here = campus(places=2)
    with time_machine.travel("2026-11-23 10:00:00+01:00") as clock:
        offered = here.applied("Noor")
        actions.offer(offered, by=here.officer)
        here.asks(school_approves=True)
        here.applied("Sam")
        clock.move_to("2026-12-01 08:30:00+01:00")
        assert actions.escalate_applications(now()) == 2
    assert {letter.to_address for letter in letters("application_due")} == {
        offered.student.email,  # type: ignore[union-attr]
        here.coordinator.email,
    }
    assert [letter.to_address for letter in letters("application_student_late")] == [here.officer.email]


def test_four_weeks_after_the_end_the_person_is_forgotten_and_the_answer_counted(app: Flask) -> None:
    here = campus(places=3)
    refused, running, accepted = here.applied("Noor"), here.applied("Sam"), here.applied("Kim")
    actions.refuse(refused, refusal=Refusal.OTHER, note="Te druk", by=here.officer, as_party=Party.MUNICIPALITY)
    actions.offer(accepted, by=here.officer)
    actions.accept(accepted, by=accepted.student)  # type: ignore[arg-type]
    moment = now() + KEPT
    assert actions.forget_applications(moment - timedelta(minutes=1)) == 0
    assert actions.forget_applications(moment + timedelta(minutes=1)) == 1
    db.session.expire_all()
    assert (refused.student_id, refused.motivation, refused.refusal_note, list(refused.events)) == (None, "", "", [])
    assert refused.first_answered_at is not None and refused.refusal is Refusal.OTHER
    assert running.student_id is not None and accepted.student_id is not None
    a_year = now() + timedelta(days=365)
    assert actions.forget_applications(a_year - timedelta(minutes=1)) == 0
    assert actions.forget_applications(a_year + timedelta(minutes=1)) == 1
    db.session.expire_all()
    assert (accepted.student_id, accepted.motivation, list(accepted.events)) == (None, "", [])
    assert (accepted.state, running.student_id is None) == (State.ACCEPTED, False)
