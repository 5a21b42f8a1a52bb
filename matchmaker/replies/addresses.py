"""The address an answer goes to. It names the letter that is answered and is signed, so that nobody can make one up.

Only small letters, digits and a dash stand in it: some mail servers write addresses in small letters.
"""

import base64
import hmac
import re
from collections.abc import Iterable

from matchmaker.database import MAX_ID, db
from matchmaker.keys import digest, digests
from matchmaker.mail.models import Letter

_mailbox = ""
SIGNED_BYTES = 15
_PURPOSE = "replies"


def use_mailbox(mailbox: str) -> None:
    """Set the address of the mailbox; called once when the application is made."""
    global _mailbox
    _mailbox = mailbox


def reply_address(letter: Letter) -> str:
    """Where an answer to this letter goes; empty when letters cannot be answered or this one is about nothing that
    can be."""
    if not _mailbox or not letter.values.get("answers"):
        return ""
    name, domain = _mailbox.rsplit("@", 1)
    return f"{name}+{letter.id}-{_written(digest(_PURPOSE, _said(letter)))}@{domain}"


def answered_letter(addresses: Iterable[str]) -> Letter | None:
    """The letter that one of these addresses names with a good signature."""
    for number, signature in _tokens(addresses):
        letter = db.session.get(Letter, number) if number <= MAX_ID else None
        if letter is not None and _is_signed(letter, signature):
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


def _is_signed(letter: Letter, signature: str) -> bool:
    """Whether we signed it, under any key that is known."""
    return any(hmac.compare_digest(_written(each), signature) for each in digests(_PURPOSE, _said(letter)))


def _said(letter: Letter) -> bytes:
    return f"{letter.id}:{letter.message_id}".encode()


def _written(signed: bytes) -> str:
    return base64.b32encode(signed[:SIGNED_BYTES]).decode().lower()
