"""Writing and reading messages. Who hears of it by letter is decided by the noun that keeps the thread."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import delete, inspect, select, update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.uploads import Upload, keep_upload
from matchmaker.threads.models import Attachment, Message, Thread, ThreadRead
from matchmaker.threads.queries import last_message_id

LONGEST = 4000


class Talking(Protocol):
    """A row that keeps a conversation: a match, a placement, a committee."""

    id: Any
    thread_id: Any


def thread_of(noun: Talking) -> int:
    """The number of its thread, opened when it is first needed. Two who are first at once get the same one."""
    if noun.thread_id is None:
        table = inspect(type(noun)).local_table
        thread = Thread(about=table.name)
        db.session.add(thread)
        db.session.flush()
        first = db.session.execute(
            update(table).where(table.c.id == noun.id, table.c.thread_id.is_(None)).values(thread_id=thread.id)
        )
        if first.rowcount != 1:
            db.session.execute(delete(Thread).where(Thread.id == thread.id))
        db.session.refresh(noun, ["thread_id"])
    return int(noun.thread_id)


def post_message(thread_id: int, *, party: str, text: str, by: Account | None, files: Sequence[Upload] = ()) -> Message:
    """Add a message to a thread; the writer has then read it all. Files alone say enough. Raises InvalidValue at
    `text`."""
    text = text.strip()
    if not text and not files:
        raise InvalidValue("text", "required")
    if len(text) > LONGEST:
        raise InvalidValue("text", "text_too_long", n=LONGEST)
    message = Message(thread_id=thread_id, author_id=by.id if by else None, party=party, text=text)
    message.attachments = [Attachment(file=keep_upload(file, organisation_id=None, by=by)) for file in files]
    db.session.add(message)
    db.session.flush()
    if by is not None:
        _note_read(thread_id, by, message.id)
    record("message.posted", about=message, by=by, thread=thread_id)
    return message


def mark_read(thread_id: int | None, *, by: Account) -> None:
    """Someone has read the thread up to its last message; without a thread there is nothing to read."""
    if thread_id is None:
        return
    read = _note_read(thread_id, by, last_message_id(thread_id))
    record("thread.read", about=read, by=by, thread=thread_id)


def _note_read(thread_id: int, account: Account, message_id: int) -> ThreadRead:
    read = db.session.scalar(
        select(ThreadRead).where(ThreadRead.account_id == account.id, ThreadRead.thread_id == thread_id)
    )
    if read is None:
        read = ThreadRead(account_id=account.id, thread_id=thread_id)
        db.session.add(read)
    read.message_id = max(message_id, read.message_id or 0)
    db.session.flush()
    return read
