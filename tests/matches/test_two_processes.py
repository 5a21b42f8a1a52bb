"""The last place, the same form and the same link from two processes at once, on a real database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.models import Offer
from matchmaker.matches.actions import ask_desk, offer, route
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.states import Action, State
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.matches.scenes import scene

PROCESSES = 2
CLIENTS = 4
"""In each process."""

pytestmark = pytest.mark.committed


def race(app: Flask, tasks: list[dict[str, Any]], folder: Path) -> list[tuple[int, str, str]]:
    """Let every task happen at the same moment, shared out over two processes."""
    settings = app.extensions["settings"]
    places = {"DATABASE_URL": settings.database_url, "FILES_FOLDER": str(folder)}
    environment = {**os.environ, **places, "SECOND_STEP": str(int(settings.second_step))}
    racers = [
        subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.factories.racer"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(PROCESSES)
    ]  # fmt: skip
    for number, racer in enumerate(racers):
        racer.stdin.write(json.dumps(tasks[number::PROCESSES]) + "\n")  # type: ignore[union-attr]
        racer.stdin.flush()  # type: ignore[union-attr]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"  # type: ignore[union-attr]
    for racer in racers:
        racer.stdin.write("go\n")  # type: ignore[union-attr]
        racer.stdin.flush()  # type: ignore[union-attr]
    return [tuple(answer) for racer in racers for answer in json.loads(racer.communicate(timeout=60)[0])]


def task(cookie: str, page: str, path: str, **data: str) -> dict[str, Any]:
    return {"cookie": cookie, "page": page, "path": path, "data": data}


def signed_in(app: Flask, account: Account) -> str:
    """The cookie of someone who just signed in."""
    browser = Client(app)
    browser.post("/inloggen", data={"email": account.email, "password": people.PASSWORD})
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value


def test_the_last_place_is_given_once(committed_app: Flask, tmp_path: Path) -> None:
    here = scene()
    place = listings.offer(here.municipality, places=1)
    tasks = []
    for _ in range(PROCESSES * CLIENTS):
        school = people.institution()
        lecturer = people.member(Role.LECTURER, school)
        match = ask_desk(listings.need(school, owner_id=lecturer.id), here.municipality, by=lecturer)
        offer(match, by=here.officer, chosen=place)
        db.session.commit()
        path = f"/samen/{match.id}"
        tasks.append(task(signed_in(committed_app, lecturer), path, f"{path}/aannemen"))
    number = place.id
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert sorted(status for status, _, _ in answers) == [302] + [409] * (len(tasks) - 1)
    assert all("plek" in text or "plaats" in text for status, _, text in answers if status == 409)
    assert db.session.get_one(Offer, number).places_taken == 1
    states = db.session.execute(select(Match.state, func.count()).group_by(Match.state)).all()
    assert dict(states) == {State.SCHEDULING: 1, State.OFFERED: len(tasks) - 1}


def test_a_form_sent_from_two_processes_is_one_change(committed_app: Flask, tmp_path: Path) -> None:
    here = scene()
    match = here.asked()
    path = f"/samen/{match.id}"
    db.session.commit()
    cookie = signed_in(committed_app, here.lecturer)
    db.session.remove()
    sent = task(cookie, path, f"{path}/bericht", text="Eén bericht", submission_key="a" * 32)
    answers = race(committed_app, [sent] * PROCESSES * CLIENTS, tmp_path)
    assert all(status == 302 for status, _, _ in answers), [status for status, _, _ in answers]
    assert db.session.scalar(select(func.count(Message.id))) == 1


def test_a_link_is_spent_by_one_click_of_many(committed_app: Flask, tmp_path: Path) -> None:
    here = scene()
    match = here.asked()
    route(match, to=here.membership, by=here.officer)
    link = db.session.scalars(select(Link).where(Link.purpose == Purpose.COLLEAGUE_ANSWER)).one()
    path = f"/l/{token_of(link)}"
    db.session.commit()
    db.session.remove()
    clicks = [task("", path, path, answer="yes" if number % 2 else "no", refusal="no_capacity") for number in range(8)]
    answers = race(committed_app, clicks, tmp_path)
    assert sorted(status for status, _, _ in answers) == [302] + [410] * 7
    answered = (Action.COLLEAGUE_YES, Action.COLLEAGUE_NO)
    assert db.session.scalar(select(func.count(MatchEvent.id)).where(MatchEvent.action.in_(answered))) == 1
