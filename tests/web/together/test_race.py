"""Two people who choose a moment at once, each over a connection of their own."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.appointments.models import Appointment
from matchmaker.database import db
from matchmaker.mail.models import Letter
from matchmaker.submissions.actions import LOOK_SECONDS, LOOKS
from matchmaker.submissions.models import Submission
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.dates import meeting, moment

pytestmark = pytest.mark.committed
ROUNDS = 3
CLICKS = 12


def test_of_two_who_choose_at_once_one_wins_and_the_other_is_told(committed_app: Flask) -> None:
    for _ in range(ROUNDS):
        there = meeting()
        other = people.member(Role.COORDINATOR, there.match.school)
        slots = [slot.id for slot in there.propose(moment(20), moment(21))]
        emails, number = [there.lecturer.email, other.email], there.match.id
        db.session.commit()
        db.session.remove()
        answers: list[str] = []
        gate = threading.Barrier(2)
        people_choosing = [
            threading.Thread(target=_choose, args=(committed_app, email, number, slot, gate, answers))
            for email, slot in zip(emails, slots, strict=True)
        ]
        for each in people_choosing:
            each.start()
        for each in people_choosing:
            each.join()
        assert Counter(answers) == {"Afgesproken": 1, "net al gekozen": 1}
        match = db.session.query(Appointment).filter_by(match_id=number).one()
        assert match.sequence == 0
        db.session.rollback()
    assert db.session.query(Letter).filter_by(template="appointment_agreed").count() == 2 * ROUNDS


def test_a_form_sent_by_many_clicks_leads_every_click_to_the_same_page(committed_app: Flask) -> None:
    there = meeting()
    email, number = there.lecturer.email, there.match.id
    db.session.commit()
    db.session.remove()
    first = FlaskClient(committed_app)
    first.post("/inloggen", data={"email": email, "password": people.PASSWORD})
    cookie = first.get_cookie("matchmaker")
    assert cookie is not None
    db.session.remove()
    gate, answers = threading.Barrier(CLICKS), list[tuple[int, str]]()

    def click() -> None:
        browser = FlaskClient(committed_app)
        browser.set_cookie("matchmaker", cookie.value)
        gate.wait()
        answer = browser.post(f"/samen/{number}/bericht", data={"text": "Eén keer", "submission_key": "a" * 32})
        answers.append((answer.status_code, answer.headers.get("Location", "")))

    clicks = [threading.Thread(target=click) for _ in range(CLICKS)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(set(answers)) == 1 and answers[0][0] == 302
    assert first.get(answers[0][1]).status_code == 200
    assert db.session.query(Message).filter_by(text="Eén keer").count() == 1


def test_a_form_whose_first_answer_was_never_noted_holds_nobody_up(committed_app: Flask) -> None:
    """The server was killed between the change and that: who repeats it is led away, and others go on."""
    there = meeting()
    email, number, other = there.lecturer.email, there.match.id, there.officer.email
    db.session.commit()
    db.session.remove()
    form = {"text": "Eén keer", "submission_key": "b" * 32}

    def send(who: str, again: bool = False) -> tuple[int, str, float]:
        browser = FlaskClient(committed_app)
        browser.post("/inloggen", data={"email": who, "password": people.PASSWORD})
        browser.post(f"/samen/{number}/bericht", data=form)
        if again:
            with committed_app.app_context():
                db.session.query(Submission).update({"location": ""})
                db.session.commit()
        begun = time.monotonic()
        answer = browser.post(f"/samen/{number}/bericht", data=form if again else form | {"submission_key": "c" * 32})
        return answer.status_code, answer.headers["Location"], time.monotonic() - begun

    with ThreadPoolExecutor(2) as pool:
        repeating = pool.submit(send, email, again=True)
        time.sleep(0.5)
        writing = pool.submit(send, other)
        status, led, took = repeating.result()
        assert (status, led) == (302, "/start") and took > LOOKS * LOOK_SECONDS
        status, led, _took = writing.result()
        assert status == 302 and led != "/start"


def _choose(app: Flask, email: str, number: int, slot: int, gate: threading.Barrier, answers: list[str]) -> None:
    browser = FlaskClient(app)
    browser.post("/inloggen", data={"email": email, "password": people.PASSWORD})
    gate.wait()
    page = browser.post(f"/samen/{number}/kies", data={"slot": slot}, follow_redirects=True).text
    answers.append(next((words for words in ("Afgesproken", "net al gekozen") if words in _notice(page)), page))


def _notice(page: str) -> str:
    """The message on top of the page."""
    start = page.find("mm-flashes")
    return page[start : start + 900] if start >= 0 else ""
