"""A student named for one agreed place, from two processes at once, on a real database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.placements.models import Placement
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.letters import letters
from tests.matches.test_two_processes import CLIENTS, PROCESSES, race, signed_in, task
from tests.placements.scenes import stage

pytestmark = pytest.mark.committed


def test_one_coordinator_names_the_student_and_the_others_come_to_that_placement(
    committed_app: Flask, tmp_path: Path
) -> None:
    there = stage()
    path, programme = f"/plaatsingen/begin/{there.match.id}", str(there.programme.id)
    tasks = []
    for number in range(PROCESSES * CLIENTS):
        coordinator = people.member(Role.COORDINATOR, there.school)
        db.session.commit()
        typed = {"name": f"Student {number}", "address": f"student{number}@post.example", "language": "nl"}
        chosen = {"programme": programme, "adult": "yes", "presence": "nothing"}
        tasks.append(task(signed_in(committed_app, coordinator), path, path, **typed, **chosen))
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    made = db.session.scalars(select(Placement)).one()
    assert {(status, location) for status, location, _ in answers} == {(302, f"/plaatsingen/{made.id}")}
    written = {each.to_address for each in letters("placement_step")}
    assert {each for each in written if each.endswith("@post.example")} == {made.student.email}
