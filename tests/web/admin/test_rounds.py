"""Rounds, as the administrator of the platform sees them."""

import json

from flask import Flask

from matchmaker.database import db
from matchmaker.jobs.models import Job, JobState
from matchmaker.matches.rounds import hold_round
from tests.factories import listings, people
from tests.factories.client import Client

PAGE = "/beheer/rondes"


def started(keeper: Client, **values: str) -> Job:
    assert keeper.post(PAGE, data=values).status_code == 302
    return db.session.query(Job).one()


def test_a_round_is_queued_with_the_seed_that_was_made_known(keeper: Client) -> None:
    job = started(keeper, method="stable", seed="Utrecht 2027")
    assert (job.task, job.state) == ("match_round", JobState.WAITING)
    assert (job.values["method"], job.values["seed"]) == ("stable", "Utrecht 2027")
    assert job.created_by_id is not None
    assert "Utrecht 2027" in keeper.get(PAGE).text


def test_a_second_round_waits_until_the_first_is_done(keeper: Client) -> None:
    started(keeper, method="best-total")
    assert "Er loopt al een ronde." in keeper.post(PAGE, data={"method": "best-total"}).text
    assert db.session.query(Job).count() == 1


def test_the_certificate_can_be_taken_along_once_it_is_there(app: Flask, keeper: Client) -> None:
    need = listings.need(work_fields=["W22"])
    offer = listings.offer(people.municipality(), work_fields=["W22"])
    job = started(keeper, method="best-total")
    assert keeper.get(f"{PAGE}/{job.id}/bewijs.json").status_code == 404
    for _ in hold_round(job):
        db.session.commit()
    answer = keeper.get(f"{PAGE}/{job.id}/bewijs.json")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=ronde-{job.id}.json"
    assert json.loads(answer.data)["assigned"] == {need.reference: offer.reference}
    assert "1 voorstel" in keeper.get(PAGE).text


def test_a_certificate_of_other_work_is_not_found(keeper: Client) -> None:
    db.session.add(Job(task="import_listings"))
    db.session.commit()
    job = db.session.query(Job).one()
    assert keeper.get(f"{PAGE}/{job.id}/bewijs.json").status_code == 404
