"""Questions about people."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from matchmaker.accounts.idleness import unused_since
from matchmaker.accounts.models import Account, SignInSession
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.models import Frequency, MailPreference, Topic


def account_by_email(email: str) -> Account | None:
    """The account with this address, whatever its capitals."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def sessions_of(account: Account) -> Sequence[SignInSession]:
    """Where someone is signed in now, newest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.account_id == account.id,
            SignInSession.expires_at > now(),
            SignInSession.last_used_at > unused_since(),
            SignInSession.waits_for_code.is_(False),
        )
        .order_by(SignInSession.created_at.desc(), SignInSession.id.desc())
    ).all()


def session_of(account: Account, session_id: int) -> SignInSession | None:
    """One of someone's own sessions."""
    return db.session.scalar(
        select(SignInSession).where(SignInSession.id == session_id, SignInSession.account_id == account.id)
    )


def mail_preferences(account: Account) -> dict[Topic, Frequency]:
    """What someone chose, per topic; a topic without a choice is missing."""
    rows = select(MailPreference.topic, MailPreference.frequency).where(
        MailPreference.account_id == account.id, MailPreference.event == ""
    )
    return dict(db.session.execute(rows).all())


def event_preferences(account: Account) -> dict[str, Frequency]:
    """What someone chose for an event by itself; an event that follows its topic is missing."""
    rows = select(MailPreference.event, MailPreference.frequency).where(
        MailPreference.account_id == account.id, MailPreference.event != ""
    )
    return dict(db.session.execute(rows).all())


def feed_link(account: Account) -> Link | None:
    """The calendar feed link that stands now."""
    return db.session.scalars(
        select(Link)
        .where(Link.purpose == Purpose.FEED, Link.subject_id == account.id, Link.revoked_at.is_(None))
        .order_by(Link.id.desc())
    ).first()


def accounts_by_id(ids: Sequence[int]) -> dict[int, Account]:
    """The accounts with these numbers, by number."""
    rows = db.session.scalars(select(Account).where(Account.id.in_(set(ids))).order_by(Account.id))
    return {each.id: each for each in rows}


def accounts_like(text: str, *, limit: int = 200) -> Sequence[Account]:
    """Accounts whose name or address holds this text, by name."""
    words = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return db.session.scalars(
        select(Account)
        .where(or_(Account.display_name.ilike(words, escape="\\"), Account.email.ilike(words, escape="\\")))
        .order_by(Account.display_name, Account.id)
        .limit(limit)
    ).all()
