"""A mailbox that hangs keeps nobody from writing."""

import dataclasses
import socket
import threading
import time

import pytest
from flask import Flask

from matchmaker.database import db
from matchmaker.replies import imap
from matchmaker.scheduled import PERIODIC
from matchmaker.worker import Worker
from tests.factories import people
from tests.replies.conftest import MAILBOX

pytestmark = pytest.mark.committed


def test_who_writes_does_not_wait_for_it(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes the connection of the worker and says nothing."""
    monkeypatch.setattr(imap, "SECONDS", 3)
    [task] = [each for each in PERIODIC if each.name == "take_mail"]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        committed_app.extensions["settings"] = dataclasses.replace(
            committed_app.extensions["settings"], reply_to=MAILBOX, imap_host="127.0.0.1", imap_user="x",
            imap_port=silent.getsockname()[1], imap_tls=False,
        )  # fmt: skip

        def work() -> None:
            with committed_app.app_context():
                Worker()._run_periodic(task)
                db.session.remove()

        worker = threading.Thread(target=work)
        worker.start()
        reached, _address = silent.accept()
        begun = time.monotonic()
        people.account()
        db.session.commit()
        assert time.monotonic() - begun < 1.5
        worker.join()
        reached.close()
