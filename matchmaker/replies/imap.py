"""Fetching mail from a mailbox (IMAP4rev1, RFC 3501)."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

SECONDS = 30
MOST_AT_ONCE = 100
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the answers arrive."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool = True
    folder: str = "INBOX"


def unseen(mailbox: Mailbox, *, most_bytes: int) -> Iterator[tuple[bytes, int, Callable[[], object]]]:
    """Each mail nobody has seen yet, with its size; of one larger than `most_bytes` only the head. The third is called
    to mark it as seen once it was kept: what was not comes again. Raises OSError or imaplib.IMAP4.error."""
    with _open(mailbox) as server:
        _, found = server.uid("SEARCH", "UNSEEN")
        for number in found[0].split()[:MOST_AT_ONCE] if found and found[0] else []:
            uid = number.decode()
            size = _size(server, uid)
            part = "BODY.PEEK[HEADER]" if size > most_bytes else "BODY.PEEK[]"
            _, answer = server.uid("FETCH", uid, f"({part})")
            raw = next((each[1] for each in answer if isinstance(each, tuple)), None)
            if raw is None:
                continue
            yield raw, size, partial(server.uid, "STORE", uid, "+FLAGS.SILENT", "(\\Seen)")


def _size(server: imaplib.IMAP4, uid: str) -> int:
    _, answer = server.uid("FETCH", uid, "(RFC822.SIZE)")
    said = b" ".join(each if isinstance(each, bytes) else b" ".join(each) for each in answer if each)
    found = _SIZE.search(said)
    return int(found[1]) if found else 0


def _connect(mailbox: Mailbox) -> imaplib.IMAP4:
    if not mailbox.tls:
        return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    trusted = ssl.create_default_context()
    return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=trusted, timeout=SECONDS)


@contextmanager
def _open(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    server = _connect(mailbox)
    try:
        server.login(mailbox.user, mailbox.password)
        status, _ = server.select(f'"{mailbox.folder}"')
        if status != "OK":
            raise imaplib.IMAP4.error("the folder cannot be opened")
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
