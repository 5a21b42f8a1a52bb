"""Questions about messages. Who may read a thread is decided by the noun that keeps it."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.threads.models import Attachment, Message, ThreadRead

MOST_SHOWN = 200


def messages_of(thread_id: int | None) -> Sequence[Message]:
    """The last messages of a thread, oldest first; none where nobody wrote yet and there is no thread."""
    if thread_id is None:
        return []
    newest = db.session.scalars(_newest(), {"thread": thread_id}).unique().all()
    return list(reversed(newest))


@cache
def _newest() -> Select[tuple[Message]]:
    return (
        select(Message)
        .where(Message.thread_id == bindparam("thread"))
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(MOST_SHOWN)
        .options(joinedload(Message.author), joinedload(Message.attachments).joinedload(Attachment.file))
    )


def unread(account: Account, thread_ids: Iterable[int | None]) -> dict[int | None, int]:
    """How many messages of others someone has not read yet, by thread; threads without any are left out."""
    ids = [thread_id for thread_id in thread_ids if thread_id is not None]
    if not ids:
        return {}
    return dict(db.session.execute(_unread(), {"reader": account.id, "threads": ids}).all())


@cache
def _unread() -> Select[tuple[int, int]]:
    reader = bindparam("reader", type_=Integer)
    return (
        select(Message.thread_id, func.count())
        .outerjoin(ThreadRead, (ThreadRead.thread_id == Message.thread_id) & (ThreadRead.account_id == reader))
        .where(
            Message.thread_id.in_(bindparam("threads", expanding=True)),
            Message.id > func.coalesce(ThreadRead.message_id, 0),
            Message.author_id.is_distinct_from(reader),
        )
        .group_by(Message.thread_id)
    )


def last_message_id(thread_id: int) -> int:
    """The number of the newest message; 0 for an empty thread."""
    return db.session.scalar(select(func.max(Message.id)).where(Message.thread_id == thread_id)) or 0


def attachment_in(thread_id: int | None, attachment_id: int) -> Attachment:
    """A file of a message in this thread; raises NotFound for one of another."""
    found = db.session.scalar(
        select(Attachment)
        .join(Attachment.message)
        .where(Attachment.id == attachment_id, Message.thread_id == thread_id)
        .options(joinedload(Attachment.file))
    )
    if found is None:
        raise NotFound("attachment")
    return found
