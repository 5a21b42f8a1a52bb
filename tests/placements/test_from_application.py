"""An accepted application becomes a placement at once."""

from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.applications import actions as applications
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.clock import now
from matchmaker.cohorts.actions import wish
from matchmaker.cohorts.queries import is_placed
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.placements import actions
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import EndReason, Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.standing import Standing, students_of
from matchmaker.placements.starting import placement_of_application, start_from_application
from matchmaker.placements.states import PlacementState
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import Kind, Party
from tests.cohorts.test_rounds import lent, opened
from tests.factories import listings
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import MOTIVATION, Campus, campus, membership_of


def accepted(here: Campus) -> Placement:
    made = here.applied()
    applications.offer(made, by=here.officer)
    applications.accept(made, by=made.student)  # type: ignore[arg-type]
    placement = start_from_application(made, by=made.student)  # type: ignore[arg-type]
    assert placement is not None
    return placement


def test_it_takes_over_who_and_what_is_known(app: Flask):
    here = campus()
    placement = accepted(here)
    assert (placement.offer, placement.programme, placement.municipality) == (
        here.place,
        here.programme,
        here.municipality,
    )
    assert placement.student.account is not None
    assert placement.state is PlacementState.ARRANGING
    assert here.coordinator.email in {each.to_address for each in letters("placement_step")}


def test_an_application_becomes_one_placement_and_not_before_the_yes(app: Flask):
    here = campus()
    made = here.applied()
    with pytest.raises(InvalidMove):
        start_from_application(made, by=made.student)  # type: ignore[arg-type]
    applications.offer(made, by=here.officer)
    applications.accept(made, by=made.student)  # type: ignore[arg-type]
    start_from_application(made, by=made.student)  # type: ignore[arg-type]
    with pytest.raises(InvalidMove):
        start_from_application(made, by=made.student)  # type: ignore[arg-type]


def test_a_place_that_is_no_placement_makes_none(app: Flask):
    here = campus()
    made = here.applied()
    applications.offer(made, by=here.officer)
    applications.accept(made, by=made.student)  # type: ignore[arg-type]
    here.place.kind = Kind.TRAINEESHIP
    assert start_from_application(made, by=made.student) is None  # type: ignore[arg-type]


def test_a_place_nobody_started_at_is_free_again(app: Flask):
    here = campus()
    placement = accepted(here)
    student = Actor(Part.STUDENT, placement.student.account, placement.student)
    assert here.place.places_taken == 1
    actions.call_off(placement, because=EndReason.PERSONAL, note="", by=student)
    assert here.place.places_taken == 0


@pytest.mark.parametrize(
    ("state", "free"), [(PlacementState.ARRANGING, 1), (PlacementState.RUNNING, 0)], ids=["before", "after the start"]
)
def test_whose_placement_was_called_off_can_wish_and_apply_again(app: Flask, state: PlacementState, free: int):
    here = campus()
    placement = accepted(here)
    student, other = placement.student.account, listings.offer(here.municipality, kind=Kind.WORK)
    assert student is not None and is_placed(student.id, Kind.WORK)
    of_school = membership_of(here.coordinator)
    assert students_of(of_school, limit=9).counts[Standing.PLACED] == 1
    placement.state = state
    actions.call_off(placement, because=EndReason.HEALTH, note="", by=Actor(Part.COORDINATOR, here.coordinator))
    made = db.session.get_one(Application, placement.application_id)
    assert made.state is State.CALLED_OFF
    assert (made.events[-1].actor_id, made.events[-1].party) == (here.coordinator.id, Party.SCHOOL)
    assert not is_placed(student.id, Kind.WORK)
    assert students_of(of_school, limit=9).counts[Standing.SEARCHING] == 1
    assert here.place.places_left == free
    profile = profile_of(student)
    assert profile is not None
    cohort = opened(here)
    lent(here, cohort, other)
    wish(cohort, profile, [other])
    again = applications.apply(profile, other, motivation=MOTIVATION)
    applications.offer(again, by=here.officer)
    applications.accept(again, by=student)
    assert is_placed(student.id, Kind.WORK)


def test_a_placement_can_stop_after_its_application_was_forgotten(app: Flask):
    here = campus()
    placement = accepted(here)
    assert applications.forget_applications(now() + timedelta(days=366)) == 1
    db.session.expire_all()
    actions.call_off(placement, because=EndReason.HEALTH, note="", by=Actor(Part.COORDINATOR, here.coordinator))
    made = db.session.get_one(Application, placement.application_id)
    assert (made.state, made.student_id) == (State.ACCEPTED, None)


def test_a_student_reads_that_the_placement_stopped_and_what_else_fits(client: Client):
    here = campus()
    placement = accepted(here)
    listings.offer(here.municipality, kind=Kind.WORK, title="Een tweede plek")
    actions.call_off(placement, because=EndReason.HEALTH, note="", by=Actor(Part.OFFICER, here.officer))
    client.sign_in(placement.student.account)  # type: ignore[arg-type]
    page = client.get(f"/student/reacties/{placement.application_id}").text
    assert "Je kunt weer op andere plekken reageren" in page and "Een tweede plek" in page
    assert "De stage is gestopt" in client.get("/student/reacties").text


def test_the_yes_of_the_student_leads_to_the_placement(client: Client):
    here = campus()
    made = here.applied()
    applications.offer(made, by=here.officer)
    client.sign_in(made.student)  # type: ignore[arg-type]
    client.post(f"/student/reacties/{made.id}/ja")
    placement = placement_of_application(made.id)
    assert placement is not None
    assert f"/plaatsingen/{placement.id}" in client.get(f"/student/reacties/{made.id}").text
    assert client.get(f"/plaatsingen/{placement.id}").status_code == 200
