"""A real mailbox, a real pipe. The IMAP server is `pymap`, in a process of its own."""

import dataclasses
import imaplib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.matches.conversation import write_message
from matchmaker.matches.models import Match
from matchmaker.receiving import fetch_mail
from matchmaker.replies.addresses import use_mailbox
from matchmaker.replies.models import Fate, ReceivedMail
from matchmaker.scheduled import PERIODIC
from matchmaker.threads.queries import messages_of
from matchmaker.vocabulary import Party
from tests.factories.dates import meeting
from tests.factories.documents import PDF
from tests.factories.mails import answer_to, letter_to
from tests.replies.conftest import MAILBOX

pytestmark = pytest.mark.committed
USER, PASSWORD = "postbus", "geheim van de postbus"


@pytest.fixture
def port() -> Iterator[int]:
    """An IMAP server with an empty mailbox."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    program = shutil.which("pymap", path=str(Path(sys.executable).parent))
    assert program is not None
    asked = ["--host", "127.0.0.1", "--port", str(number), "--no-tls", "dict"]
    server = subprocess.Popen([program, *asked, "--demo-user", USER, "--demo-password", PASSWORD])
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", number)) == 0:
                    break
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def letters(committed_app: Flask, port: int) -> Iterator[Flask]:
    """An application whose answers arrive in that mailbox."""
    before = committed_app.extensions["settings"]
    committed_app.extensions["settings"] = dataclasses.replace(
        before, reply_to=MAILBOX, imap_host="127.0.0.1", imap_port=port, imap_user=USER, imap_password=PASSWORD,
        imap_tls=False,
    )  # fmt: skip
    use_mailbox(MAILBOX)
    yield committed_app
    use_mailbox("")


def post(port: int, *mails: bytes) -> None:
    with imaplib.IMAP4("127.0.0.1", port) as server:
        server.login(USER, PASSWORD)
        for mail in mails:
            assert server.append("INBOX", "", imaplib.Time2Internaldate(now()), mail)[0] == "OK"


def unseen_in(port: int) -> int:
    with imaplib.IMAP4("127.0.0.1", port) as server:
        server.login(USER, PASSWORD)
        server.select("INBOX")
        return len(server.uid("SEARCH", "UNSEEN")[1][0].split())


def asked() -> tuple[int, bytes]:
    there = meeting()
    write_message(there.match, text="Is er een beamer?", by=there.lecturer, as_party=Party.SCHOOL)
    db.session.commit()
    mail = answer_to(letter_to(there.officer.email), "Ja, die hangt er.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="zaal.pdf")
    return there.match.id, mail.as_bytes()


def texts(match_id: int) -> list[str]:
    return [message.text for message in messages_of(db.session.get_one(Match, match_id).thread_id)]


def test_what_is_new_in_the_mailbox_is_taken_once(letters: Flask, port: int) -> None:
    match_id, mail = asked()
    post(port, mail, mail, b"From: x@y.example\r\nTo: info@loket.example\r\n\r\nReclame\r\n")
    assert fetch_mail() == 3
    assert (fetch_mail(), unseen_in(port)) == (0, 0)
    assert texts(match_id) == ["Is er een beamer?", "Ja, die hangt er."]
    assert sorted(db.session.scalars(select(ReceivedMail.fate))) == sorted([Fate.TAKEN, Fate.IGNORED])


def test_a_mail_of_sixty_megabytes_is_not_taken_in(letters: Flask, port: int) -> None:
    match_id, mail = asked()
    post(port, mail + b"0" * 60 * 1024 * 1024)
    assert fetch_mail() == 1
    [found] = db.session.scalars(select(ReceivedMail))
    assert (found.fate, found.reason) == (Fate.REFUSED, "mail_too_large")
    assert texts(match_id) == ["Is er een beamer?"]


def test_a_mailbox_that_is_away_stops_nothing(letters: Flask, port: int) -> None:
    settings = letters.extensions["settings"]
    for changes in ({"imap_port": 1}, {"imap_password": "fout"}, {"imap_folder": "Bestaat niet"}):
        letters.extensions["settings"] = dataclasses.replace(settings, **changes)
        assert fetch_mail() == 0
    letters.extensions["settings"] = settings
    [task] = [each for each in PERIODIC if each.name == "take_mail"]
    match_id, mail = asked()
    post(port, mail)
    task.run(now())
    assert texts(match_id) == ["Is er een beamer?", "Ja, die hangt er."]


def test_a_mail_server_hands_a_mail_over_through_a_pipe(letters: Flask, tmp_path: Path) -> None:
    match_id, mail = asked()
    settings = letters.extensions["settings"]
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "FILES_FOLDER": str(settings.files_folder),
        "REPLY_TO": MAILBOX,
    }
    db.session.remove()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "mail", "receive"]
    for _ in range(2):
        done = subprocess.run(command, input=mail, cwd=ROOT, env=environment, capture_output=True, timeout=60)
        assert (done.returncode, done.stdout) == (0, b"")
    assert texts(match_id) == ["Is er een beamer?", "Ja, die hangt er."]
    away = {**environment, "DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}
    assert subprocess.run(command, input=mail, cwd=ROOT, env=away, capture_output=True, timeout=60).returncode == 75
