"""A student named for one agreed place, from two processes at once, on a real database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.placements.models import Placement
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.letters import letters
from tests.matches.test_two_processes import CLIENTS, PROCESSES, race, signed_in, task
from tests.placements.scenes import stage

pytestmark = pytest.mark.committed


def test_one_coordinator_names_the_student_and_the_others_read_who_it_is(committed_app: Flask, tmp_path: Path) -> None:
    there = stage()
    path, programme = f"/plaatsingen/begin/{there.match.id}", str(there.programme.id)
    cookies = {}
    for number in range(PROCESSES * CLIENTS):
        coordinator = people.member(Role.COORDINATOR, there.school)
        db.session.commit()
        cookies[f"Student {number}"] = signed_in(committed_app, coordinator)
    tasks = [
        task(
            cookie, path, path,
            name=name, address=f"{name.lower().replace(' ', '.')}@post.example",
            language="nl", programme=programme, adult="yes", presence="nothing",
        )
        for name, cookie in cookies.items()
    ]  # fmt: skip
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    made = db.session.scalars(select(Placement)).one()
    page, winner = f"/plaatsingen/{made.id}", made.student.display_name
    assert {(status, location) for status, location, _ in answers} == {(302, page)}
    shown = {name: _page_of(committed_app, cookie, page) for name, cookie in cookies.items()}
    assert all(winner in text for text in shown.values())
    told = {name for name, text in shown.items() if "Een collega was u net voor" in text}
    assert told == set(cookies) - {winner}
    assert {each.to_address for each in letters("placement_step")}.isdisjoint(
        f"{name.lower().replace(' ', '.')}@post.example" for name in told
    )


def _page_of(app: Flask, cookie: str, page: str) -> str:
    browser = Client(app)
    browser.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    return browser.get(page).text
