"""One seat, from two processes at once, on a real database: one wins and the other is told."""

from pathlib import Path

import pytest
from flask import Flask

from matchmaker.clock import today
from matchmaker.committees import filling
from matchmaker.committees.filling import Person
from matchmaker.committees.models import CommitteeEvent, Seat, Term
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.vocabulary import Role
from tests.committees.scenes import scene
from tests.factories import people
from tests.matches.test_two_processes import race, signed_in, task

pytestmark = pytest.mark.committed


def test_two_coordinators_who_ask_someone_at_once_ask_one_person(committed_app: Flask, tmp_path: Path) -> None:
    here = scene()
    number = here.seat().id
    others = [people.member(Role.COORDINATOR, here.school) for _ in range(4)]
    db.session.commit()
    cookies = [signed_in(committed_app, each) for each in others]
    db.session.remove()
    path, day = f"/commissies/plek/{number}/vraag", today().isoformat()
    tasks = [
        task(cookie, path, path, name=f"Lid {place}", email=f"lid{place}@x.example", starts_on=day)
        for place, cookie in enumerate(cookies)
    ]
    answers = race(committed_app, tasks, tmp_path)
    assert sorted(status for status, _, _ in answers) == [302, 409, 409, 409]
    assert db.session.query(Term).count() == 1
    assert db.session.get_one(Seat, number).state is SeatState.PROPOSED


def test_a_link_to_a_seat_is_spent_by_one_click_of_many(committed_app: Flask, tmp_path: Path) -> None:
    here = scene()
    term = filling.invite(here.seat(), Person("Marit", "m@x.example"), starts_on=today(), by=here.coordinator)
    link = db.session.query(Link).filter_by(purpose=Purpose.SEAT).one()
    path, number = f"/stoel/{token_of(link)}", term.id
    db.session.commit()
    db.session.remove()
    clicks = [task("", path, path, answer="yes" if place % 2 else "no") for place in range(8)]
    answers = race(committed_app, clicks, tmp_path)
    assert sorted(status for status, _, _ in answers) == [302] + [410] * 7
    assert db.session.get_one(Term, number).state in {TermState.RUNNING, TermState.DECLINED}
    assert db.session.query(CommitteeEvent).filter_by(noun="term").count() == 1
