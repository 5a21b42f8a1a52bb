"""The last place, taken by two students from two processes at once, on a real database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.database import db
from matchmaker.listings.models import Offer
from tests.factories.letters import letters
from tests.factories.students import campus
from tests.matches.test_two_processes import CLIENTS, PROCESSES, race, signed_in, task

pytestmark = pytest.mark.committed


def test_one_student_wins_the_last_place_and_the_others_are_told_at_once(committed_app: Flask, tmp_path: Path) -> None:
    here = campus()
    tasks = []
    for number in range(PROCESSES * CLIENTS):
        made = here.applied(f"Student {number}")
        actions.offer(made, by=here.officer)
        db.session.commit()
        assert made.student is not None
        page = f"/student/reacties/{made.id}"
        tasks.append(task(signed_in(committed_app, made.student), page, f"{page}/ja"))
    place = here.place.id
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert [status for status, _, _ in answers] == [302] * len(tasks)
    assert db.session.get_one(Offer, place).places_taken == 1
    states = db.session.execute(select(Application.state, func.count()).group_by(Application.state)).all()
    assert dict(states) == {State.ACCEPTED: 1, State.FILLED: len(tasks) - 1}
    assert len(letters("application_filled")) == len(tasks) - 1
