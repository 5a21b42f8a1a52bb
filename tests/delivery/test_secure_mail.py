"""Mail goes and comes over a connection to the server that was named and no other: its certificate is checked."""

import dataclasses
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from matchmaker.database import db
from matchmaker.delivery import send_due
from matchmaker.replies.imap import Mailbox, unseen
from tests.delivery.test_sending import Postbox, free_port
from tests.factories import people
from tests.factories.letters import letter
from tests.outgoing.servers import certificate


@contextmanager
def mail_server(app: Flask, context: ssl.SSLContext) -> Iterator[Postbox]:
    """A mail server that takes letters after STARTTLS alone."""
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True)
    controller.start()
    app.extensions["settings"] = dataclasses.replace(
        app.extensions["settings"], smtp_host="localhost", smtp_port=port, smtp_starttls=True
    )
    try:
        yield box
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("name", "known", "sent"), [("localhost", True, 1), ("localhost", False, 0), ("elders", True, 0)]
)
def test_a_letter_leaves_to_a_server_with_a_certificate_of_its_own_name_alone(
    committed_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, known: bool, sent: int
) -> None:
    path, context = certificate(tmp_path, name)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    queued = letter(people.account())
    db.session.commit()
    with mail_server(committed_app, context) as box:
        try:
            assert send_due() == sent
        except ssl.SSLCertVerificationError:
            assert sent == 0
        assert len(box.messages) == sent
    assert queued.sent_at is None or sent


def test_a_mailbox_with_another_certificate_is_told_no_password(tmp_path: Path) -> None:
    _path, context = certificate(tmp_path, "localhost")
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            try:
                with context.wrap_socket(line, server_side=True) as secure:
                    secure.sendall(b"* OK IMAP4rev1 ready\r\n")
                    heard.append(secure.recv(4096))
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        box = Mailbox("localhost", listening.getsockname()[1], "postbus", "geheim")
        with pytest.raises(ssl.SSLCertVerificationError):
            list(unseen(box, most_bytes=1000))
    assert heard in ([], [b""])
