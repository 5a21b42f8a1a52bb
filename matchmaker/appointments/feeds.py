"""Whose calendar feed an address is. Opening and ending one is in `accounts.actions`."""

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import feed_link
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, known_token
from matchmaker.links.models import Purpose


def feed_token(account: Account) -> str:
    """The token of the feed that stands; empty when there is none or it can no longer be shown."""
    link = feed_link(account)
    return known_token(link) if link else ""


def reader_of(token: str) -> Account:
    """Whose feed this is. Raises LinkUnusable, also when the account was closed."""
    link = find_link(token, Purpose.FEED)
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not account.is_active:
        raise LinkUnusable("revoked")
    return account
