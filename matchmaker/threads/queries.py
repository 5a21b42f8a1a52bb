"""Questions about messages. Who may read a thread is decided by the match it hangs on."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.threads.models import Message, ThreadRead

MOST_SHOWN = 200


def messages_of(match_id: int) -> Sequence[Message]:
    """The last messages of a thread, oldest first."""
    newest = db.session.scalars(_newest(), {"match": match_id}).all()
    return list(reversed(newest))


@cache
def _newest() -> Select[tuple[Message]]:
    return (
        select(Message)
        .where(Message.match_id == bindparam("match"))
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(MOST_SHOWN)
        .options(joinedload(Message.author))
    )


def unread(account: Account, match_ids: Sequence[int]) -> dict[int, int]:
    """How many messages of others someone has not read yet, by match; matches without any are left out."""
    rows = db.session.execute(_unread(), {"reader": account.id, "matches": list(match_ids)})
    return dict(rows.all())


@cache
def _unread() -> Select[tuple[int, int]]:
    reader = bindparam("reader", type_=Integer)
    return (
        select(Message.match_id, func.count())
        .outerjoin(ThreadRead, (ThreadRead.match_id == Message.match_id) & (ThreadRead.account_id == reader))
        .where(
            Message.match_id.in_(bindparam("matches", expanding=True)),
            Message.id > func.coalesce(ThreadRead.message_id, 0),
            Message.author_id.is_distinct_from(reader),
        )
        .group_by(Message.match_id)
    )


def last_message_id(match_id: int) -> int:
    """The number of the newest message; 0 for an empty thread."""
    return db.session.scalar(select(func.max(Message.id)).where(Message.match_id == match_id)) or 0
