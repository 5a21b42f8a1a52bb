"""An accepted application becomes a placement at once."""

import pytest
from flask import Flask

from matchmaker.applications import actions as applications
from matchmaker.errors import InvalidMove
from matchmaker.placements import actions
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import EndReason, Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import placement_of_application, start_from_application
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Kind
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import Campus, campus


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
