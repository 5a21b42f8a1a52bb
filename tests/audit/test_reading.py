"""Who reads an application or a file of another stands in the log, though the request only reads."""

from flask import Flask

from matchmaker.audit.chain import verify
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from tests.factories.client import Client
from tests.factories.students import campus


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
