"""Questions about people."""

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.database import db


def account_by_email(email: str) -> Account | None:
    """The account with this address, whatever its capitals."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
