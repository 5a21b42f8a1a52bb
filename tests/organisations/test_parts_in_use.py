"""A part on which anything hangs stays, whatever it is."""

import pytest
from flask import Flask

from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Programme
from matchmaker.organisations.parts import remove_part
from matchmaker.vocabulary import Role
from tests.cohorts.test_rounds import opened
from tests.factories import listings, people
from tests.factories.students import campus, student
from tests.placements.scenes import stage


def with_a_student() -> Programme:
    programme = people.programme(people.institution())
    student(programme)
    return programme


def with_a_round() -> Programme:
    here = campus()
    opened(here)
    return here.programme


def with_a_placement() -> Programme:
    return stage().begun().programme


def with_a_posting() -> Programme:
    programme = people.programme(people.institution())
    listings.need(programme.faculty.organisation, programme_id=programme.id)
    return programme


@pytest.mark.parametrize("made", [with_a_student, with_a_round, with_a_placement, with_a_posting])
def test_a_programme_in_use_stays(app: Flask, made) -> None:  # type: ignore[no-untyped-def]
    programme = made()
    school = programme.faculty.organisation
    keeper = people.member(Role.ORG_ADMIN, school)
    for part in (programme, programme.faculty):
        with pytest.raises(InvalidValue) as refused:
            remove_part(part, organisation=school, by=keeper)
        assert (refused.value.field, refused.value.reason) == ("part", "in_use")
