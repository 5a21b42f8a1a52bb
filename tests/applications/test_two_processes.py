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
from matchmaker.vocabulary import Kind
from tests.factories import listings
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.factories.students import campus
from tests.matches.test_two_processes import CLIENTS, PROCESSES, race, signed_in, task

pytestmark = pytest.mark.committed


def test_one_student_wins_the_last_place_and_the_others_are_told_at_once(committed_app: Flask, tmp_path: Path) -> None:
    here = campus()
    nearest = listings.offer(here.municipality, kind=Kind.WORK, title="Om de hoek", levels=["hbo_bachelor"])
    tasks, cookies = [], {}
    for number in range(PROCESSES * CLIENTS):
        made = here.applied(f"Student {number}")
        actions.offer(made, by=here.officer)
        db.session.commit()
        assert made.student is not None
        page = f"/student/reacties/{made.id}"
        cookies[page] = signed_in(committed_app, made.student)
        tasks.append(task(cookies[page], page, f"{page}/ja"))
    place, instead = here.place.id, f"/aanbod/{nearest.reference}"
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert [status for status, _, _ in answers] == [302] * len(tasks)
    assert db.session.get_one(Offer, place).places_taken == 1
    states = db.session.execute(select(Application.state, func.count()).group_by(Application.state)).all()
    assert dict(states) == {State.ACCEPTED: 1, State.FILLED: len(tasks) - 1}
    assert len(letters("application_filled")) == len(tasks) - 1
    shown = [_page_of(committed_app, cookie, page) for page, cookie in cookies.items()]
    told = [page for page in shown if "Een ander was net eerder" in page]
    assert len(told) == len(tasks) - 1
    assert all(instead in page for page in told)
    assert [instead in page for page in shown if page not in told] == [False]


def _page_of(app: Flask, cookie: str, page: str) -> str:
    browser = Client(app)
    browser.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    return browser.get(page).text
