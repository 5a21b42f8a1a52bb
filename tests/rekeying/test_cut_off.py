"""Renewing that is cut off goes on where it was, and who changes something meanwhile wins."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import event, select, update

from config import ROOT
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.factors.apps import PURPOSE, begin_app, secret_of
from matchmaker.factors.models import CodeApp
from matchmaker.rekeying.actions import move_all
from matchmaker.sealing import seal
from tests.factories import people
from tests.rekeying.scenes import A, B, World

pytestmark = pytest.mark.committed
NUMBER = 20
DIES_IN_THE_FOURTH_SLICE = """
import os, signal
from matchmaker.database import db
from matchmaker.rekeying.actions import move_all
from wsgi import app
with app.app_context():
    for turn, done in enumerate(move_all(size=3)):
        if turn == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        db.session.commit()
"""


def secrets() -> dict[int, str]:
    found = {each.id: secret_of(each) for each in db.session.scalars(select(CodeApp))}
    db.session.remove()
    return found


def moved(what: str) -> list[int]:
    """How many each slice moved, as the log has it."""
    events = select(AuditEvent).where(AuditEvent.action == "secrets.moved").order_by(AuditEvent.id)
    return [each.details["number"] for each in db.session.scalars(events) if each.details["what"] == what]


def test_one_that_was_killed_is_done_again_and_moves_the_rest(world: World) -> None:
    with world.running(A):
        for _ in range(NUMBER - 1):
            begin_app(people.account())
        db.session.commit()
        before = secrets()
    environment = {
        **os.environ, "DATABASE_URL": world.url, "FILES_FOLDER": str(world.folder), "SECRET_KEY": B,
        "SECRET_KEYS_BEFORE": A,
    }  # fmt: skip
    command = [sys.executable, "-c", DIES_IN_THE_FOURTH_SLICE]
    died = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120)
    assert died.returncode == -signal.SIGKILL, died.stderr
    with world.running(B, A) as app:
        assert moved("code_apps") == [3, 3, 3]
        db.session.remove()
        answer = app.test_cli_runner().invoke(args=["secrets", "renew"])
        assert answer.exit_code == 0, answer.output
        assert f"apps with codes: {NUMBER - 9} of {NUMBER} moved" in answer.output
        assert moved("code_apps") == [3, 3, 3, NUMBER - 9]
    with world.running(B):
        assert secrets() == before


def test_what_is_sealed_anew_while_it_is_moved_stays(world: World) -> None:
    """The row was read; someone else writes another secret before ours is written."""
    with world.running(B, A):
        newer = update(CodeApp).values(sealed_secret=seal("JBSWY3DPEHPK3PXP", purpose=PURPOSE))

        def meanwhile(_row: CodeApp, _context: object) -> None:
            db.session.connection().execute(newer)

        event.listen(CodeApp, "load", meanwhile)
        try:
            assert [each.moved for each in move_all() if each.kind == "code_apps"] == [0]
            db.session.commit()
        finally:
            event.remove(CodeApp, "load", meanwhile)
        assert secrets() == {1: "JBSWY3DPEHPK3PXP"}
