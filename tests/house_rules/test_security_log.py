"""Who signs in, who is refused and what was tried at the door can be read back afterwards."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from matchmaker.accounts.models import OpenedWith
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.operation.logs import REQUESTS
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.factories.second_step import code_now, with_app

DOOR, CODE = "/inloggen", "/inloggen/code"


class Lines:
    """(method, rule, status, actor) of each answer, as the log has them."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    @property
    def told(self) -> list[tuple[str, str, int, int | None]]:
        fields = [each.fields for each in self._caplog.records if each.name == REQUESTS.name]  # type: ignore[attr-defined]
        return [(each["method"], each["rule"], each["status"], each["actor"]) for each in fields]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Lines]:
    with caplog.at_level(logging.INFO, logger=REQUESTS.name):
        yield Lines(caplog)


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditEvent.action).order_by(AuditEvent.id)))


def test_every_try_to_sign_in_is_a_line_and_every_one_that_worked_an_event(client: Client, lines: Lines) -> None:
    person = people.member(Role.OFFICER, people.municipality())
    client.post(DOOR, data={"email": person.email, "password": "niet mijn wachtwoord"})
    client.post(DOOR, data={"email": "niemand@test.example", "password": "niet mijn wachtwoord"})
    secret = with_app(person)
    client.post(DOOR, data={"email": person.email, "password": people.PASSWORD})
    client.post(CODE, data={"code": "12345x"})
    client.post(CODE, data={"code": code_now(secret)})
    client.post("/uitloggen")
    assert [line[:3] for line in lines.told] == [
        ("POST", DOOR, 401), ("POST", DOOR, 401), ("POST", DOOR, 302), ("POST", CODE, 401), ("POST", CODE, 302),
        ("POST", "/uitloggen", 302),
    ]  # fmt: skip
    events = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action.in_(["sign_in", "sign_out"]))).all()
    assert [(each.action, each.actor_id) for each in events] == [("sign_in", person.id), ("sign_out", person.id)]
    assert events[0].details["opened_with"] == OpenedWith.APP_CODE


def test_who_is_refused_a_page_stands_in_the_log_by_number(client: Client, lines: Lines) -> None:
    person = people.member(Role.LECTURER, people.institution())
    client.sign_in(person)
    client.get("/beheer/mensen")
    client.get("/samen/987654")
    client.get("/loket/")
    assert [(status, actor) for _method, _rule, status, actor in lines.told[1:]] == [
        (403, person.id), (404, person.id), (403, person.id),
    ]  # fmt: skip
    assert lines.told[1][1] == "/beheer/mensen"


def test_what_tries_to_go_past_a_guard_stands_in_the_log(app: Flask, client: Client, lines: Lines) -> None:
    """A form without its token, an answer asked of another host, signs that are no text, one try too many."""
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client.post("/wachtwoord-vergeten", data={"email": "a@b.example"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    client.get("/", headers={"Host": "evil.example"})
    client.get("/?q=%00")
    client.get("/l/verzonnen-geheim")
    person = people.account()
    for _ in range(11):
        client.post(DOOR, data={"email": person.email, "password": "fout fout fout"})
    statuses = [line[2] for line in lines.told]
    assert statuses == [400, 400, 400, 410, *[401] * 10, 429]
    assert not any("verzonnen-geheim" in line[1] for line in lines.told)
