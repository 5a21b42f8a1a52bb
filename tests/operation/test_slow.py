"""A question that takes long is said, without its values; a request is not kept waiting on PostgreSQL."""

import logging
import time

import pytest
from flask import Flask
from sqlalchemy import text

from matchmaker.database import LOCK_SECONDS, db
from matchmaker.operation import slow
from tests.conftest import on_postgresql


def test_a_slow_question_is_said_without_its_values(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow, "LONG", 0.0)
    with caplog.at_level(logging.WARNING):
        db.session.execute(text("SELECT :geheim"), {"geheim": "wachtwoord-van-jan"})
    said = [record for record in caplog.records if record.name == slow.logger.name]
    assert "SELECT" in said[-1].fields["question"]  # type: ignore[attr-defined]
    assert "wachtwoord-van-jan" not in str([record.__dict__ for record in said])


def test_a_quick_question_is_not(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        db.session.execute(text("SELECT 1"))
    assert not [record for record in caplog.records if record.name == slow.logger.name]


def test_a_reader_does_not_wait_for_who_writes(committed_app: Flask) -> None:
    """PostgreSQL: a table is held, and the page says 503 within the bound. SQLite: one writes, and others read on."""
    client, begun = committed_app.test_client(), time.monotonic()
    with db.engine.connect() as other, other.begin():
        if on_postgresql():
            other.exec_driver_sql("LOCK TABLE listings IN ACCESS EXCLUSIVE MODE")
        answer = client.get("/aanbod")
        assert answer.status_code == (503 if on_postgresql() else 200)
        assert ("Retry-After" in answer.headers) is on_postgresql()
        assert time.monotonic() - begun < LOCK_SECONDS + 2
    assert client.get("/aanbod").status_code == 200


if on_postgresql():  # SQLite has no question that waits: there is nothing to break off

    def test_a_question_without_end_is_broken_off(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        def sleep() -> str:
            db.session.execute(text("SELECT pg_sleep(30)"))
            return ""

        object.__setattr__(committed_app.extensions["settings"], "request_seconds", 1)
        monkeypatch.setitem(committed_app.view_functions, "public.show_about", sleep)
        begun = time.monotonic()
        assert committed_app.test_client().get("/over").status_code == 503
        assert time.monotonic() - begun < 3
