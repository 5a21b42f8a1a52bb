"""What someone changes about their own account, and closing one."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import delete

from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account, AccountStatus, SignInSession
from matchmaker.accounts.passwords import check_strength
from matchmaker.accounts.queries import account_by_email
from matchmaker.accounts.sessions import close_all_sessions, set_password
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import make_link, revoke_links, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.events import EVENTS
from matchmaker.mail.models import ALWAYS_NOW, Frequency, MailPreference, Topic

PASSWORD_LINK_DAYS = 1


def ask_new_password(email: str, *, language: str) -> None:
    """Send a link for a new password. An unknown address gets a letter that says so: the page answers the same.

    At most three letters an hour to one address.
    """
    address = email.strip().lower()
    if has_enough(address, "new_password", "no_account"):
        return
    account = account_by_email(address)
    if account is None or not account.is_active:
        queue_letter("no_account", topic=Topic.ACCOUNT, address=address, language=language, path="/aanmelden")
        return
    revoke_links(Purpose.PASSWORD, subject_id=account.id)
    link = make_link(Purpose.PASSWORD, subject_id=account.id, account_id=account.id, days=PASSWORD_LINK_DAYS)
    queue_letter("new_password", topic=Topic.ACCOUNT, to=account, link=link)
    record("ask_new_password", about=account, by=None)


def account_of_password_link(link: Link) -> Account:
    """Whose password the link changes; raises LinkUnusable when the account was closed since."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not account.is_active:
        raise LinkUnusable("revoked")
    return account


def choose_new_password(link: Link, password: str, *, about: Iterable[str] = ()) -> Account:
    """Spend the link on a new password; every session ends. Raises InvalidValue (password) or LinkUnusable."""
    account = account_of_password_link(link)
    check_strength(password, email=account.email, about=(account.display_name, *about))
    use_link(link)
    change_password(account, password)
    return account


def change_password(account: Account, password: str, *, about: Iterable[str] = ()) -> None:
    """A new password of one's own: every session and open password link ends, and a letter tells it happened."""
    check_strength(password, email=account.email, about=(account.display_name, *about))
    revoke_links(Purpose.PASSWORD, subject_id=account.id)
    set_password(account, password, by=account)
    queue_letter("password_changed", topic=Topic.ACCOUNT, to=account, path="/wachtwoord-vergeten")


def change_profile(
    account: Account, *, display_name: str, language: str, colour_mode: str, one_key_actions: bool
) -> None:
    """Name, language, light or dark, and whether one key is enough at the desk."""
    account.display_name = display_name
    account.language = language
    account.colour_mode = colour_mode
    account.one_key_actions = one_key_actions
    db.session.flush()
    record("change_profile", about=account, by=account)


def choose_mail(
    account: Account, frequencies: dict[Topic, Frequency], events: Mapping[str, Frequency] = MappingProxyType({})
) -> None:
    """How often someone hears about each topic, and about an event that differs from its topic.

    What must always come at once stays so, whatever is sent; an event nobody may choose is left out.
    """
    db.session.execute(delete(MailPreference).where(MailPreference.account_id == account.id))
    chosen = [(topic, "", frequency) for topic, frequency in frequencies.items() if topic not in ALWAYS_NOW]
    chosen += [(event.topic, event.name, events[event.name]) for event in EVENTS if event.name in events]
    db.session.add_all(
        MailPreference(account_id=account.id, topic=topic, event=event, frequency=frequency)
        for topic, event, frequency in chosen
    )
    record("choose_mail", about=account, by=account)


def end_session(session: SignInSession, *, by: Account) -> None:
    """Sign out one browser from afar."""
    record("end_session", about=session, by=by)
    db.session.delete(session)


def make_feed_link(account: Account) -> Link:
    """A new address for one's calendar feed; the earlier one ends."""
    revoke_links(Purpose.FEED, subject_id=account.id)
    link = make_link(Purpose.FEED, subject_id=account.id, account_id=account.id, days=None)
    record("make_feed_link", about=link, by=account)
    return link


def revoke_feed_link(account: Account) -> None:
    """End the calendar feed."""
    revoke_links(Purpose.FEED, subject_id=account.id)
    record("revoke_feed_link", about=account, by=account)


def close_account(account: Account, *, by: Account | None) -> None:
    """Nobody signs in with it any more; sessions and feeds end at once. `by` is None when its term ended."""
    account.status, account.closed_at = AccountStatus.DISABLED, now()
    close_all_sessions(account)
    revoke_links(Purpose.PASSWORD, Purpose.FEED, subject_id=account.id)
    db.session.flush()
    record("close_account", about=account, by=by)


def reopen_account(account: Account, *, by: Account) -> None:
    """Let someone in again. Who never chose a password is back to invited."""
    account.status = AccountStatus.ACTIVE if account.password_hash else AccountStatus.INVITED
    account.closed_at = None
    db.session.flush()
    record("reopen_account", about=account, by=by)
