"""Another e-mail address: confirmed at the new one, and to be undone from the old one."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select

from matchmaker.accounts.actions import ask_new_password
from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account, AddressChange
from matchmaker.accounts.queries import account_by_email
from matchmaker.accounts.sessions import close_all_sessions
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue, LinkUnusable
from matchmaker.links.actions import make_link, revoke_links, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic

CONFIRM_DAYS = 2
UNDO_DAYS = 30
_TO_NEW = ("confirm_new_address", "address_in_use")


def ask_new_address(account: Account, email: str) -> None:
    """Two letters: to the new address to confirm it, to the old one to stop it.

    Who asks sees no difference when the new address has an account: then its letter only says that someone asked. At
    most three letters an hour to one address; after that nothing happens. Raises InvalidValue for the address of now.
    """
    address = email.strip().lower()
    if address == account.email:
        raise InvalidValue("email", "same_address")
    letters = {address: _TO_NEW, account.email: ("address_changing",)}
    if any(has_enough(each, *letters[each]) for each in sorted(letters)):
        return
    _end_open_changes(account)
    change = AddressChange(account_id=account.id, old_email=account.email, new_email=address)
    db.session.add(change)
    db.session.flush()
    if account_by_email(address) is None:
        link = make_link(Purpose.NEW_ADDRESS, subject_id=change.id, account_id=account.id, days=CONFIRM_DAYS)
        queue_letter("confirm_new_address", topic=Topic.ACCOUNT, address=address, language=account.language, link=link)
    else:
        queue_letter(
            "address_in_use", topic=Topic.ACCOUNT, address=address, language=account.language, path="/inloggen"
        )
    queue_letter("address_changing", topic=Topic.ACCOUNT, to=account, link=_undo_link(change))
    record("address.asked", about=change, by=account)


def change_of(link: Link, *, lock: bool = False) -> AddressChange:
    """The change a link is about; raises LinkUnusable when it was stopped, or the account was closed."""
    query = select(AddressChange).where(AddressChange.id == link.subject_id)
    change = db.session.scalar(query.with_for_update() if lock else query)
    if change is None or change.stopped_at or not change.account.is_active:
        raise LinkUnusable("revoked")
    return change


def confirm_address(link: Link) -> Account:
    """From now on the person signs in with the new address; every session and every open password link ends.

    Raises LinkUnusable, also when someone else has the address by now.
    """
    change = change_of(link, lock=True)
    account = change.account
    if account.email != change.old_email or account_by_email(change.new_email) is not None:
        raise LinkUnusable("revoked")
    use_link(link)
    queue_letter(
        "address_changed",
        topic=Topic.ACCOUNT,
        address=change.old_email,
        name=account.display_name,
        language=account.language,
        link=_undo_link(change),
    )
    change.confirmed_at = now()
    _move(account, change.new_email)
    record("address.changed", about=change, by=account)
    return account


def keep_address(link: Link) -> Account:
    """From the old address: stop the change or put it back.

    Who asked knew the password, so it ends, with every session; a letter to the old address helps to a new one. Every
    later change ends too, or whoever made it would put the account back in their own hands. Raises LinkUnusable, also
    when someone else has the old address by now.
    """
    change = change_of(link, lock=True)
    account = change.account
    holder = account_by_email(change.old_email)
    if holder is not None and holder.id != account.id:
        raise LinkUnusable("revoked")
    use_link(link)
    _stop(AddressChange.account_id == account.id, AddressChange.id >= change.id, AddressChange.stopped_at.is_(None))
    account.password_hash = None
    _move(account, change.old_email)
    record("address.kept", about=change, by=account)
    ask_new_password(account.email, language=account.language)
    return account


def forget_changes() -> int:
    """Remove changes that can no longer be undone; returns how many."""
    longest = timedelta(days=CONFIRM_DAYS + UNDO_DAYS)
    old = delete(AddressChange).where(AddressChange.asked_at < now() - longest)
    return db.session.execute(old).rowcount


def _move(account: Account, email: str) -> None:
    account.email = email
    close_all_sessions(account)
    revoke_links(Purpose.PASSWORD, Purpose.SECOND_STEP, subject_id=account.id)
    db.session.flush()


def _undo_link(change: AddressChange) -> Link:
    """A link of its own for each letter to the old address; the first that is used ends the others."""
    return make_link(Purpose.KEEP_ADDRESS, subject_id=change.id, account_id=change.account_id, days=UNDO_DAYS)


def _end_open_changes(account: Account) -> None:
    """Asking again ends what was asked before and not confirmed."""
    _stop(
        AddressChange.account_id == account.id,
        AddressChange.confirmed_at.is_(None),
        AddressChange.stopped_at.is_(None),
    )


def _stop(*which: ColumnElement[bool]) -> None:
    for change in db.session.scalars(select(AddressChange).where(*which).order_by(AddressChange.id)):
        change.stopped_at = now()
        revoke_links(Purpose.NEW_ADDRESS, Purpose.KEEP_ADDRESS, subject_id=change.id)
