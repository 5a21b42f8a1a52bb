"""Who reads an application or a file of another stands in the log, though the request only reads."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from matchmaker.audit.models import AuditEvent
from matchmaker.audit.verifying import verify
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.placements.actions import name_person
from matchmaker.placements.letters import link_for
from matchmaker.placements.parts import Part
from matchmaker.placements.starting import Named
from matchmaker.threads.models import Message
from matchmaker.words.log import event_sentence
from tests.factories.client import Client
from tests.factories.students import campus
from tests.placements.scenes import stage


def read_events() -> list[tuple[str, int | None, int | None]]:
    rows = db.session.query(AuditEvent).filter_by(action="file.read").order_by(AuditEvent.id)
    return [(each.object_kind, each.object_id, each.actor_id) for each in rows]


def test_opening_an_application_is_an_event_of_who_opened_it(app: Flask, client: Client) -> None:
    scene = campus()
    application = scene.applied()
    db.session.commit()
    client.sign_in(scene.officer)
    assert client.get(f"/gemeente/studenten/{application.id}").status_code == 200
    assert client.get("/gemeente/studenten/99999").status_code == 404
    assert read_events() == [("Application", application.id, scene.officer.id)]
    assert verify().wrong == []


def test_opening_a_placement_is_an_event_once_an_hour(app: Flask, client: Client) -> None:
    there = stage().begun()
    assert there.placement is not None
    number = there.placement.id
    db.session.commit()
    client.sign_in(there.officer)
    for path in ("", "/berichten", "/dagen", ""):
        client.get(f"/plaatsingen/{number}{path}")
    assert read_events() == [("Placement", number, there.officer.id)]
    db.session.execute(update(AuditEvent).where(AuditEvent.action == "file.read").values(at=now() - timedelta(hours=2)))
    db.session.commit()
    assert client.get(f"/plaatsingen/{number}").status_code == 200
    assert read_events() == [("Placement", number, there.officer.id)] * 2


def test_who_comes_by_a_link_is_known_by_their_part(app: Flask, client: Client) -> None:
    there = stage().begun()
    assert there.placement is not None
    trainer = name_person(
        there.placement, Part.PRACTICE_TRAINER, Named("Bo Prak", "bo@werk.example"), by=there.actor(Part.OFFICER)
    )
    token = token_of(link_for(trainer))
    db.session.commit()
    assert client.get(f"/plaatsing/{token}").status_code == 200
    assert client.get(f"/plaatsing/{token}").status_code == 200
    events = db.session.query(AuditEvent).filter_by(action="file.read").all()
    assert [(each.actor_id, each.details) for each in events] == [(None, {"part": "practice_trainer"})]
    assert "praktijkopleider" in event_sentence(events[0])
    assert verify().wrong == []


def test_a_student_who_opens_the_own_placement_is_no_event(app: Flask, client: Client) -> None:
    there = stage().begun()
    assert there.placement is not None
    db.session.commit()
    client.sign_in(there.student)
    assert client.get(f"/plaatsingen/{there.placement.id}").status_code == 200
    assert read_events() == []


def test_taking_the_list_of_placements_is_an_event_of_the_organisation(app: Flask, client: Client) -> None:
    there = stage().begun()
    db.session.commit()
    client.sign_in(there.coordinator)
    assert client.get("/plaatsingen/plaatsingen.csv").status_code == 200
    assert client.get("/plaatsingen/evaluaties.csv").status_code == 200
    assert read_events() == [("Organisation", there.school.id, there.coordinator.id)] * 2


def test_a_form_that_was_refused_keeps_nothing_and_reads_nothing(app: Flask, client: Client) -> None:
    there = stage().begun()
    assert there.placement is not None
    db.session.commit()
    client.sign_in(there.officer)
    assert client.post(f"/plaatsingen/{there.placement.id}/berichten", data={"text": ""}).status_code == 200
    assert read_events() == []
    assert db.session.query(Message).count() == 0
