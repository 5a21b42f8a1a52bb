"""Writing and reading messages. Who hears of it by letter is decided in `matches.conversation`."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.threads.models import Message, ThreadRead
from matchmaker.threads.queries import last_message_id

LONGEST = 4000


def post_message(match_id: int, *, party: str, text: str, by: Account | None) -> Message:
    """Add a message to the thread of a match; the writer has then read it all. Raises InvalidValue at `text`."""
    text = text.strip()
    if not text:
        raise InvalidValue("text", "required")
    if len(text) > LONGEST:
        raise InvalidValue("text", "text_too_long", n=LONGEST)
    message = Message(match_id=match_id, author_id=by.id if by else None, party=party, text=text)
    db.session.add(message)
    db.session.flush()
    if by is not None:
        _note_read(match_id, by, message.id)
    record("message.posted", about=message, by=by, match=match_id)
    return message


def mark_read(match_id: int, *, by: Account) -> None:
    """Someone has read the thread up to its last message."""
    read = _note_read(match_id, by, last_message_id(match_id))
    record("thread.read", about=read, by=by, match=match_id)


def _note_read(match_id: int, account: Account, message_id: int) -> ThreadRead:
    read = db.session.scalar(
        select(ThreadRead).where(ThreadRead.account_id == account.id, ThreadRead.match_id == match_id)
    )
    if read is None:
        read = ThreadRead(account_id=account.id, match_id=match_id)
        db.session.add(read)
    read.message_id = max(message_id, read.message_id or 0)
    db.session.flush()
    return read
