"""Who is placed, however the place came: also through a match or a table, without an application."""

from flask import Flask

from matchmaker.cohorts.queries import is_placed
from matchmaker.placements import actions
from matchmaker.placements.models import EndReason
from matchmaker.placements.parts import Part
from matchmaker.placements.standing import Standing, students_of
from matchmaker.vocabulary import Kind
from tests.factories.client import Client
from tests.factories.students import membership_of, student
from tests.placements.scenes import stage


def test_a_student_named_for_a_match_has_a_place_until_it_is_called_off(app: Flask):
    there = stage()
    profile = student(there.programme, name="Bo Smit")
    there.student = profile.account
    of_school = membership_of(there.coordinator)
    assert students_of(of_school, limit=9).counts[Standing.SEARCHING] == 1
    assert not is_placed(profile.account_id, Kind.GRADUATION)
    placement = there.begun().placement
    assert placement is not None
    found = students_of(of_school, limit=9)
    assert found.counts[Standing.PLACED] == 1
    assert [each.placement for each in found.lines] == [placement]
    assert students_of(of_school, standing=Standing.SEARCHING, limit=9).lines == []
    assert is_placed(profile.account_id, Kind.GRADUATION) and not is_placed(profile.account_id, Kind.WORK)
    actions.call_off(placement, because=EndReason.PERSONAL, note="", by=there.actor(Part.COORDINATOR))
    assert students_of(of_school, limit=9).counts[Standing.SEARCHING] == 1
    assert not is_placed(profile.account_id, Kind.GRADUATION)


def test_the_list_of_students_leads_to_the_placement(client: Client):
    there = stage()
    there.student = student(there.programme, name="Bo Smit").account
    placement = there.begun().placement
    assert placement is not None
    client.sign_in(there.coordinator)
    assert f"/plaatsingen/{placement.id}" in client.get("/school/studenten").text
