"""The address an answer goes to. It names the letter that is answered and is signed, so that nobody can make one up.

Only small letters, digits and a dash stand in it: some mail servers write addresses in small letters.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

from matchmaker.database import MAX_ID, db
from matchmaker.mail.models import Letter

_key = b""
_mailbox = ""
SIGNED_BYTES = 15


def use_mailbox(secret: str, mailbox: str) -> None:
    """Set the key of the signature and the address of the mailbox; called once when the application is made."""
    global _key, _mailbox
    _key = hashlib.sha256(b"replies:" + secret.encode()).digest()
    _mailbox = mailbox


def reply_address(letter: Letter) -> str:
    """Where an answer to this letter goes; empty when letters cannot be answered or this one is about nothing that
    can be."""
    if not _mailbox or not letter.values.get("answers"):
        return ""
    name, domain = _mailbox.rsplit("@", 1)
    return f"{name}+{letter.id}-{_signature(letter)}@{domain}"


def answered_letter(addresses: Iterable[str]) -> Letter | None:
    """The letter that one of these addresses names with a good signature."""
    for number, signature in _tokens(addresses):
        letter = db.session.get(Letter, number) if number <= MAX_ID else None
        if letter is not None and hmac.compare_digest(_signature(letter), signature):
            return letter
    return None


def without_reply_addresses(text: str) -> str:
    """A text in which no reply address can be read: each is a key."""
    if not _mailbox:
        return text
    name, domain = (re.escape(part) for part in _mailbox.rsplit("@", 1))
    return re.sub(rf"{name}\+[\w-]+@{domain}", "…", text, flags=re.IGNORECASE)


def _tokens(addresses: Iterable[str]) -> Iterable[tuple[int, str]]:
    if not _mailbox:
        return
    name, domain = (re.escape(part) for part in _mailbox.rsplit("@", 1))
    wanted = re.compile(rf"{name}\+([0-9]{{1,10}})-([a-z2-7]{{24}})@{domain}", re.IGNORECASE)
    for address in addresses:
        if found := wanted.fullmatch(address.strip()):
            yield int(found[1]), found[2].lower()


def _signature(letter: Letter) -> str:
    digest = hmac.new(_key, f"{letter.id}:{letter.message_id}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:SIGNED_BYTES]).decode().lower()
