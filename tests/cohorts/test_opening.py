"""After a round: the placements of everyone at once, and who was left and why."""

import pytest
from flask import Flask

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.cohorts import opening
from matchmaker.cohorts.actions import wish
from matchmaker.cohorts.models import CohortRound
from matchmaker.cohorts.opening import NOBODY_THERE, STUDENT_GONE, begin_opening, open_placements, opening_of
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.jobs.models import Job, JobState
from matchmaker.organisations.models import MembershipStatus
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Kind
from tests.cohorts.test_rounds import lent, opened, run
from tests.factories.letters import letters
from tests.factories.students import Campus, campus, membership_of


def given(here: Campus, *names: str, kind: Kind = Kind.WORK) -> CohortRound:
    """A round in which each of these students got a place."""
    here.place.places, here.place.kind = len(names), kind
    cohort = opened(here, kind=kind)
    lent(here, cohort, here.place, places=len(names))
    for name in names:
        wish(cohort, here.student(name), [here.place])
    assert run(here, cohort) == len(names)
    return cohort


def do(job: Job) -> None:
    for _ in open_placements(job):
        db.session.flush()


def leave(student: Account) -> None:
    membership_of(student).status = MembershipStatus.ENDED
    db.session.flush()


def student_of(name: str) -> Account:
    return db.session.query(Account).filter_by(display_name=name).one()


def test_everyone_with_a_place_gets_a_placement_by_one_press(app: Flask) -> None:
    here = campus()
    cohort = given(here, "Noor", "Sam")
    before = opening_of(cohort)
    assert before is not None and (before.opened, before.waiting) == (0, 2)
    job = begin_opening(cohort, by=here.coordinator)
    do(job)
    made = db.session.query(Placement).order_by(Placement.id).all()
    assert {each.student.display_name for each in made} == {"Noor", "Sam"}
    assert {each.person(Part.COORDINATOR).account_id for each in made} == {here.coordinator.id}  # type: ignore[union-attr]
    assert {each.application_id for each in made} == {each.id for each in db.session.query(Application)}
    told = [each.to_address for each in letters("placement_step")]
    assert sorted(told) == sorted([*(each.student.email for each in made), here.officer.email, here.officer.email])
    after = opening_of(cohort)
    assert after is not None and (after.opened, after.waiting, list(after.left)) == (2, 0, [])
    assert (job.state, job.done) == (JobState.DONE, 2)


def test_it_is_begun_once_and_not_before_the_places_are_given(app: Flask) -> None:
    here = campus()
    waiting = opened(here)
    assert opening_of(waiting) is None
    with pytest.raises(InvalidMove):
        begin_opening(waiting, by=here.coordinator)
    cohort = given(here, "Noor")
    job = begin_opening(cohort, by=here.coordinator)
    with pytest.raises(InvalidMove):
        begin_opening(cohort, by=here.coordinator)
    do(job)
    with pytest.raises(InvalidMove):
        begin_opening(cohort, by=here.coordinator)


def test_places_that_are_no_placements_have_none_to_open(app: Flask) -> None:
    here = campus()
    cohort = given(here, "Noor", kind=Kind.TRAINEESHIP)
    assert opening_of(cohort) is None
    with pytest.raises(InvalidMove):
        begin_opening(cohort, by=here.coordinator)


def test_who_cannot_get_one_is_named_with_why_and_holds_up_nobody(app: Flask) -> None:
    here = campus()
    cohort = given(here, "Noor", "Sam")
    leave(student_of("Noor"))
    do(begin_opening(cohort, by=here.coordinator))
    after = opening_of(cohort)
    assert after is not None and (after.opened, after.waiting) == (1, 1)
    assert [(each.application.student.display_name, each.why) for each in after.left] == [("Noor", STUDENT_GONE)]  # type: ignore[union-attr]
    membership_of(student_of("Noor")).status = MembershipStatus.ACTIVE
    do(begin_opening(cohort, by=here.coordinator))
    after = opening_of(cohort)
    assert after is not None and (after.opened, after.waiting, list(after.left)) == (2, 0, [])


def test_no_placement_is_opened_where_nobody_would_take_it_up(app: Flask) -> None:
    here = campus()
    cohort = given(here, "Noor")
    leave(here.officer)
    do(begin_opening(cohort, by=here.coordinator))
    after = opening_of(cohort)
    assert after is not None and [each.why for each in after.left] == [NOBODY_THERE]
    assert db.session.query(Placement).count() == 0


def test_it_goes_on_where_it_stopped_and_only_in_one_process(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PIECE", 1)
    here = campus()
    job = begin_opening(given(here, "Noor", "Sam", "Kim"), by=here.coordinator)
    stopped = open_placements(job)
    next(stopped)
    assert (job.done, db.session.query(Placement).count()) == (1, 1)
    do(job)
    assert (job.done, db.session.query(Placement).count()) == (3, 3)
    with pytest.raises(InvalidMove):
        next(stopped)
    assert db.session.query(Placement).count() == 3
