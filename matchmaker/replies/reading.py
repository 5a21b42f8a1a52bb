"""A raw mail taken apart, however badly it was made."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses

from matchmaker.replies.html_text import words_of

MOST_PARTS = 200
MOST_HEADER = 256 * 1024
_NO_ATTACHMENT = ("multipart/", "application/pkcs7", "application/x-pkcs7", "application/pgp", "text/calendar",
                  "text/vcard", "text/x-vcard", "application/ms-tnef")  # fmt: skip
"""What mail programs add by themselves: signatures, cards, invitations."""
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, IndexError)


@dataclass(frozen=True, slots=True)
class Mail:
    """What matters of a mail. `automatic` says which kind of machine wrote it; empty for a person."""

    key: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    automatic: str
    text: str
    files: tuple[tuple[bytes, str], ...]


def read_head(raw: bytes) -> Mail:
    """Sender, receivers and subject only; for a mail that is too large to read."""
    head = raw[:MOST_HEADER].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    message = _parsed(head + b"\n\n")
    return _mail(message, raw, "", ())


def read_mail(raw: bytes) -> Mail:
    """The whole mail: words from the plain text, else from the HTML, and what was attached by hand."""
    message = _parsed(raw)
    plain, html, files = "", "", []
    for number, part in enumerate(_parts(message)):
        kind, attached = _kind(part), _is_attached(part)
        if number > MOST_PARTS:
            break
        if attached and not kind.startswith(_NO_ATTACHMENT):
            files.append((_bytes(part), _file_name(part)))
        elif (kind == "text/plain" or kind.startswith("multipart/")) and not plain:
            plain = _text(part)
        elif kind == "text/html" and not html:
            html = _text(part)
    return _mail(message, raw, plain if plain.strip() else words_of(html), tuple(files))


def _parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _mail(message: EmailMessage, raw: bytes, text: str, files: tuple[tuple[bytes, str], ...]) -> Mail:
    sender = next(iter(_addresses(message, "From")), "")
    return Mail(
        key=_key(message, raw),
        sender=sender[:254],
        recipients=tuple(_addresses(message, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")),
        subject=" ".join(_header(message, "Subject").replace("\x00", "").split())[:200],
        automatic=_automatic(message, sender),
        text=text,
        files=files,
    )


def _key(message: EmailMessage, raw: bytes) -> str:
    """The same for the same mail. A mail without a Message-ID is known by what is in it."""
    named = _header(message, "Message-ID").strip()
    return hashlib.sha256(named.encode("utf-8", "replace") if named else raw).hexdigest()


def _automatic(message: EmailMessage, sender: str) -> str:
    submitted = _header(message, "Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return "auto_submitted"
    if _kind(message) == "multipart/report" or _header(message, "Return-Path").strip() == "<>":
        return "bounce"
    if re.match(r"(mailer-daemon|postmaster|no-?reply|noreply)@", sender, re.IGNORECASE):
        return "bounce"
    if any(_header(message, name) for name in ("List-Id", "List-Unsubscribe")):
        return "list"
    if _header(message, "Precedence").strip().lower() in {"bulk", "list", "junk", "auto_reply"}:
        return "list"
    if any(_header(message, name) for name in ("X-Autoreply", "X-Autorespond", "X-Loop")):
        return "auto_submitted"
    return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "") or "").encode("utf-8", "replace").decode()
    except _BROKEN:
        return ""


def _addresses(message: EmailMessage, *names: str) -> Iterator[str]:
    for name in names:
        try:
            found = [str(each) for each in message.get_all(name, [])]
        except _BROKEN:
            continue
        for _, address in getaddresses(found):
            if "@" in address:
                yield address.strip().lower().encode("utf-8", "replace").decode()


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    try:
        for part in message.walk():
            if not part.is_multipart():
                yield part  # type: ignore[misc]
    except _BROKEN:
        return


def _kind(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except _BROKEN:
        return "application/octet-stream"


def _is_attached(part: EmailMessage) -> bool:
    """Attached by hand: a picture in a signature is shown in the text and has a number there."""
    try:
        return part.get_content_disposition() == "attachment"
    except _BROKEN:
        return False


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or "bestand"
    except _BROKEN:
        return "bestand"


def _bytes(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: EmailMessage) -> str:
    content = _bytes(part)
    try:
        return content.decode(str(part.get_content_charset() or "utf-8"))
    except (UnicodeDecodeError, LookupError):
        pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
