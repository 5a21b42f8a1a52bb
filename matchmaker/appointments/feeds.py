"""The address under which someone's calendar program fetches their appointments. It can be ended at any time."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, make_link, revoke_links, token_of
from matchmaker.links.models import Link, Purpose


def feed_token(account: Account) -> str:
    """The token of the open feed; empty when there is none."""
    link = _open(account)
    return token_of(link) if link else ""


def open_feed(account: Account) -> str:
    """A new feed; an earlier one ends. Returns its token."""
    revoke_links(Purpose.FEED, subject_id=account.id)
    link = make_link(Purpose.FEED, subject_id=account.id, account_id=account.id, days=None)
    record("feed.opened", about=link, by=account)
    return token_of(link)


def close_feed(account: Account) -> None:
    """End the feed: who has the address gets nothing more."""
    link = _open(account)
    if link is not None:
        revoke_links(Purpose.FEED, subject_id=account.id)
        record("feed.closed", about=link, by=account)


def reader_of(token: str) -> Account:
    """Whose feed this is. Raises LinkUnusable, also when the account was closed."""
    link = find_link(token, Purpose.FEED)
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not account.is_active:
        raise LinkUnusable("revoked")
    return account


def _open(account: Account) -> Link | None:
    return db.session.scalar(
        select(Link)
        .where(Link.purpose == Purpose.FEED, Link.account_id == account.id, Link.revoked_at.is_(None))
        .order_by(Link.id.desc())
        .limit(1)
    )
